// Malformed bytes of three networks, from the wire to the page of the vulnerability they resemble.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClusterer } from '../../analysis/cluster/clusterer.ts';
import { type AnalysisPool, openAnalysisPool } from '../../analysis/pool/pool.ts';
import { findCapture } from '../../captures/capture-store.ts';
import { encodeCaptureEntry } from '../../captures/entry.ts';
import { type EvidenceJournal, openJournal } from '../../captures/journal/journal.ts';
import type { Capture, CaptureDraft } from '../../core/capture.ts';
import { SILENT } from '../../core/clock.ts';
import type { Network } from '../../core/network.ts';
import { parseCapture } from '../../core/parse-capture.ts';
import { seedThreats } from '../../knowledge/seed.ts';
import { sightingsOfThreat } from '../../knowledge/sighting-store.ts';
import { loadSignatures } from '../../knowledge/signature-store.ts';
import { draftOfText } from '../../networks/msnp/conversation-drafts.ts';
import { decodeMime } from '../../networks/msnp/wire/mime.ts';
import { draftsOf } from '../../networks/oscar/read/read-snac.ts';
import { capabilityBytes } from '../../networks/oscar/wire/capability.ts';
import { encodeData, encodeIcbmToClient } from '../../networks/oscar/wire/icbm.ts';
import { encodeRendezvous } from '../../networks/oscar/wire/rendezvous.ts';
import { decodeSnac, encodeSnac } from '../../networks/oscar/wire/snac.ts';
import { SNAC_ICBM_TO_CLIENT } from '../../networks/oscar/wire/snac-types.ts';
import { encodeUserInfo } from '../../networks/oscar/wire/user-info.ts';
import { readPacket } from '../../networks/ymsg/read/read-packet.ts';
import { encodePacket, takePacket } from '../../networks/ymsg/wire/packet.ts';
import { pair } from '../../networks/ymsg/wire/pairs.ts';
import { SERVICE } from '../../networks/ymsg/wire/services.ts';
import { openQueue, type Queue } from '../../storage/queue.ts';
import { type TestDatabase, testDatabase } from '../../storage/testing/test-database.ts';
import { systemClock } from '../system.ts';
import { startPipeline } from './pipeline.ts';

let database: TestDatabase;
let queue: Queue;
let pool: AnalysisPool;
let dir: string;
let journal: EvidenceJournal;

beforeAll(async () => {
  database = await testDatabase();
  await seedThreats(database.db, systemClock.now());
  queue = await openQueue(database);
  pool = openAnalysisPool({ workers: 0, signatures: await loadSignatures(database.db) });
  dir = await mkdtemp(join(tmpdir(), 'sundew-weakness-'));
  journal = await openJournal(dir, { clock: systemClock, log: SILENT, sensor: 'test' });
});
afterAll(async () => {
  await journal.close();
  await rm(dir, { recursive: true });
  await pool.close();
  await queue.stop();
  await database.close();
});

/** A game request whose data no game needs (CVE-2002-0005). */
function ofAim(): readonly CaptureDraft[] {
  const cookie = new Uint8Array(8);
  const request = [{ type: 0x2711, value: new Uint8Array(4000).fill(0x41) }];
  const data = encodeData(encodeRendezvous(0, cookie, capabilityBytes('games'), request));
  const body = encodeIcbmToClient({ cookie, channel: 2 }, encodeUserInfo('Wormy 99', 0, []), [data]);
  return draftsOf(decodeSnac(encodeSnac(SNAC_ICBM_TO_CLIENT, 0, body)), { address: 'dora', server: 'aim.test' });
}

/** A font name that no font has (CVE-2002-1698). */
function ofMsn(): readonly CaptureDraft[] {
  const bytes = Buffer.from(
    `MIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\nX-MMS-IM-Format: FN=${'a'.repeat(400)}\r\n\r\nhi`,
  );
  return [draftOfText(decodeMime(bytes), { id: 'worm@msn.test' })];
}

/** An IMVironment that is too long (CVE-2002-0320). */
function ofYahoo(): readonly CaptureDraft[] {
  const pairs = [pair(5, 'decoy1'), pair(4, 'Worm'), pair(14, 'hi'), pair(63, 'x'.repeat(400))];
  const packet = takePacket(encodePacket({ service: SERVICE.MESSAGE, status: 1, pairs }));
  if (packet === undefined) throw new Error('not a whole packet');
  return readPacket(packet, { user: 'decoy1', server: 'ymsg.test' });
}

function captureOf(network: Network, draft: CaptureDraft | undefined): Capture {
  const whole = { v: 1, at: '2026-01-31T12:00:00Z', network, decoy: 'dora', ...draft };
  return parseCapture(whole, { sensor: 'test' });
}

test.each<[Network, () => readonly CaptureDraft[], string, string]>([
  ['oscar', ofAim, 'im.cve-2002-0005.aim', 'CVE-2002-0005'],
  ['msnp', ofMsn, 'im.cve-2002-1698.msn', 'CVE-2002-1698'],
  ['ymsg', ofYahoo, 'im.cve-2002-0320.yahoo', 'CVE-2002-0320'],
])('%s: the verdict names the vulnerability, and the vulnerability has been sighted', async (...row) => {
  const [network, drafts, threat, cve] = row;
  const capture = captureOf(network, drafts()[0]);
  expect(capture.kind).toBe('malformed');
  const parts = { db: database.db, queue, journal, pool, clock: systemClock, random: Math.random, log: SILENT };
  const pipeline = await startPipeline({
    ...parts,
    clusterer: createClusterer(),
    journalName: 'test',
    simulated: false,
    redact: (text) => text,
    now: () => systemClock.now(),
    onProjected: () => undefined,
  });
  try {
    await pipeline.settled(await journal.append('capture', encodeCaptureEntry(capture, new Uint8Array(0))));
  } finally {
    await pipeline.stop();
  }
  const stored = await findCapture(database.db, capture.id);
  expect(stored?.verdict).toMatchObject({ class: 'exploit', severity: 'high' });
  expect(stored?.verdict.threats).toContain(threat);
  expect(stored?.verdict.reasons.join(' ')).toContain(cve);
  expect(await sightingsOfThreat(database.db, threat)).toMatchObject([{ network, day: '2026-01-31', captures: 1 }]);
});
