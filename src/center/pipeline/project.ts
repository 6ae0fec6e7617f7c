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
import type { Db } from '../../storage/database.ts';
import type { Queue } from '../../storage/queue.ts';
import { assessWarnings } from '../../warning/assess.ts';
import type { WarningChange } from '../../warning/types.ts';
import { withholdAlerts } from '../../warning/withhold-store.ts';
import type { Batch, Failed, Prepared } from './prepare.ts';
import { isQuiet } from './replay-mark.ts';

export interface ProjectParts {
  readonly db: Db;
  readonly queue: Queue;
  readonly clusterer: Clusterer;
  /** Under which the cursor is kept. */
  readonly journalName: string;
  readonly simulated: boolean;
  readonly redact: (text: string) => string;
  readonly now: () => Date;
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
    return await parts.db.transaction().execute(async (tx) => {
      const fresh = await withoutKnown(tx, batch.prepared);
      const analysed = fresh.map(
        ({ capture, analysis }): Analysed => ({
          capture,
          analysis,
          cluster: parts.clusterer.assign(capture, analysis),
        }),
      );
      await insertCaptures(
        tx,
        analysed.map((one, at) => ({ capture: one.capture, verdict: toVerdict(one), journalSeq: fresh[at]?.seq ?? 0 })),
      );
      const changes: WarningChange[] = [];
      for (const run of runsOf(analysed)) {
        const touched = await recordKnowledge(tx, run);
        const raised = await assessWarnings(tx, touched, { simulated: parts.simulated });
        if (run.some(({ capture }) => isQuiet(capture))) {
          await withholdAlerts(tx, [...touched.keys()]);
        } else {
          await enqueueAlerts(tx, parts.queue, raised, { now: parts.now(), redact: parts.redact });
        }
        changes.push(...raised);
      }
      for (const failure of batch.failed) await bury(tx, failure, parts.now());
      await advanceCursor(tx, parts.journalName, batch.last);
      return { analysed, changes, known: batch.prepared.length - fresh.length };
    });
  } catch (error) {
    parts.clusterer.rollback();
    throw error;
  }
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
