// Counts as a negative binomial with a mean and a variance, which is Poisson where the variance is no larger than the mean.
import { incompleteBeta, incompleteGamma, logGamma } from './gamma.ts';

/** Mean and variance of a count that is expected. */
export interface CountDistribution {
  readonly mean: number;
  readonly variance: number;
}

/** Variance over mean less 1; nearer to Poisson than this the size of the negative binomial is too large to compute with. */
export const POISSON_WITHIN = 1e-7;
// Above this mean the exact functions need too many terms, and a gamma distribution's normal form is as good.
const EXACT_BELOW = 1e7;
const MAX_COUNT = Number.MAX_SAFE_INTEGER;

/** P(count ≥ `count`). */
export function upperTail({ mean, variance }: CountDistribution, count: number): number {
  if (count <= 0) return 1;
  if (mean <= 0) return 0;
  const excess = variance / mean - 1;
  if (mean > EXACT_BELOW || count > EXACT_BELOW) return gammaTail({ mean, variance }, count - 0.5);
  if (excess <= POISSON_WITHIN) return incompleteGamma(count, mean).lower;
  return incompleteBeta(count, mean / excess, excess / (1 + excess), 1 / (1 + excess)).lower;
}

/** Natural logarithm of P(count = `count`). */
export function logProbability({ mean, variance }: CountDistribution, count: number): number {
  if (mean <= 0) return count === 0 ? 0 : Number.NEGATIVE_INFINITY;
  const excess = variance / mean - 1;
  if (excess <= POISSON_WITHIN) return count * Math.log(mean) - mean - logGamma(count + 1);
  const size = mean / excess;
  const binomial = logGamma(count + size) - logGamma(size) - logGamma(count + 1);
  return binomial - size * Math.log1p(excess) + count * Math.log(excess / (1 + excess));
}

/** Smallest count whose upper tail from the next one on is at most `tail`: the quantile at 1 − `tail`. */
export function upperQuantile(distribution: CountDistribution, tail: number): number {
  const spread = Math.sqrt(Math.max(distribution.variance, distribution.mean));
  let low = -1;
  let high = Math.max(1, Math.ceil(distribution.mean + 4 * spread));
  while (upperTail(distribution, high + 1) > tail && high < MAX_COUNT) {
    low = high;
    high *= 2;
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (upperTail(distribution, middle + 1) > tail) low = middle;
    else high = middle;
  }
  return Math.min(high, MAX_COUNT);
}

/**
 * Upper tail of the gamma distribution of this mean and variance, which wide distributions of counts are close to, by the
 * cube root that is nearly normal.
 * @see Wilson and Hilferty, PNAS 1931, 17(12):684
 */
export function gammaTail({ mean, variance }: CountDistribution, value: number): number {
  if (value <= 0) return 1;
  const share = Math.max(mean, variance) / (9 * mean * mean);
  return normalUpperTail((Math.cbrt(value / mean) - 1 + share) / Math.sqrt(share));
}

/** P(Z > `z`) for a standard normal Z. */
export function normalUpperTail(z: number): number {
  const { lower, upper } = incompleteGamma(0.5, (z * z) / 2);
  return z >= 0 ? upper / 2 : 0.5 + lower / 2;
}

/** The z with P(Z > z) = `tail`, by bisection: it is asked for once a detector. */
export function normalUpperQuantile(tail: number): number {
  let [low, high] = [-40, 40];
  for (let step = 0; step < 80; step += 1) {
    const middle = (low + high) / 2;
    if (normalUpperTail(middle) > tail) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
