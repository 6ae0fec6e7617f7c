// Journal → store, behind a cursor. While one batch is in its transaction the next one is analysed (ahead.ts). A crash anywhere
// repeats a batch; a batch that fails is halved until the culprit stands alone and goes to the dead-letter table.
import type { FileTriage } from '../../analysis/files/sandbox/sandbox.ts';
import type { AnalysisPool } from '../../analysis/pool/pool.ts';
import { readCursor } from '../../captures/cursor-store.ts';
import type { Clock, Log, Random } from '../../core/clock.ts';
import { isSundewError, messageOf } from '../../core/error.ts';
import type { Journal } from '../../core/journal.ts';
import { type Ahead, prepareAhead } from './ahead.ts';
import { type Batch, type Failed, prepareBatch } from './prepare.ts';
import { type Projected, type ProjectParts, projectBatch } from './project.ts';
import { tick } from './tick.ts';

/** Captures in one transaction at most. */
const BATCH = 2048;
/** Held alerts and quiet warnings are looked at this often. */
const TICK_MS = 5_000;
const RETRY_MS = { first: 250, most: 10_000 } as const;

export interface PipelineParts extends ProjectParts {
  readonly journal: Journal;
  readonly pool: AnalysisPool;
  /** Where content of files is looked into. */
  readonly files?: FileTriage | undefined;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** After the commit. */
  readonly onProjected: (projected: Projected) => void;
}

export interface Pipeline {
  /** Number of the last journal entry that is in the store. */
  readonly projected: number;
  readonly known: number;
  /** Age of the oldest entry that is not yet in the store, ms. */
  lagMs(): number;
  /** Resolves when everything up to `seq` is in the store. */
  settled(seq: number, signal?: AbortSignal): Promise<void>;
  /** Takes one entry up again, whatever the cursor says. @throws what it failed with */
  again(seq: number): Promise<void>;
  stop(): Promise<void>;
}

/** Whether trying again can help: the database is away, its disk is full, a deadlock. */
const isPassing = (error: unknown): boolean =>
  isSundewError(error, 'STORE_UNAVAILABLE') || isSundewError(error, 'STORE_FULL');

export async function startPipeline(parts: PipelineParts): Promise<Pipeline> {
  const stopped = new AbortController();
  const waiting = new Set<{ seq: number; done: () => void }>();
  let projected = await readCursor(parts.db, parts.journalName);
  let known = 0;
  let behindSince: number | undefined;

  const advance = (batch: Batch, result: Projected): void => {
    projected = batch.last;
    known += result.known;
    behindSince = parts.journal.last > projected ? parts.clock.now().getTime() : undefined;
    for (const waiter of waiting) if (waiter.seq <= projected) waiter.done();
    parts.onProjected(result);
  };

  // One batch at a time: the clusterer's memory follows the order of the transactions.
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work);
    turn = done.catch(() => undefined);
    return done;
  };

  const again = async (seq: number): Promise<void> => {
    const batch = await prepareBatch(parts, seq - 1, 1, stopped.signal);
    const [failure] = batch.failed;
    if (failure !== undefined) throw failure.cause;
    parts.onProjected(await inTurn(() => projectBatch(parts, batch)));
  };

  const run = async (): Promise<void> => {
    const begin = (): Ahead => prepareAhead(parts, projected, BATCH, stopped.signal);
    let ahead = begin();
    while (!stopped.signal.aborted) {
      try {
        const batch = await ahead.take();
        behindSince ??= parts.clock.now().getTime();
        await inTurn(() => projectInParts(parts, batch, stopped.signal, advance));
      } catch (error) {
        ahead.stop();
        if (stopped.signal.aborted) return;
        parts.log.error({ err: messageOf(error), after: projected }, 'the pipeline failed and tries again');
        await parts.clock.sleep(RETRY_MS.most, stopped.signal).catch(() => undefined);
        ahead = begin();
      }
    }
  };
  const ticking = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      await parts.clock.sleep(TICK_MS, stopped.signal).catch(() => undefined);
      if (stopped.signal.aborted) return;
      await inTurn(async () => parts.onProjected(await tick(parts))).catch((error: unknown) => {
        parts.log.warn({ err: messageOf(error) }, 'the clockwork of warnings failed and tries again');
      });
    }
  };
  const ended = Promise.all([run(), ticking()]);

  return {
    get projected() {
      return projected;
    },
    get known() {
      return known;
    },
    lagMs: () => (behindSince === undefined ? 0 : parts.clock.now().getTime() - behindSince),
    settled: (seq, signal) => whenSettled(seq, () => projected, waiting, signal),
    again,
    stop: async () => {
      stopped.abort();
      await ended;
    },
  };
}

function whenSettled(
  seq: number,
  projected: () => number,
  waiting: Set<{ seq: number; done: () => void }>,
  signal?: AbortSignal,
): Promise<void> {
  if (projected() >= seq) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const waiter = {
      seq,
      done: () => {
        waiting.delete(waiter);
        resolve();
      },
    };
    waiting.add(waiter);
    signal?.addEventListener('abort', () => {
      waiting.delete(waiter);
      reject(signal.reason);
    });
  });
}

type Advance = (batch: Batch, result: Projected) => void;

/** Waits out what passes; halves what does not. */
async function projectInParts(
  parts: PipelineParts,
  batch: Batch,
  signal: AbortSignal,
  advance: Advance,
): Promise<void> {
  for (let delay: number = RETRY_MS.first; ; delay = Math.min(RETRY_MS.most, delay * 2)) {
    try {
      return advance(batch, await projectBatch(parts, batch));
    } catch (error) {
      if (signal.aborted) throw error;
      if (!isPassing(error)) return split(parts, batch, error, signal, advance);
      parts.log.warn({ err: messageOf(error), retryMs: delay }, 'the store is away; captures wait in the journal');
      await parts.clock.sleep(delay * (0.5 + parts.random() / 2), signal);
    }
  }
}

async function split(
  parts: PipelineParts,
  batch: Batch,
  cause: unknown,
  signal: AbortSignal,
  advance: Advance,
): Promise<void> {
  const [only] = batch.prepared;
  if (only === undefined) throw cause; // not the captures' fault
  if (batch.prepared.length === 1) {
    const failure: Failed = { seq: only.seq, stage: 'project', capture: only.capture.id, cause };
    parts.log.error({ err: messageOf(cause), capture: only.capture.id }, 'a capture went to the dead letters');
    return projectInParts(
      parts,
      { prepared: [], failed: [...batch.failed, failure], last: batch.last },
      signal,
      advance,
    );
  }
  const half = batch.prepared.length >> 1;
  const middle = batch.prepared[half - 1]?.seq ?? batch.last;
  await projectInParts(parts, { prepared: batch.prepared.slice(0, half), failed: [], last: middle }, signal, advance);
  await projectInParts(
    parts,
    { prepared: batch.prepared.slice(half), failed: batch.failed, last: batch.last },
    signal,
    advance,
  );
}
