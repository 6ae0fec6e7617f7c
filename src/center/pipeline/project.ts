// The ordered half of the pipeline: one transaction holds everything that follows from a batch, the cursor included.

import { enqueueAlerts } from '../../alerts/enqueue.ts';
import { toVerdict } from '../../analysis/analyze.ts';
import type { Clusterer } from '../../analysis/cluster/clusterer.ts';
import type { Analysed } from '../../analysis/types.ts';
import { insertCaptures, knownCaptures } from '../../captures/capture-store.ts';
import { advanceCursor } from '../../captures/cursor-store.ts';
import { recordDeadLetter } from '../../captures/dead-letter-store.ts';
import { messageOf } from '../../core/error.ts';
import { recordKnowledge } from '../../knowledge/record.ts';
import type { Db, Tx } from '../../storage/database.ts';
import type { Queue } from '../../storage/queue.ts';
import { together } from '../../storage/together.ts';
import { assessWarnings } from '../../warning/assess.ts';
import type { SizeOf } from '../../warning/build-record.ts';
import { recordSignals } from '../../warning/signals/record-signals.ts';
import type { WarningChange } from '../../warning/types.ts';
import { withholdAlerts } from '../../warning/withhold-store.ts';
import { draftCampaigns } from '../drafts.ts';
import type { Batch, Failed, Prepared } from './prepare.ts';
import { isQuiet } from './replay-mark.ts';
import { type Measure, timed } from './stage-time.ts';

/** Of the event loop, each of which writes what the socket takes. */
const TURNS_TO_SEND = 8;

export interface ProjectParts {
  readonly db: Db;
  readonly queue: Queue;
  readonly clusterer: Clusterer;
  /** Under which the cursor is kept. */
  readonly journalName: string;
  readonly simulated: boolean;
  /** Sizes of services, for forecasts of infected accounts. */
  readonly sizeOf?: SizeOf | undefined;
  readonly redact: (text: string) => string;
  readonly now: () => Date;
  /** Told how long each stage of each batch took. */
  readonly measure?: Measure | undefined;
}

export interface Projected {
  readonly analysed: readonly Analysed[];
  readonly changes: readonly WarningChange[];
  /** Captures of the batch that the store had already. */
  readonly known: number;
}

/** Projects a batch, or throws and leaves the store and the clusterer as they were. */
export async function projectBatch(parts: ProjectParts, batch: Batch): Promise<Projected> {
  parts.clusterer.checkpoint();
  try {
    return await timed(parts.measure, 'transaction', () =>
      parts.db.transaction().execute((tx) => projectIn(tx, parts, batch)),
    );
  } catch (error) {
    parts.clusterer.rollback();
    throw error;
  }
}

async function projectIn(tx: Tx, parts: ProjectParts, batch: Batch): Promise<Projected> {
  const { measure } = parts;
  const fresh = await timed(measure, 'known', () => withoutKnown(tx, batch.prepared));
  const analysed = await timed(measure, 'cluster', () =>
    fresh.map(
      ({ capture, analysis }): Analysed => ({
        capture,
        analysis,
        cluster: parts.clusterer.assign(capture, analysis),
      }),
    ),
  );
  const rows = analysed.map((one, at) => ({
    capture: one.capture,
    verdict: toVerdict(one),
    journalSeq: fresh[at]?.seq ?? 0,
  }));
  const [, changes] = await together([
    timed(measure, 'insert', () => insertCaptures(tx, rows)),
    projectRuns(tx, parts, runsOf(analysed)),
  ]);
  for (const failure of batch.failed) await bury(tx, failure, parts.now());
  await advanceCursor(tx, parts.journalName, batch.last);
  return { analysed, changes, known: batch.prepared.length - fresh.length };
}

/** What follows from the captures; its statements stand in line behind the one that inserts them. */
async function projectRuns(
  tx: Tx,
  parts: ProjectParts,
  runs: readonly (readonly Analysed[])[],
): Promise<readonly WarningChange[]> {
  // The rows go to the socket first: what is made ready now is made while the database inserts them.
  for (let turn = 0; turn < TURNS_TO_SEND; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  const changes: WarningChange[] = [];
  for (const run of runs) changes.push(...(await projectRun(tx, parts, run)));
  return changes;
}

/** What follows from captures that are all quiet, or none of them. */
async function projectRun(tx: Tx, parts: ProjectParts, run: readonly Analysed[]): Promise<readonly WarningChange[]> {
  const { measure } = parts;
  const touched = await timed(measure, 'knowledge', () => recordKnowledge(tx, run));
  const raised = await timed(measure, 'warning', () =>
    assessWarnings(tx, touched, { simulated: parts.simulated, sizeOf: parts.sizeOf, now: parts.now() }),
  );
  await timed(measure, 'signals', () => recordSignals(tx, run, parts.now()));
  await timed(measure, 'draft', () => draftCampaigns(tx, raised, parts.now()));
  await timed(measure, 'outbox', () =>
    run.some(({ capture }) => isQuiet(capture))
      ? withholdAlerts(tx, [...touched.keys()])
      : enqueueAlerts(tx, parts.queue, raised, { now: parts.now(), redact: parts.redact }),
  );
  return raised;
}

/** Drops what the store has, and what comes twice within the batch: redelivered and replayed captures count once. */
async function withoutKnown(tx: Db, prepared: readonly Prepared[]): Promise<readonly Prepared[]> {
  const seen = new Set(
    await knownCaptures(
      tx,
      prepared.map(({ capture }) => capture.id),
    ),
  );
  return prepared.filter(({ capture }) => {
    if (seen.has(capture.id)) return false;
    seen.add(capture.id);
    return true;
  });
}

/** Consecutive captures that may cause alerts, and ones that may not (quiet replays). */
function runsOf(analysed: readonly Analysed[]): readonly (readonly Analysed[])[] {
  const runs: Analysed[][] = [];
  for (const one of analysed) {
    const last = runs.at(-1);
    const before = last?.[0];
    if (last !== undefined && before !== undefined && isQuiet(before.capture) === isQuiet(one.capture)) last.push(one);
    else runs.push([one]);
  }
  return runs;
}

async function bury(tx: Db, failure: Failed, at: Date): Promise<void> {
  await recordDeadLetter(tx, {
    stage: failure.stage,
    journalSeq: failure.seq,
    ...(failure.capture === undefined ? {} : { capture: failure.capture }),
    cause: messageOf(failure.cause),
    at: at.toISOString(),
  });
}
