// A capture that is erased leaves neither its text nor its peer behind, wherever they had been kept.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { until } from '../../test/support/sundew.ts';
import { encodeCaptureEntry } from '../captures/entry.ts';
import { openJournal } from '../captures/journal/journal.ts';
import { type ControlClient, controlClient } from '../cli/control-client.ts';
import { loadSettings } from '../config/settings.ts';
import { SILENT } from '../core/clock.ts';
import { contactListDrafts } from '../core/contact-list.ts';
import { parseCapture } from '../core/parse-capture.ts';
import { openDatabase } from '../storage/database.ts';
import { testDatabase } from '../storage/testing/test-database.ts';
import { openCenter } from './center.ts';
import { systemClock } from './system.ts';

const TEXT = 'hi, this is Gwendolyn Harbottle from the train, are you still coming to the match on sunday?';
const SAID = /gwendolyn|harbottle/i;
const captureOf = (text: string, native: string, peer: string) =>
  parseCapture(
    {
      ...{ v: 1, native, at: '2026-01-31T12:00:00Z', network: 'xmpp', decoy: 'dora@decoys.example', kind: 'message' },
      peer: { id: `${peer}@x.example`, name: peer },
      text,
    },
    { sensor: 'test' },
  );
const erased = captureOf(TEXT, 'n1', 'harbottle');
/** A word of the server that names the same person. */
const [notice] = contactListDrafts({ id: 'x.example', verifiedBy: 'own-server' }, ['harbottle@x.example']);
const listed = parseCapture(
  { v: 1, at: '2026-01-30T12:00:00Z', network: 'xmpp', decoy: 'dora@decoys.example', ...notice },
  { sensor: 'test' },
);
const kept = captureOf('an unlike text about the match on sunday', 'n2', 'paula');

/** Tables of the realm that hold these words anywhere. */
async function tablesThatSay(words: RegExp, url: string): Promise<readonly string[]> {
  const { db, close } = openDatabase({ url, realm: 'live', max: 1 });
  try {
    const { rows } = await sql<{ name: string }>`
      select table_name as name from information_schema.tables where table_schema = current_schema()`.execute(db);
    const found: string[] = [];
    for (const { name } of rows) {
      if (words.test(JSON.stringify((await sql`select * from ${sql.table(name)}`.execute(db)).rows))) found.push(name);
    }
    return found.sort();
  } finally {
    await close();
  }
}

async function erasing(control: ControlClient, databaseUrl: string): Promise<void> {
  const path = `/api/v1/captures/${erased.id}?realm=live`;
  const corrected = `/api/v1/captures/${erased.id}/correction?realm=live`;
  await until(() => control.call('GET', path).catch(() => undefined));
  await control.call('PUT', corrected, { class: 'scam', note: 'Harbottle again' });
  await control.call('PUT', `/api/v1/captures/${kept.id}/correction?realm=live`, { class: 'spam' });
  expect(await tablesThatSay(SAID, databaseUrl)).toEqual(['campaign', 'capture', 'verdict_correction']);

  const list = `/api/v1/captures/${listed.id}?realm=live`;
  expect(await control.call('DELETE', list)).toMatchObject({ message: expect.stringMatching(/^erased/) });
  expect(await control.call('DELETE', path)).toEqual({ message: 'erased, with 2 journal entries' });
  const detail = await control.call<object>('GET', path);
  expect(detail).toMatchObject({ capture: { peer: { id: 'erased' } }, evidence: { erased: true } });
  expect(JSON.stringify(detail)).not.toMatch(SAID);
  expect(await tablesThatSay(SAID, databaseUrl)).toEqual([]);
  expect(await control.call('GET', '/api/v1/corrections?realm=live')).toMatchObject({
    corrections: [{ capture: kept.id, text: kept.text }],
  });
  expect(await control.call('GET', '/api/v1/evidence/verify?realm=live')).toMatchObject({ erased: 3, problems: [] });

  // Said again: nothing is left to erase, and a correction that comes late finds no text.
  expect(await control.call('DELETE', path)).toEqual({ message: 'it was erased before' });
  expect(await control.call('PUT', corrected, { class: 'scam' })).toMatchObject({ text: '' });
  const missing = '/api/v1/captures/00000000-0000-8000-8000-000000000000?realm=live';
  await expect(control.call('DELETE', missing)).rejects.toMatchObject({ code: 'NOT_FOUND' });
}

test('an erased capture is gone from the journal, the store, its campaign and the corrections', async () => {
  await using database = await testDatabase({ empty: true });
  const dataDir = await mkdtemp(join(tmpdir(), 'sundew-erase-'));
  const loaded = loadSettings({ env: { SUNDEW_DATABASE_URL: database.url, SUNDEW_LOG_LEVEL: 'error' }, dataDir });
  try {
    const journal = await openJournal(join(dataDir, 'journal'), { clock: systemClock, log: SILENT, sensor: 'test' });
    for (const capture of [listed, erased, kept, erased]) {
      await journal.append('capture', encodeCaptureEntry(capture, Buffer.from(capture.text ?? '')));
    }
    await journal.close();
    const center = await openCenter(loaded, { quiet: true });
    try {
      await erasing(controlClient(join(dataDir, 'control.sock')), database.url);
    } finally {
      await center.close();
    }
  } finally {
    await rm(dataDir, { recursive: true });
  }
});
