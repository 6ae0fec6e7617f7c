// Captures a second through the whole path, beside the same rows put into the same table by a client that does nothing
// else, and beside the analysis alone; in turns, so that whatever else the machine does falls on all three alike.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { createEmailChannel } from '../../src/alerts/channels/email.ts';
import { insertSubscribers } from '../../src/alerts/testing/confirmed.ts';
import { startSmtpSink } from '../../src/alerts/testing/smtp-sink.ts';
import { toVerdict } from '../../src/analysis/analyze.ts';
import { type Clusterer, createClusterer } from '../../src/analysis/cluster/clusterer.ts';
import { type AnalysisPool, openAnalysisPool } from '../../src/analysis/pool/pool.ts';
import { type StoredCapture, toRows } from '../../src/captures/capture-row.ts';
import { insertRows } from '../../src/captures/capture-store.ts';
import { encodeCaptureEntry } from '../../src/captures/entry.ts';
import type { TimedStage } from '../../src/center/pipeline/stage-time.ts';
import { openRealm, type RealmParts } from '../../src/center/realm.ts';
import { systemClock } from '../../src/center/system.ts';
import type { Capture } from '../../src/core/capture.ts';
import { type Log, SILENT } from '../../src/core/clock.ts';
import { loadSignatures } from '../../src/knowledge/signature-store.ts';
import { type Database, openDatabase } from '../../src/storage/database.ts';
import { startEmbedded } from '../../src/storage/embedded/embedded.ts';
import { migrate } from '../../src/storage/migrate.ts';
import { mixedCaptures } from './captures.ts';
import { cpuSecondsOf } from './machine.ts';
import { print, whole } from './print.ts';

const ROUNDS = 4;
/** Not measured: the first captures are slower than all that follow, on every side. */
const WARM_UP = 4_000;
const DAY_MS = 86_400_000;
/** As the pipeline cuts them. */
const BATCH = 2048;
/** Appends on their way to the disk at once, as a replay has them. */
const IN_FLIGHT = 1_024;
const LOUD: Log = {
  ...SILENT,
  error: (fields, message) => print(`${message} ${JSON.stringify(fields)}`),
  warn: (fields, message) => print(`${message} ${JSON.stringify(fields)}`),
};

interface Spent {
  readonly seconds: number;
  /** Processor time of this process with its threads, and of the database. */
  readonly nodeSeconds: number;
  readonly databaseSeconds: number;
}
type Side = 'raw' | 'analysis' | 'whole';

/** Prints the three rates, their ratios and where the time goes. */
export async function throughput(count: number): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'sundew-bench-'));
  await using undo = new AsyncDisposableStack();
  undo.defer(() => rm(dir, { recursive: true, force: true }));
  const server = await startEmbedded({ dir: join(dir, 'postgres'), log: SILENT });
  undo.defer(() => server.stop());
  const rival = openDatabase({ url: server.url, realm: 'simulated', max: 1 });
  undo.use(rival);
  await migrate(rival);
  const sink = await startSmtpSink();
  undo.use(sink);
  const stages = new Map<TimedStage, number>();
  const realm = await openBenchRealm(server.url, dir, sink.port, stages);
  undo.defer(() => realm.close());
  const pool = openAnalysisPool({ workers: 1, signatures: await loadSignatures(realm.db) });
  undo.defer(() => pool.close());
  const bench: Bench = { realm, rival, pool, clusterer: createClusterer(), server: server.pid };
  const endMs = Date.now();
  await playRound(bench, mixedCaptures(WARM_UP, endMs - DAY_MS), () => undefined);
  stages.clear();
  const captures = mixedCaptures(count, endMs);
  const spent = new Map<string, Spent>();
  for (let round = 0; round < ROUNDS; round += 1) {
    const some = captures.slice((round * count) / ROUNDS, ((round + 1) * count) / ROUNDS);
    await playRound(bench, some, (side, of) => spent.set(`${side} ${round}`, of));
  }
  await compare(realm.db, rival);
  report(spent, stages, count, { campaigns: bench.clusterer.size, mails: sink.mails.length });
}

function openBenchRealm(url: string, dir: string, smtp: number, stages: Map<TimedStage, number>): Promise<RealmParts> {
  const opened = openRealm({
    realm: 'live',
    databaseUrl: url,
    journalDir: join(dir, 'journal'),
    sensor: 'bench',
    publicUrl: 'http://127.0.0.1',
    budgetPerDay: 1000,
    channels: [createEmailChannel({ host: '127.0.0.1', port: smtp, security: 'none', from: 'a@sundew.example' })],
    delayMs: 0,
    analysisWorkers: 1,
    clock: systemClock,
    random: Math.random,
    log: LOUD,
    isDecoyAddress: () => false,
    redact: (text) => text,
    watched: () => new Set(),
    dispatch: true,
    onProjected: () => undefined,
    measure: (stage, ms) => stages.set(stage, (stages.get(stage) ?? 0) + ms),
  });
  return opened.then(async (realm) => {
    await insertSubscribers(realm.db, [{ address: 'reader@example.org', minSeverity: 'medium' }]);
    return realm;
  });
}

interface Bench {
  readonly realm: RealmParts;
  readonly rival: Database;
  readonly pool: AnalysisPool;
  readonly clusterer: Clusterer;
  /** Process of the database. */
  readonly server: number;
}

