// EARS C1, C2 and C3: a count against the mean and spread of the few before it. For series too young for anything better.
import { normalUpperQuantile } from './count-distribution.ts';
import { at } from './linear.ts';

export const EARS_METHODS = ['C1', 'C2', 'C3'] as const;
export type EarsMethod = (typeof EARS_METHODS)[number];

export interface EarsOptions {
  readonly method: EarsMethod;
  /** Steps that the mean and the spread are taken from. */
  readonly baseline: number;
  /** Lowest spread that is believed. */
  readonly minSigma: number;
  /** One-sided chance of a false alarm if counts were normal. */
  readonly alpha: number;
}

/** The customary settings: three standard deviations for C1 and C2, two for C3. */
export function earsDefaults(method: EarsMethod): EarsOptions {
  return { method, baseline: 7, minSigma: 0, alpha: method === 'C3' ? 0.025 : 0.001 };
}

// C2 and C3 leave a gap of two steps, and C3 looks at three of C2's scores.
const GAP = 2;
const C3_SCORES = 3;

/**
 * Judges the count at `index`: the highest count that is no alarm, and whether it is passed.
 * @returns undefined with too little history, or for C3 where the counts before did not vary at all
 * @see Hutwagner et al., Journal of Urban Health 2003, 80(2 suppl 1):i89; R surveillance 1.20.3, earsC
 */
export function ears(
  counts: ArrayLike<number>,
  index: number,
  options: EarsOptions,
): { readonly upper: number; readonly alarm: boolean } | undefined {
  const { method, baseline, alpha } = options;
  const gap = method === 'C1' ? 0 : GAP;
  if (index < baseline + gap + (method === 'C3' ? C3_SCORES - 1 : 0)) return undefined;
  const { mean, sigma } = reference(counts, index, gap, options);
  const z = normalUpperQuantile(alpha);
  const count = at(counts, index);
  if (method !== 'C3') {
    const upper = mean + z * sigma;
    return { upper, alarm: count > upper };
  }
  let before = 0;
  for (let back = 1; back < C3_SCORES; back += 1) {
    const earlier = reference(counts, index - back, gap, options);
    before += excess((at(counts, index - back) - earlier.mean) / earlier.sigma);
  }
  const upper = Math.max(0, count + sigma * (z - before));
  // A flat baseline has no score: nothing can be said.
  return Number.isNaN(upper) ? undefined : { upper, alarm: count > upper };
}

function excess(score: number): number {
  return Number.isNaN(score) ? score : Math.max(0, score - 1);
}

function reference(
  counts: ArrayLike<number>,
  index: number,
  gap: number,
  { baseline, minSigma }: EarsOptions,
): { readonly mean: number; readonly sigma: number } {
  let sum = 0;
  for (let back = 1; back <= baseline; back += 1) sum += at(counts, index - gap - back);
  const mean = sum / baseline;
  let squares = 0;
  for (let back = 1; back <= baseline; back += 1) squares += (at(counts, index - gap - back) - mean) ** 2;
  return { mean, sigma: Math.max(minSigma, Math.sqrt(squares / (baseline - 1))) };
}
