// Log likelihood ratio of a count that holds cases of an outbreak against one that does not. Both are negative binomial with
// the same variance over mean, so that the ratio grows with the count but less and less: two high counts say more than a
// single very high one, which over-dispersed series have now and then by themselves.
import { type CountDistribution, POISSON_WITHIN } from './count-distribution.ts';
import { logGamma, STIRLING_FROM } from './gamma.ts';

// Above this mean the gamma functions cancel each other to nothing.
const LINEAR_FROM = 1e7;

/** The ratio for one baseline: linear (`excess` 0: Poisson, or as good as) or by gamma functions. */
export interface OutbreakRatio {
  readonly linear: boolean;
  readonly slope: number;
  readonly drop: number;
  /** Size of the negative binomial, and what the outbreak adds to it. */
  readonly size: number;
  readonly added: number;
}

/** The ratio for an outbreak that adds `cases` to a count. */
export function outbreakRatio({ mean, variance }: CountDistribution, cases: number): OutbreakRatio {
  const excess = variance / mean - 1;
  if (excess <= POISSON_WITHIN || mean > LINEAR_FROM) {
    const dispersion = Math.max(1, variance / mean);
    return { linear: true, slope: Math.log1p(cases / mean) / dispersion, drop: cases / dispersion, size: 0, added: 0 };
  }
  const [size, added] = [mean / excess, cases / excess];
  return { linear: false, slope: 0, drop: logGammaStep(size, added) + added * Math.log1p(excess), size, added };
}

/** The ratio at a count, whole or not. */
export function ratioAt({ linear, slope, drop, size, added }: OutbreakRatio, count: number): number {
  return (linear ? slope * count : logGammaStep(count + size, added)) - drop;
}

/** What the ratio gains from `count` to `count` + 1. */
export function ratioStep({ linear, slope, size, added }: OutbreakRatio, count: number): number {
  return linear ? slope : Math.log1p(added / (count + size));
}

/** The count at which the ratio is `value`, by Newton's steps from `guess`. @returns 0 where it is that high already */
export function countAt(ratio: OutbreakRatio, value: number, guess: number): number {
  if (ratio.linear) return Math.max(0, (value + ratio.drop) / ratio.slope);
  let count = guess;
  for (let step = 0; step < 30; step += 1) {
    const move = (value - ratioAt(ratio, count)) / ratioStep(ratio, Math.max(0, count - 0.5));
    const next = Math.max(0, count + move);
    if (Math.abs(next - count) < 1e-3 * (1 + 1e-3 * count)) return next;
    count = next;
  }
  return count;
}

/** ln Γ(z + d) − ln Γ(z), without losing digits where z is large. */
function logGammaStep(z: number, d: number): number {
  if (z < STIRLING_FROM) return logGamma(z + d) - logGamma(z);
  return d * Math.log(z + d) + (z - 0.5) * Math.log1p(d / z) - d + (1 / (z + d) - 1 / z) / 12;
}