/** The same captures through all three. */
async function playRound(
  { realm, rival, pool, clusterer, server }: Bench,
  captures: readonly Capture[],
  tell: (side: Side, spent: Spent) => void,
): Promise<void> {
  const measured = async <T>(side: Side, work: () => Promise<T>): Promise<T> => {
    const [begin, usage, database] = [performance.now(), process.cpuUsage(), cpuSecondsOf(server)];
    const result = await work();
    const { user, system } = process.cpuUsage(usage);
    tell(side, {
      seconds: (performance.now() - begin) / 1000,
      nodeSeconds: (user + system) / 1e6,
      databaseSeconds: cpuSecondsOf(server) - database,
    });
    return result;
  };
  const analyses = await measured('analysis', () => analyseAll(pool, captures));
  const rows = captures.map((capture, at): StoredCapture => {
    const analysis = analyses[at];
    if (analysis === undefined) throw new Error('the analysis lost a capture');
    const cluster = clusterer.assign(capture, analysis);
    return { capture, verdict: toVerdict({ analysis, cluster }), journalSeq: at + 1 };
  });
  const batches = batchesOf(rows).map(toRows);
  await measured('raw', () => insertRaw(rival, batches));
  await measured('whole', () => throughAll(realm, captures));
}

function batchesOf<T>(list: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(list.length / BATCH) }, (_value, at) =>
    list.slice(at * BATCH, (at + 1) * BATCH),
  );
}

async function analyseAll(pool: AnalysisPool, captures: readonly Capture[]) {
  const all = [];
  for (const batch of batchesOf(captures)) all.push(...(await pool.analyzeBatch(batch)));
  return all;
}

/** The rival: rows made ready beforehand, one statement and one transaction a batch. */
async function insertRaw({ db }: Database, batches: readonly string[]): Promise<void> {
  for (const batch of batches) await db.transaction().execute((tx) => insertRows(tx, batch));
}

async function throughAll(realm: RealmParts, captures: readonly Capture[]): Promise<void> {
  const next = captures.values();
  let last = 0;
  const lane = async (): Promise<void> => {
    for (const capture of next) {
      const raw = Buffer.from(capture.text ?? '');
      last = Math.max(last, await realm.journal.append('capture', encodeCaptureEntry(capture, raw)));
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
  await realm.pipeline.settled(last);
}

/** Both sides must hold the same rows, or the figures say nothing. */
async function compare(db: Database['db'], rival: Database): Promise<void> {
  const digest = sql<{ rows: number; digest: string }>`
    select count(*) as rows, md5(string_agg(id::text || class || coalesce(campaign::text, '-'), '' order by id)) as digest
    from capture`;
  const [ours, theirs] = [await digest.execute(db), await digest.execute(rival.db)];
  if (JSON.stringify(ours.rows) !== JSON.stringify(theirs.rows)) {
    throw new Error(`the sides differ: ${JSON.stringify([ours.rows, theirs.rows])}`);
  }
}

function report(
  spent: ReadonlyMap<string, Spent>,
  stages: ReadonlyMap<TimedStage, number>,
  count: number,
  made: { readonly campaigns: number; readonly mails: number },
): void {
  const sum = (side: Side, key: keyof Spent, rounds: readonly number[] = [0, 1, 2, 3]): number =>
    rounds.reduce((total, round) => total + (spent.get(`${side} ${round}`)?.[key] ?? 0), 0);
  const rate = (side: Side, rounds?: readonly number[]): number =>
    (count * ((rounds?.length ?? ROUNDS) / ROUNDS)) / sum(side, 'seconds', rounds);
  const aim = Math.min(rate('raw') / 3, rate('analysis'));
  print(`${whole(count)} captures, ${whole(made.campaigns)} campaigns, ${made.mails} alerts mailed`);
  print(`whole path : raw insert  ${(rate('whole') / rate('raw')).toFixed(2)} (aim 0.33)`);
  print(`whole path : analysis    ${(rate('whole') / rate('analysis')).toFixed(2)}`);
  print(`whole path : aim, min(raw / 3, analysis)  ${(rate('whole') / aim).toFixed(2)} (aim 1.00)`);
  const core = (side: Side): number => (sum(side, 'nodeSeconds') + sum(side, 'databaseSeconds')) / count;
  print(`processor time of a capture, whole path : raw insert  ${(core('whole') / core('raw')).toFixed(1)}`);
  print(`last quarter : first quarter  ${(rate('whole', [3]) / rate('whole', [0])).toFixed(2)} whole path`);
  print(`                              ${(rate('raw', [3]) / rate('raw', [0])).toFixed(2)} raw insert`);
  for (const side of ['whole', 'raw', 'analysis'] as const) {
    const [node, database] = [sum(side, 'nodeSeconds'), sum(side, 'databaseSeconds')];
    const each = [0, 1, 2, 3].map((round) => whole(rate(side, [round]))).join(', ');
    print(`${side.padEnd(9)} ${whole(rate(side))}/s (quarters ${each}); ${whole(1 / core(side))} a core second`);
    print(`          µs a capture: ${whole((node / count) * 1e6)} Node, ${whole((database / count) * 1e6)} PostgreSQL`);
  }
  const transaction = stages.get('transaction') ?? 0;
  print('stage: ms a 1,000 captures, share of the transaction');
  for (const [stage, ms] of stages) {
    const share = ['read', 'analyse'].includes(stage) ? '(overlaps)' : `${Math.round((100 * ms) / transaction)} %`;
    print(`  ${stage.padEnd(12)} ${((ms / count) * 1000).toFixed(1).padStart(7)}  ${share}`);
  }
}
