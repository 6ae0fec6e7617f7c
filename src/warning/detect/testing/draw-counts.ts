// Counts drawn by chance, for tests and evaluations.
import type { Random } from '../../../core/clock.ts';

/** Negative binomial as a Poisson of a gamma; Poisson where the dispersion is 1. */
export function drawCount(random: Random, mean: number, dispersion: number): number {
  if (dispersion <= 1) return drawPoisson(random, mean);
  return drawPoisson(random, (dispersion - 1) * drawGamma(random, mean / (dispersion - 1)));
}

/** @see Ahrens and Dieter, Computing 1974, 12(3):223, for large means */
export function drawPoisson(random: Random, mean: number): number {
  // Halves of a Poisson are Poisson: this keeps exp() away from zero.
  if (mean > 200) {
    const half = Math.floor(mean / 2);
    const gamma = drawGamma(random, half);
    if (gamma <= mean) return half + drawPoisson(random, mean - gamma);
    return binomial(random, half - 1, mean / gamma);
  }
  let [count, product] = [0, 1 - random()];
  for (const limit = Math.exp(-mean); product > limit; count += 1) product *= 1 - random();
  return count;
}

function binomial(random: Random, trials: number, chance: number): number {
  let count = 0;
  for (let trial = 0; trial < trials; trial += 1) if (random() < chance) count += 1;
  return count;
}

/** @see Marsaglia and Tsang, ACM TOMS 2000, 26(3):363 */
function drawGamma(random: Random, shape: number): number {
  if (shape < 1) return drawGamma(random, shape + 1) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const x = drawNormal(random);
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - random()) < (x * x) / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** Box and Muller. */
export function drawNormal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
