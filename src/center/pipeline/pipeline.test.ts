import { hash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createClusterer } from '../../analysis/cluster/clusterer.ts';
import { openFileTriage } from '../../analysis/files/sandbox/sandbox.ts';
import { peOf } from '../../analysis/files/testing/programs.ts';
import { type AnalysisPool, openAnalysisPool } from '../../analysis/pool/pool.ts';
import { listDeadLetters } from '../../captures/dead-letter-store.ts';
import { encodeCaptureEntry } from '../../captures/entry.ts';
import { type EvidenceJournal, openJournal } from '../../captures/journal/journal.ts';
import type { Capture } from '../../core/capture.ts';
import { SILENT } from '../../core/clock.ts';
import { SundewError } from '../../core/error.ts';
import { parseCapture } from '../../core/parse-capture.ts';
import { openQueue, type Queue } from '../../storage/queue.ts';
import { type TestDatabase, testDatabase } from '../../storage/testing/test-database.ts';
import { systemClock } from '../system.ts';
import { type Pipeline, type PipelineParts, startPipeline } from './pipeline.ts';
import type { Projected } from './project.ts';

let database: TestDatabase;
let queue: Queue;
let pool: AnalysisPool;
let dir: string;
let journal: EvidenceJournal;
let projected: Projected[];

beforeAll(async () => {
  database = await testDatabase();
  queue = await openQueue(database);
  pool = openAnalysisPool({ workers: 0, signatures: [] });
});
afterAll(async () => {
  await pool.close();
  await queue.stop();
  await database.close();
});
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sundew-pipeline-'));
  journal = await openJournal(dir, { clock: systemClock, log: SILENT, sensor: 'test' });
  projected = [];
  await sql`truncate capture, pipeline_cursor, dead_letter, campaign, warning cascade`.execute(database.db);
});
afterEach(async () => {
  await journal.close();
  await rm(dir, { recursive: true });
});

function parts(over: Partial<PipelineParts> = {}): PipelineParts {
  return {
    db: database.db,
    queue,
    clusterer: createClusterer(),
    journalName: 'test',
    simulated: false,
    redact: (text) => text,
    now: () => new Date(),
    journal,
    pool,
    clock: systemClock,
    random: Math.random,
    log: SILENT,
    onProjected: (one) => projected.push(one),
    ...over,
  };
}

async function running(use: (pipeline: Pipeline) => Promise<void>, over: Partial<PipelineParts> = {}): Promise<void> {
  const pipeline = await startPipeline(parts(over));
  try {
    await use(pipeline);
  } finally {
    await pipeline.stop();
  }
}

const captureOf = (text: string, more: object = {}): Capture =>
  parseCapture(
    {
      v: 1,
      at: '2026-01-31T12:00:00Z',
      network: 'xmpp',
      decoy: 'dora@decoys.example',
      peer: { id: `${text.length}@x.example` },
      kind: 'message',
      text,
      ...more,
    },
    { sensor: 'test' },
  );
const append = (capture: Capture) =>
  journal.append('capture', encodeCaptureEntry(capture, Buffer.from(capture.text ?? '')));
const texts = async (): Promise<string[]> =>
  (await sql<{ text: string }>`select text from capture order by journal_seq`.execute(database.db)).rows.map(
    ({ text }) => text,
  );

test('what is in the journal comes into the store, once, in order, with what follows from it', async () => {
  await running(async (pipeline) => {
    await append(captureOf('look http://bad.example/pic.jpg.scr'));
    await append(captureOf('hello there, are you coming to the match on sunday'));
    const last = await append(captureOf('look http://bad.example/pic.jpg.scr'));
    await pipeline.settled(last);
    expect(pipeline.known).toBe(1);
  });
  expect(await texts()).toEqual([
    'look http://bad.example/pic.jpg.scr',
    'hello there, are you coming to the match on sunday',
  ]);
  expect(projected.flatMap(({ changes }) => changes)).toMatchObject([{ change: 'raised', record: { class: 'worm' } }]);
});

