// What a series of counts is expected to be next: a level with a trend and seasons, learnt one count at a time, in a few
// hundred bytes. A dynamic generalised linear model with logarithmic link, negative binomial counts and robust weights.
import type { CountDistribution } from './count-distribution.ts';
import { at } from './linear.ts';

/** Form of a baseline, the same for all series of a detector. */
export interface BaselineShape {
  /** Periods in steps, one pair of a cosine and a sine each. */
  readonly periods: readonly number[];
  /** Steps that a trend is told over. */
  readonly season: number;
}

// Prior standard deviations, in logarithms: level, trend over a season, first and later harmonics.
const PRIOR = { level: 5, trend: 0.2, harmonic: 0.4 };
// Standard deviation of the level's wandering over a season: what lets a baseline follow a change that stays.
const WANDER = 0.02;
// Dispersion that a new series is thought to have, and how many steps that belief is worth.
const DISPERSION_PRIOR = { value: 1.5, steps: 8 };
// Dispersion is told over this many steps at most, so that it can change.
const DISPERSION_STEPS = 400;
const MAX_DISPERSION = 1e6;
// Residual above which a count weighs less (Noufaily et al. 2013), so that outbreaks do not become the baseline.
const REWEIGHT_ABOVE = 2.58;
// Bounds of the level's logarithm: a count of 0 for ever, and the largest count there is.
const ETA = { low: -12, high: 36 };
const MAX_VARIANCE = 50;

/** Places in the state: coefficients, lower half of their covariance, then two sums for the dispersion. */
export interface BaselineLayout extends BaselineShape {
  readonly terms: number;
  readonly covariance: number;
  readonly dispersionSum: number;
  readonly dispersionSteps: number;
  readonly length: number;
}

export function layoutOf(shape: BaselineShape): BaselineLayout {
  const terms = 2 + 2 * shape.periods.length;
  const covariance = terms;
  const dispersionSum = covariance + (terms * (terms + 1)) / 2;
  return { ...shape, terms, covariance, dispersionSum, dispersionSteps: dispersionSum + 1, length: dispersionSum + 2 };
}

/** Writes the prior into `state` from `start` on. */
export function startBaseline(layout: BaselineLayout, state: Float64Array, start: number): void {
  state.fill(0, start, start + layout.length);
  for (let term = 0; term < layout.terms; term += 1) {
    const deviation = term === 0 ? PRIOR.level : term === 1 ? PRIOR.trend : PRIOR.harmonic;
    state[start + layout.covariance + diagonal(term)] = deviation ** 2;
  }
  state[start + layout.dispersionSum] = DISPERSION_PRIOR.value * DISPERSION_PRIOR.steps;
  state[start + layout.dispersionSteps] = DISPERSION_PRIOR.steps;
}

/** What is expected at one step. */
export interface Expectation extends CountDistribution {
  /** Logarithm of the mean, and how unsure that is. */
  readonly eta: number;
  readonly uncertainty: number;
  readonly dispersion: number;
}

/** A working space for one detector: row of the regression and covariance times row. */
export interface Workspace {
  readonly row: Float64Array;
  readonly gain: Float64Array;
}

export function makeWorkspace({ terms }: BaselineLayout): Workspace {
  return { row: new Float64Array(terms), gain: new Float64Array(terms) };
}

/** Moves a state one step on: the level by its trend, and a little more unsure. */
export function advance({ season, terms, covariance }: BaselineLayout, state: Float64Array, start: number): void {
  const rate = 1 / season;
  state[start] = clampEta(at(state, start) + rate * at(state, start + 1));
  const c = start + covariance;
  const [level, cross, trend] = [at(state, c), at(state, c + 1), at(state, c + 2)];
  state[c] = Math.min(MAX_VARIANCE, level + rate * (2 * cross + rate * trend) + (WANDER * WANDER) / season);
  state[c + 1] = cross + rate * trend;
  for (let term = 2; term < terms; term += 1) {
    const place = c + diagonal(term) - term;
    state[place] = at(state, place) + rate * at(state, place + 1);
  }
}

