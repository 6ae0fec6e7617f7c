// What every network's decoy must do, with the real gate, link and journal, against its server of the range.
import { hash } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeCaptureEntry, encodeCaptureEntry } from '../../src/captures/entry.ts';
import { type EvidenceJournal, openJournal } from '../../src/captures/journal/journal.ts';
import { tempDir } from '../../src/captures/testing/temp-dir.ts';
import type { Capture, CaptureKind } from '../../src/core/capture.ts';
import { SILENT } from '../../src/core/clock.ts';
import { checkDecoy } from '../../src/decoys/check.ts';
import type { DecoyConfig } from '../../src/decoys/decoy-config.ts';
import { type Engagement, openEngagement } from '../../src/decoys/engagement/engagement.ts';
import { decodeOutbound, type OutboundRecord } from '../../src/decoys/engagement/ledger.ts';
import { openSaidBook } from '../../src/decoys/engagement/said.ts';
import { createSupervisor, type Supervisor } from '../../src/decoys/supervisor.ts';
import { REAL_CLOCK } from '../../src/decoys/testing/real-clock.ts';
import { type ByteCounter, countBytes } from './byte-counter.ts';

/** A server of the range with a stranger on it. */
export interface ContractServer {
  readonly port: number;
  /** A stranger writes to the decoy. */
  say(text: string): Promise<void>;
  /** Whatever the stranger was ever sent by the decoy. */
  heard(): string;
  /** Everything else that a stranger may do to a decoy and that a careless client would answer. */
  provoke(): Promise<void>;
  /** The stranger offers a file that a decoy at `accept` takes. */
  offerFile?(): Promise<OfferedFile>;
  stop(): Promise<void>;
}

export interface OfferedFile {
  readonly content: Uint8Array;
  /** What the decoy sent over connections of its own, one each. */
  heard(): readonly Buffer[];
}

export interface ContractSubject {
  readonly name: string;
  /** Whether a decoy takes files at `accept`: then the server can have one offered. */
  readonly takesFiles?: boolean;
  /** What a stranger who provoked a decoy at `accept` has heard of it, where nothing but leave to be added is given. */
  readonly heardAtAccept?: string;
  startServer(): Promise<ContractServer>;
  config(port: number): DecoyConfig;
  /** The same with a password or name that the server refuses; absent where it refuses none. */
  refused?(port: number): DecoyConfig;
}

interface World {
  server: ContractServer;
  readonly proxy: ByteCounter;
  readonly journal: EvidenceJournal;
  readonly supervisor: Supervisor;
  readonly engagement: Engagement;
}

