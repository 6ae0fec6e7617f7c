// How surprising two counts in a row are, if an outbreak may have begun with either of them. The statistic is the likelihood
// ratio of an outbreak that began now or one step ago against none; its p-value is summed over both counts.
import { type CountDistribution, gammaTail, logProbability, POISSON_WITHIN, upperTail } from './count-distribution.ts';
import { countAt, type OutbreakRatio, outbreakRatio, ratioAt, ratioStep } from './outbreak-ratio.ts';

/** Size of the outbreak that is tested for, in standard deviations of the baseline. */
const OUTBREAK_SIZE = 4;
// Share of an outbreak's cases in each of its first two steps (lognormal with deviation 1/2: 0.50 and 0.42).
const STEP_SHARE = 0.46;
// An outbreak that began a step ago weighs as much as this many that begin now: it shows twice.
const EARLIER = 4;
// Spread from which on sums over every count become sums over blocks of counts.
const BLOCKS_FROM = 150;
const BLOCKS = 64;
const REACH = { below: 8, above: 14 };
// What is left out of a sum is smaller than this share of it.
const NEGLIGIBLE = 1e-9;
const MAX_EXPONENT = 600;
const TIE = 1e-9;

/** Two baselines, and what their counts say of an outbreak. */
export interface Evidence {
  readonly before: CountDistribution;
  readonly now: CountDistribution;
  readonly ratioBefore: OutbreakRatio;
  readonly ratioNow: OutbreakRatio;
}

/** The evidence that counts of these two distributions can bear. */
export function evidenceOf(before: CountDistribution, now: CountDistribution): Evidence {
  return { before, now, ratioBefore: ratioFor(before), ratioNow: ratioFor(now) };
}

function ratioFor(distribution: CountDistribution): OutbreakRatio {
  return outbreakRatio(distribution, OUTBREAK_SIZE * STEP_SHARE * Math.sqrt(distribution.variance));
}

/**
 * Chance of evidence as strong as that of these two counts where there is no outbreak; half of the chance of these very counts
 * is left out, so that it is as often below a level as the level says although counts are whole ("mid-p").
 */
export function pairTail(evidence: Evidence, before: number, now: number): number {
  const { before: first, now: second, ratioBefore, ratioNow } = evidence;
  const score = ratioAt(ratioNow, now) + weightOf(ratioAt(ratioBefore, before));
  if (Math.sqrt(Math.max(first.variance, second.variance)) > BLOCKS_FROM) return blockTail(evidence, score, now);
  const tie = Math.exp(logProbability(first, before) + logProbability(second, now));
  return clamp(exactTail(evidence, score) - tie / 2);
}

/** The same for one count alone: at the start of a series, and after an alarm, whose counts have had their say. */
export function singleTail(now: CountDistribution, count: number): number {
  return clamp(upperTail(now, count) - Math.exp(logProbability(now, count)) / 2);
}

/** What the ratio of the count before adds to that of the count now: ln(1 + EARLIER · ratio). */
function weightOf(ratio: number): number {
  return Math.log1p(EARLIER * Math.exp(Math.min(MAX_EXPONENT, ratio)));
}

/** Sum over the first count of its chance times the chance that the second is what it then takes: all by recurrence. */
function exactTail({ before: first, now: second, ratioBefore, ratioNow }: Evidence, score: number): number {
  let count = Math.max(0, Math.floor(first.mean - REACH.below * Math.sqrt(first.variance)));
  let ratio = ratioAt(ratioBefore, count);
  let chance = Math.exp(logProbability(first, count));
  let need = Math.ceil(countAt(ratioNow, score - weightOf(ratio), second.mean) + 1);
  let needRatio = ratioAt(ratioNow, need);
  let tail = upperTail(second, need);
  let needChance = Math.exp(logProbability(second, need));
  let sum = 0;
  for (;;) {
    for (const target = score - weightOf(ratio) - TIE; need > 0; need -= 1) {
      const lower = needRatio - ratioStep(ratioNow, need - 1);
      if (lower < target) break;
      needRatio = lower;
      needChance /= stepUp(second, need - 1);
      tail = Math.min(1, tail + needChance);
    }
    if (need === 0) return sum + upperTail(first, count);
    sum += chance * tail;
    // Both may be 0: counts that are beyond every tail.
    if (count > first.mean && chance * (count + 1) <= NEGLIGIBLE * sum) return sum;
    chance *= stepUp(first, count);
    ratio += ratioStep(ratioBefore, count);
    count += 1;
  }
}

/** Chance of `count` + 1 over that of `count`. */
function stepUp({ mean, variance }: CountDistribution, count: number): number {
  const excess = variance / mean - 1;
  if (excess <= POISSON_WITHIN) return mean / (count + 1);
  return ((count + mean / excess) / (count + 1)) * (excess / (1 + excess));
}

/** The same for wide distributions: continuous, in blocks of the first count. */
function blockTail(
  { before: first, now: second, ratioBefore, ratioNow }: Evidence,
  score: number,
  now: number,
): number {
  const spread = Math.sqrt(first.variance);
  const low = Math.max(0, first.mean - REACH.below * spread);
  const width = (first.mean + REACH.above * spread - low) / BLOCKS;
  let [above, sum, need] = [1, 0, now];
  for (let block = 1; block <= BLOCKS; block += 1) {
    const edge = low + block * width;
    const next = block === BLOCKS ? 0 : gammaTail(first, edge);
    need = countAt(ratioNow, score - weightOf(ratioAt(ratioBefore, edge - width / 2)), need);
    sum += (above - next) * gammaTail(second, need);
    above = next;
  }
  return clamp(sum);
}

function clamp(p: number): number {
  return Math.min(1, Math.max(Number.MIN_VALUE, p));
}