/** What is expected of the count at `step`, counted from any fixed point in time. Fills the workspace for `learn`. */
export function expectAt(
  layout: BaselineLayout,
  state: Float64Array,
  start: number,
  step: number,
  { row, gain }: Workspace,
): Expectation {
  const { terms, periods, covariance } = layout;
  row[0] = 1;
  for (let pair = 0; pair < periods.length; pair += 1) {
    const angle = (2 * Math.PI * step) / at(periods, pair);
    row[2 + 2 * pair] = Math.cos(angle);
    row[3 + 2 * pair] = Math.sin(angle);
  }
  let eta = 0;
  for (let term = 0; term < terms; term += 1) eta += at(row, term) * at(state, start + term);
  let uncertainty = 0;
  for (let i = 0; i < terms; i += 1) {
    let sum = 0;
    for (let j = 0; j < terms; j += 1) sum += at(row, j) * at(state, start + covariance + place(i, j));
    gain[i] = sum;
    uncertainty += at(row, i) * sum;
  }
  eta = clampEta(eta);
  uncertainty = Math.min(MAX_VARIANCE, Math.max(1e-12, uncertainty));
  const dispersion = dispersionOf(layout, state, start);
  const mean = Math.exp(eta);
  return { eta, uncertainty, dispersion, mean, variance: mean * dispersion + mean * mean * uncertainty };
}

/**
 * Learns from a count: the mean is thought gamma distributed, which a count updates exactly, and the change of its logarithm
 * is passed back to the coefficients.
 * @see West, Harrison and Migon, Journal of the American Statistical Association 1985, 80(389):73
 */
export function learn(
  layout: BaselineLayout,
  state: Float64Array,
  start: number,
  expected: Expectation,
  count: number,
  { gain }: Workspace,
): void {
  const { terms, covariance } = layout;
  const { mean, variance, uncertainty, dispersion, eta } = expected;
  const residual = (1.5 * (Math.cbrt(count) ** 2 * mean ** (-1 / 6) - Math.sqrt(mean))) / Math.sqrt(variance / mean);
  const weight = residual > REWEIGHT_ABOVE ? (REWEIGHT_ABOVE / residual) ** 2 : 1;
  learnDispersion(layout, state, start, expected, count, weight);
  const shape = 1 / uncertainty + (weight * count) / dispersion;
  const rate = 1 / (uncertainty * mean) + weight / dispersion;
  const after = shape / rate;
  const certain = 1 / (1 + (uncertainty * weight * after) / dispersion);
  const move = (Math.log(after) - eta) / uncertainty;
  const shrink = (1 - certain) / uncertainty;
  for (let i = 0; i < terms; i += 1) {
    state[start + i] = at(state, start + i) + at(gain, i) * move;
    for (let j = 0; j <= i; j += 1) {
      const cell = start + covariance + place(i, j);
      state[cell] = at(state, cell) - at(gain, i) * at(gain, j) * shrink;
    }
  }
}

/** Pearson's dispersion, in which counts that say little about it weigh little. */
function learnDispersion(
  { dispersionSum, dispersionSteps }: BaselineLayout,
  state: Float64Array,
  start: number,
  { mean, uncertainty, dispersion }: Expectation,
  count: number,
  weight: number,
): void {
  const blur = (mean * uncertainty) / dispersion;
  const worth = 1 / ((1 + 0.5 / mean) * (1 + blur) ** 2);
  const pearson = Math.min(MAX_DISPERSION, (weight * (count - mean) ** 2) / mean / (1 + blur));
  const [sum, steps] = [at(state, start + dispersionSum), at(state, start + dispersionSteps)];
  const keep = steps + worth > DISPERSION_STEPS ? DISPERSION_STEPS / (steps + worth) : 1;
  state[start + dispersionSum] = (sum + worth * pearson) * keep;
  state[start + dispersionSteps] = (steps + worth) * keep;
}

function dispersionOf({ dispersionSum, dispersionSteps }: BaselineLayout, state: Float64Array, start: number): number {
  return Math.max(1, at(state, start + dispersionSum) / at(state, start + dispersionSteps));
}

function clampEta(eta: number): number {
  return Math.min(ETA.high, Math.max(ETA.low, eta));
}

function diagonal(term: number): number {
  return (term * (term + 1)) / 2 + term;
}

/** Place of a cell of a symmetric matrix of which the lower half is kept, row by row. */
function place(i: number, j: number): number {
  return i >= j ? (i * (i + 1)) / 2 + j : (j * (j + 1)) / 2 + i;
}