/** Registers the suite for one network. */
export function decoyContract(subject: ContractSubject): void {
  let world: World;
  let cleanUp: () => Promise<void>;
  beforeEach(async () => {
    const dir = await tempDir();
    const server = await subject.startServer();
    const proxy = await countBytes(() => world.server.port);
    const journal = await openJournal(join(dir.path, 'journal'), { clock: REAL_CLOCK, log: SILENT, sensor: 'edge-1' });
    const engagement = openEngagement({ dir: dir.path, ceiling: 'accept', clock: REAL_CLOCK, log: SILENT, journal });
    const said = openSaidBook(join(dir.path, 'said'));
    const common = { clock: REAL_CLOCK, random: () => 0.05, log: SILENT, journal, engagement, said };
    const supervisor = createSupervisor({
      ...common,
      encodeEntry: encodeCaptureEntry,
      sensor: 'edge-1',
      simulated: true,
    });
    world = { server, proxy, journal, supervisor, engagement };
    cleanUp = async () => {
      await supervisor.stop();
      await proxy.stop();
      await world.server.stop();
      await journal.close();
      await dir[Symbol.asyncDispose]();
    };
  });
  afterEach(async () => await cleanUp());

  describe(`a decoy on ${subject.name}`, () => {
    const online = async (): Promise<void> => {
      if (world.supervisor.status().length === 0) world.supervisor.add(subject.config(world.proxy.port));
      await until(() => world.supervisor.status()[0]?.state === 'online');
    };

    it('signs on, and a message of a stranger becomes one capture with its exact bytes', async () => {
      await online();
      await world.server.say('hi look http://x.example/a.scr');
      await until(async () => (await messages(world.journal)).length > 0);
      await sleep(100);
      const [only, ...more] = await messages(world.journal);
      expect(more).toEqual([]);
      expect(only?.capture).toMatchObject({
        text: 'hi look http://x.example/a.scr',
        sensor: 'edge-1',
        simulated: true,
      });
      expect(Buffer.from(only?.raw ?? []).toString()).toContain('http://x.example/a.scr');
    });

    it('sends a stranger nothing at observe, whatever the stranger does (I-04, I-25)', async () => {
      await online();
      await world.server.provoke();
      await world.server.say('are you there?');
      await until(async () => (await messages(world.journal)).length > 0);
      await sleep(200);
      expect(world.server.heard()).toBe('');
    });

    it('sends only bytes that stand in the ledger, in its order (I-01, I-02)', async () => {
      await online();
      await world.server.provoke();
      await world.server.say('hi');
      await until(async () => (await messages(world.journal)).length > 0);
      await world.supervisor.stop();
      await sleep(100);
      expectLedger(world.proxy.sent(), await ledger(world.journal));
    });

    it('comes back after the server was away, and captures again', async () => {
      await online();
      await world.server.stop();
      world.proxy.cut();
      await until(() => world.supervisor.status()[0]?.state !== 'online');
      world.server = await subject.startServer();
      await until(() => world.supervisor.status()[0]?.state === 'online', 15_000);
      await world.server.say('still there');
      await until(async () => (await messages(world.journal)).length > 0);
    });

    it('survives hostile bytes of its server', async () => {
      await online();
      for (const bytes of [
        '\u0000\u00ff<<<&&&',
        '\r\n\r\n:::: @@@ \r\n',
        `<a${' b="c"'.repeat(500)}>`,
        'x'.repeat(100_000),
      ]) {
        world.proxy.inject(bytes);
        await sleep(50);
        world.proxy.cut();
        await until(() => world.supervisor.status()[0]?.state !== 'online');
        await until(() => world.supervisor.status()[0]?.state === 'online', 15_000);
      }
      await world.server.say('after all that');
      await until(async () => (await messages(world.journal)).length > 0);
    });

    const approveAccept = async (): Promise<void> => {
      const { network } = subject.config(0);
      const [approved = '', expires = ''] = [-1000, 86_400_000].map((ms) => new Date(Date.now() + ms).toISOString());
      const approval = { level: 'accept', network, approver: 'Ann', reason: 'test', approved, expires } as const;
      await world.engagement.approve(approval);
    };

    const offerFile = async (): Promise<OfferedFile> => {
      const offered = await world.server.offerFile?.();
      if (offered === undefined) throw new Error(`${subject.name} takes files, and its server offers none`);
      return offered;
    };

    it.runIf(subject.takesFiles)('leaves an offered file where it is at observe (I-04)', async () => {
      await online();
      const offered = await offerFile();
      await until(async () => (await captures(world.journal, 'file-offer')).length > 0);
      await sleep(200);
      expect(await captures(world.journal, 'file')).toEqual([]);
      expect([world.server.heard(), offered.heard()]).toEqual(['', []]);
    });

    it.runIf(subject.takesFiles)('takes an offered file at accept, by bytes of the ledger (I-01, I-02)', async () => {
      await approveAccept();
      await online();
      const offered = await offerFile();
      await until(async () => (await captures(world.journal, 'file')).length > 0);
      const [file] = await captures(world.journal, 'file');
      expect(Buffer.from(file?.raw ?? []).equals(offered.content)).toBe(true);
      expect(file?.capture.file?.sha256).toBe(hash('sha256', offered.content, 'hex'));
      await world.supervisor.stop();
      await sleep(100);
      const records = await ledger(world.journal);
      expect(records.map(({ rule }) => rule)).toContain('accept.file');
      expectLedger([...world.proxy.sent(), ...offered.heard()], records, /^(?:observe|accept)\./);
    });

    it.runIf(subject.heardAtAccept !== undefined)(
      'gives a stranger at accept leave to add it, by bytes of the ledger, and nothing else (I-01, I-02, I-14)',
      async () => {
        await approveAccept();
        await online();
        await world.server.provoke();
        await until(() => world.server.heard().length >= (subject.heardAtAccept?.length ?? 0));
        await world.server.say('well?');
        await until(async () => (await messages(world.journal)).length > 0);
        await sleep(200);
        expect(world.server.heard()).toBe(subject.heardAtAccept);
        await world.supervisor.stop();
        await sleep(100);
        expectLedger(world.proxy.sent(), await ledger(world.journal), /^(?:observe\.|accept\.contact$)/);
      },
    );

    it('stays at observe while the kill switch is on, whatever was approved', async () => {
      await approveAccept();
      await world.engagement.stop('test', 'Ann');
      await online();
      expect(world.supervisor.status()).toMatchObject([{ level: 'observe' }]);
      await world.server.provoke();
      await sleep(200);
      expect(world.server.heard()).toBe('');
    });

    it('is checked with one sign-on and a sentence', async () => {
      const { environment } = world.supervisor;
      const good = await checkDecoy(subject.config(world.proxy.port), environment);
      expect(good).toEqual({ ok: true, sentence: expect.stringMatching(/signed on/) as string });
      const closed = await checkDecoy(subject.config(1), environment);
      expect(closed).toMatchObject({
        ok: false,
        code: 'LINK_REFUSED',
        sentence: expect.stringMatching(/nothing listens/) as string,
      });
      const wrong = subject.refused?.(world.proxy.port);
      if (wrong === undefined) return;
      expect(await checkDecoy(wrong, environment)).toMatchObject({
        ok: false,
        sentence: expect.stringMatching(/name|password/) as string,
      });
    });
  });
}

