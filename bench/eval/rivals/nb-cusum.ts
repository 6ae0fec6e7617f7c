// A cumulative sum of log likelihood ratios of a doubled rate against the baseline, counts negative binomial: what catches
// outbreaks that each step shows a little of. On our baseline; alarm levels from simulated run lengths.
import type { Random } from '../../../src/core/clock.ts';
import {
  advance,
  type BaselineShape,
  expectAt,
  layoutOf,
  learn,
  makeWorkspace,
  startBaseline,
} from '../../../src/warning/detect/baseline.ts';
import { type CountDistribution, POISSON_WITHIN } from '../../../src/warning/detect/count-distribution.ts';
import { drawCount } from '../../../src/warning/detect/testing/draw-counts.ts';

/** How many times the expected rate is looked for. */
export const CUSUM_RATE = 2;
const SIMULATED_STEPS = 20_000;
const HALVINGS = 20;
const MAX_LEVEL = 100;

/**
 * The sum after a count. Both rates have the same size parameter.
 * @see Höhle and Paul, Computational Statistics and Data Analysis 2008, 52(9):4357; R surveillance 1.20.3, algo.glrnb with theta
 */
export function cusumStep(before: number, { mean, variance }: CountDistribution, count: number): number {
  const excess = variance / mean - 1;
  if (excess <= POISSON_WITHIN) return Math.max(0, before + count * Math.log(CUSUM_RATE) + (1 - CUSUM_RATE) * mean);
  const size = mean / excess;
  const ratio = Math.log1p(excess) - Math.log1p(CUSUM_RATE * excess);
  return Math.max(0, before + count * Math.log(CUSUM_RATE) + (count + size) * ratio);
}

/** Which steps are alarms; the sum begins anew after each. */
export function cusumAlarms(
  expected: readonly CountDistribution[],
  counts: readonly number[],
  level: number,
): readonly boolean[] {
  let sum = 0;
  return counts.map((count, step) => {
    const distribution = expected[step];
    if (distribution !== undefined) sum = cusumStep(sum, distribution, count);
    if (sum < level) return false;
    sum = 0;
    return true;
  });
}

/** What our baseline expects of each count of a series before it sees it. */
export function expectations(shape: BaselineShape, counts: readonly number[]): readonly CountDistribution[] {
  const layout = layoutOf(shape);
  const [state, space] = [new Float64Array(layout.length), makeWorkspace(layout)];
  startBaseline(layout, state, 0);
  return counts.map((count, step) => {
    if (step > 0) advance(layout, state, 0);
    const expected = expectAt(layout, state, 0, step, space);
    learn(layout, state, 0, expected, count, space);
    return expected;
  });
}

/** The level at which counts of this distribution alone give one alarm in `runLength` steps. */
export function alarmLevel(random: Random, distribution: CountDistribution, runLength: number): number {
  const { mean, variance } = distribution;
  const counts = Array.from({ length: SIMULATED_STEPS }, () => drawCount(random, mean, variance / mean));
  const expected = counts.map(() => distribution);
  let [low, high] = [0, MAX_LEVEL];
  for (let halving = 0; halving < HALVINGS; halving += 1) {
    const middle = (low + high) / 2;
    const alarms = cusumAlarms(expected, counts, middle).filter(Boolean).length;
    if (alarms * runLength > SIMULATED_STEPS) low = middle;
    else high = middle;
  }
  return high;
}
