// How long the stages of the pipeline take, for whoever asks (bench/pipeline.ts).

export const TIMED_STAGES = [
  'read',
  'triage',
  'analyse',
  'known',
  'cluster',
  'insert',
  'knowledge',
  'warning',
  'signals',
  'draft',
  'outbox',
  'transaction',
] as const;
/** `transaction` is from its first statement to the end of its commit and so holds those from `known` on. */
export type TimedStage = (typeof TIMED_STAGES)[number];

/** @param ms of wall clock */
export type Measure = (stage: TimedStage, ms: number) => void;

/** Runs a stage and tells how long it took, when it went well and someone asked. */
export async function timed<T>(
  measure: Measure | undefined,
  stage: TimedStage,
  work: () => Promise<T> | T,
): Promise<T> {
  if (measure === undefined) return await work();
  const begin = performance.now();
  const result = await work();
  measure(stage, performance.now() - begin);
  return result;
}
