// Sources of captures (decoys, sensors) that have been silent for longer than their own rate lets one expect.

/** What is remembered of a source; plain JSON. */
export interface SourceMemory {
  readonly lastMs: number;
  /** Captures in all. */
  readonly captures: number;
  /** Pauses between steps with captures: how many count, their mean and mean square, ms. */
  readonly pauses: number;
  readonly mean: number;
  readonly square: number;
  /** This silence was told. */
  readonly told?: boolean;
}

/** Pauses from which on a source's rate is known well enough. */
export const MIN_PAUSES = 10;
// What is older weighs less, so that a rate can change.
const MAX_PAUSES = 200;
// Sources more regular than chance are taken for chance; a tail without a mean square is taken for one that just has it.
const LEAST_SHAPE = 2.05;
// Rates change by the hour and the day: however many pauses were seen, a rate is known to within some 40 per cent only.
const MOST_SHAPE = 6;

/** A capture. @param stepMs captures within one step of the last are one burst with it */
export function addCapture(before: SourceMemory | undefined, atMs: number, stepMs: number): SourceMemory {
  if (before === undefined) return { lastMs: atMs, captures: 1, pauses: 0, mean: 0, square: 0 };
  const captures = before.captures + 1;
  if (atMs <= before.lastMs) return { ...before, captures };
  const { told, ...rest } = before;
  // A silence that was told says nothing of how the source is when all is well.
  if (told === true || Math.floor(atMs / stepMs) === Math.floor(before.lastMs / stepMs)) {
    return { ...rest, captures, lastMs: atMs };
  }
  const pause = atMs - before.lastMs;
  const pauses = Math.min(MAX_PAUSES, before.pauses + 1);
  return {
    captures,
    lastMs: atMs,
    pauses,
    mean: before.mean + (pause - before.mean) / pauses,
    square: before.square + (pause * pause - before.square) / pauses,
  };
}

/**
 * Chance that a pause of this source lasts as long: its rate is thought gamma distributed, as wide as its pauses vary and as its
 * number of pauses leaves open, so that pauses follow Lomax's distribution.
 * @returns undefined while too little is known
 */
export function silenceTail({ pauses, mean, square }: SourceMemory, silentMs: number): number | undefined {
  if (pauses < MIN_PAUSES || mean <= 0) return undefined;
  const spread = square / (mean * mean) - 1;
  const varied = spread > 1 ? (2 * spread) / (spread - 1) : Number.POSITIVE_INFINITY;
  const shape = Math.max(LEAST_SHAPE, Math.min(MOST_SHAPE, varied, pauses));
  return (1 + silentMs / (mean * (shape - 1))) ** -shape;
}