async function until(holds: () => boolean | Promise<boolean>, ms = 8000): Promise<void> {
  const end = Date.now() + ms;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`not within ${ms} ms: ${holds.toString()}`);
    await sleep(20);
  }
}

const messages = (journal: EvidenceJournal) => captures(journal, 'message');

async function captures(journal: EvidenceJournal, kind: CaptureKind): Promise<{ capture: Capture; raw: Uint8Array }[]> {
  const entries = await journal.read(0, 10_000);
  return entries
    .flatMap(({ type, content }) => (type === 'capture' && content !== undefined ? [decodeCaptureEntry(content)] : []))
    .filter(({ capture }) => capture.kind === kind);
}

async function ledger(journal: EvidenceJournal): Promise<OutboundRecord[]> {
  const entries = await journal.read(0, 10_000);
  return entries
    .filter(({ type }) => type === 'outbound')
    .flatMap(({ content }) => decodeOutbound(content) ?? [])
    .filter((record) => record.denied === undefined);
}

/** In the ledger's order on each connection; at most the last frame of one may be in it and not on the wire (I-16). */
function expectLedger(
  streams: readonly Buffer[],
  records: readonly OutboundRecord[],
  rules: RegExp = /^observe\./,
): void {
  const rests = [...streams];
  for (const [at, record] of records.entries()) {
    expect(record.rule).toMatch(rules);
    if (record.connect !== undefined) continue; // has no bytes
    const next = rests.findIndex((rest) => hash('sha256', rest.subarray(0, record.length), 'hex') === record.sha256);
    if (next === -1) expect(at).toBeGreaterThanOrEqual(records.length - streams.length);
    else rests[next] = rests[next]?.subarray(record.length) ?? Buffer.alloc(0);
  }
  expect(Buffer.concat(rests).toString('latin1')).toBe('');
}