test('the content of a captured file is looked into, when it is that of the capture', async () => {
  await using files = openFileTriage();
  const program = peOf();
  const fileOf = (native: string, sha256: string): Capture =>
    captureOf('', {
      kind: 'file',
      native,
      text: undefined,
      file: { name: 'holiday.jpg', size: program.length, sha256 },
    });
  await running(
    async (pipeline) => {
      await journal.append('capture', encodeCaptureEntry(fileOf('1', hash('sha256', program, 'hex')), program));
      const other = fileOf('2', hash('sha256', 'another file', 'hex'));
      await pipeline.settled(await journal.append('capture', encodeCaptureEntry(other, program)));
    },
    { files },
  );
  const rows = await sql<{ class: string; reasons: string[]; meta: object }>`
    select class, reasons, meta from capture order by journal_seq`.execute(database.db);
  expect(rows.rows).toMatchObject([{ class: 'worm' }, { class: 'unknown' }]);
  expect(rows.rows[0]?.reasons).toContain('a program behind the name of a .jpg file');
  expect(JSON.stringify(rows.rows)).not.toContain('entropy');
});

test('a pipeline that starts again goes on behind its cursor and repeats nothing', async () => {
  await running(async (pipeline) => pipeline.settled(await append(captureOf('first of the two messages'))));
  const before = projected.length;
  const last = await append(captureOf('second of the two messages'));
  await running(async (pipeline) => pipeline.settled(last));
  expect(await texts()).toEqual(['first of the two messages', 'second of the two messages']);
  expect(projected.slice(before).flatMap(({ analysed }) => analysed)).toHaveLength(1);
});

/** The database, but each transaction runs as `run` says. */
function withTransactions(run: (work: (tx: never) => Promise<unknown>) => Promise<unknown>): PipelineParts['db'] {
  return new Proxy(database.db, {
    get: (target, key) => {
      if (key === 'transaction') return () => ({ execute: run });
      const value = Reflect.get(target, key, target) as unknown;
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

test('a batch whose commit was lost is repeated and counts once', async () => {
  let cut = true;
  const db = withTransactions(async (work) => {
    const result = await database.db.transaction().execute(work as never);
    if (!cut) return result;
    cut = false; // it did commit; only the answer is lost
    throw new SundewError('STORE_UNAVAILABLE', 'cut');
  });
  await running(async (pipeline) => pipeline.settled(await append(captureOf('only once in the store'))), { db });
  expect(cut).toBe(false);
  expect(await texts()).toEqual(['only once in the store']);
});

test('one capture that cannot be projected goes to the dead letters and holds up nobody', async () => {
  const clusterer = createClusterer();
  const poisoned = {
    ...clusterer,
    assign: (...args: Parameters<typeof clusterer.assign>) => {
      if (args[0].text === 'poison') throw new Error('cannot cluster this');
      return clusterer.assign(...args);
    },
  };
  let last = 0;
  for (const text of ['one good message', 'poison', 'another good message']) last = await append(captureOf(text));
  await running(
    async (pipeline) => {
      await pipeline.settled(last);
      const [letter] = await listDeadLetters(database.db);
      expect(letter).toMatchObject({ stage: 'project', cause: 'cannot cluster this', journalSeq: 2 });
    },
    { clusterer: poisoned },
  );
  expect(await texts()).toEqual(['one good message', 'another good message']);
  await running((pipeline) => pipeline.again(2));
  expect((await texts()).sort()).toEqual(['another good message', 'one good message', 'poison']);
});

test('an entry that is no capture is a dead letter, an erased one is skipped', async () => {
  await journal.append('capture', Buffer.from('garbage'));
  const erased = await append(captureOf('to be erased before it is read'));
  await journal.erase(erased);
  const last = await append(captureOf('still comes through'));
  await running(async (pipeline) => pipeline.settled(last));
  expect(await texts()).toEqual(['still comes through']);
  expect(await listDeadLetters(database.db)).toMatchObject([{ stage: 'decode', journalSeq: 1 }]);
});

test('while the store is away captures wait in the journal, and follow when it is back', async () => {
  let away = true;
  const db = withTransactions(async (work) => {
    if (away) throw new SundewError('STORE_UNAVAILABLE', 'gone');
    return await database.db.transaction().execute(work as never);
  });
  await running(
    async (pipeline) => {
      const last = await append(captureOf('waits for the store'));
      await sleep(300);
      expect(await texts()).toEqual([]);
      expect(pipeline.lagMs()).toBeGreaterThan(0);
      away = false;
      await pipeline.settled(last);
      expect(await texts()).toEqual(['waits for the store']);
      expect(pipeline.lagMs()).toBe(0);
    },
    { db },
  );
});
