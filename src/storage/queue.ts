// Durable jobs in the realm's database: pg-boss with LISTEN/NOTIFY. A job commits with the rows it speaks of, wakes its
// worker at once, is tried again with back-off and, when that is used up, waits in a dead-letter queue for an operator.
import { fromKysely, type JobResult, PgBoss } from 'pg-boss';
import { type Log, SILENT } from '../core/clock.ts';
import { messageOf } from '../core/error.ts';
import { type Database, type Db, withSearchPath } from './database.ts';
import {
  countJobs,
  createQueueTable,
  deadName,
  QUEUE_DEFAULTS,
  type QueueCounts,
  type QueuePolicy,
  queueSchemaOf,
  reclaimActive,
} from './queue-schema.ts';
import { toStoreError } from './store-error.ts';

export interface NewJob {
  /** UUID; a second job of the same id is dropped. */
  readonly id?: string;
  readonly data: object;
  /** Not before this time. */
  readonly startAfter?: Date;
}

export interface Job {
  readonly id: string;
  /** Came from our own database, yet from another version perhaps: parse it. */
  readonly data: object;
  /** From 1. */
  readonly attempt: number;
  /** Aborts when the queue stops without patience or the job's time is over. */
  readonly signal: AbortSignal;
}

/** A throw is tried again later; `dead` goes to the dead-letter queue at once. */
export type JobOutcome = 'done' | 'dead';
export type JobHandler = (job: Job) => Promise<JobOutcome> | Promise<void>;

export interface WorkOptions {
  /** Jobs at a time; 1 unless told. */
  readonly concurrency?: number;
  /** Applies from the first `work` or `insert` of this queue on. */
  readonly policy?: QueuePolicy;
}

export interface Queue extends AsyncDisposable {
  /** Adds jobs inside the caller's transaction; workers wake when it commits. @throws SundewError STORE_UNAVAILABLE, STORE_FULL */
  insert(tx: Db, name: string, jobs: readonly NewJob[]): Promise<void>;
  work(name: string, handler: JobHandler, options?: WorkOptions): Promise<void>;
  counts(name: string): Promise<QueueCounts>;
  /** Puts what is in the dead-letter queue back to work. @returns how many */
  redrive(name: string): Promise<number>;
  /** Waits for the jobs in hand (30 s at most), then closes. Safe to call again. */
  stop(): Promise<void>;
}

export interface QueueOptions {
  readonly log?: Log;
  /**
   * Whether this process is the only one that works on this realm's queue (the owner of `data/`): then what is marked
   * active at opening was left by a kill and is taken up at once instead of after its time-out. True unless told.
   */
  readonly sole?: boolean;
}

const POOL = 4;
const MAX_WORKERS = 4;
const STOP_TIMEOUT_MS = 30_000;
/** Back-stops: NOTIFY wakes at once; these find what became due or was notified while the listener was away. */
const POLL_SECONDS = 0.5;
const NOTIFIED_POLL_SECONDS = 2;
/** Log the first and every hundredth of the failures that a lost database repeats. */
const LOG_EVERY = 100;

/** Opens the queue of the database's realm, schema `queue_<realm>`. @throws SundewError STORE_UNAVAILABLE */
export async function openQueue(database: Database, options: QueueOptions = {}): Promise<Queue> {
  const schema = queueSchemaOf(database.realm);
  const boss = new PgBoss({
    connectionString: withSearchPath(database.url, database.realm),
    application_name: `sundew queue ${database.realm}`,
    schema,
    max: POOL,
    useListenNotify: true,
    schedule: false,
    registerInstance: false,
    monitorVacuum: false,
    openTelemetry: { enabled: false },
  });
  listenForErrors(boss, options.log ?? SILENT);
  try {
    await boss.start();
    if (options.sole !== false) await reclaimActive(database.db, schema);
  } catch (error) {
    await boss.stop({ graceful: false }).catch(() => undefined); // the error that counts is the first
    throw toStoreError(error);
  }
  return queueOf(boss, database.db, schema);
}

function queueOf(boss: PgBoss, db: Db, schema: string): Queue {
  const ready = new Map<string, Promise<void>>();
  const ensure = (name: string, policy: QueuePolicy = QUEUE_DEFAULTS): Promise<void> => {
    const known = ready.get(name);
    if (known !== undefined) return known;
    const made = createQueueTable(boss, name, policy);
    ready.set(name, made);
    made.catch(() => ready.delete(name)); // the next caller tries again
    return made;
  };
  const stop = (): Promise<void> => boss.stop({ graceful: true, timeout: STOP_TIMEOUT_MS });
  return {
    insert: async (tx, name, jobs) => {
      if (jobs.length === 0) return;
      await ensure(name).catch(rethrow);
      await boss.insert(name, jobs.map(toInsert), { db: fromKysely(tx) });
    },
    work: async (name, handler, options = {}) => {
      await ensure(name, options.policy).catch(rethrow);
      await startWorkers(boss, name, handler, options.concurrency ?? 1);
    },
    counts: async (name) => {
      await ensure(name).catch(rethrow);
      return await countJobs(db, schema, name);
    },
    redrive: async (name) => {
      await ensure(name).catch(rethrow);
      return await boss.redrive(deadName(name), { destination: name }).catch(rethrow);
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

function toInsert(job: NewJob): { id?: string; data: object; startAfter?: Date } {
  return {
    data: job.data,
    ...(job.id === undefined ? {} : { id: job.id }),
    ...(job.startAfter === undefined ? {} : { startAfter: job.startAfter }),
  };
}

/** pg-boss takes full batches without a pause but pauses between single jobs, hence batches of at least two. */
async function startWorkers(boss: PgBoss, name: string, handler: JobHandler, concurrency: number): Promise<void> {
  const workers = Math.min(MAX_WORKERS, concurrency);
  const each = Math.ceil(concurrency / workers);
  const options = {
    perJobResults: true,
    localConcurrency: workers,
    batchSize: Math.max(2, each),
    burstWhenBatchFull: true,
    pollingIntervalSeconds: POLL_SECONDS,
    notifyPollingIntervalSeconds: NOTIFIED_POLL_SECONDS,
  } as const;
  await boss.work<object, unknown, typeof options>(name, options, async (jobs) => {
    const left = jobs.values();
    const results: JobResult[] = [];
    const lanes = Array.from({ length: each }, async () => {
      for (const job of left) {
        results.push(
          await runJob(handler, { id: job.id, data: job.data, attempt: job.retryCount + 1, signal: job.signal }),
        );
      }
    });
    await Promise.all(lanes);
    return results;
  });
}

async function runJob(handler: JobHandler, job: Job): Promise<JobResult> {
  try {
    const outcome = await handler(job);
    return { id: job.id, status: outcome === 'dead' ? 'deadletter' : 'completed' };
  } catch (error) {
    return { id: job.id, status: 'failed', output: { message: messageOf(error) } };
  }
}

function listenForErrors(boss: PgBoss, log: Log): void {
  let count = 0;
  boss.on('error', (error) => {
    if (count % LOG_EVERY === 0)
      log.warn({ error: messageOf(error), count: count + 1 }, 'the queue had trouble with its database');
    count += 1;
  });
  boss.on('warning', (warning) => log.warn({ warning: warning.message }, 'the queue warns'));
}

function rethrow(error: unknown): never {
  throw toStoreError(error);
}
