// Farrington flexible: a count against what the same season of earlier years led to expect.
import { type CountDistribution, upperQuantile, upperTail } from './count-distribution.ts';
import { at } from './linear.ts';
import { type Design, fitQuasiPoisson, predict, type QuasiPoissonFit } from './quasi-poisson.ts';

/** Settings of `farringtonFlexible`, named as in its paper and in R's `surveillance`. */
export interface FarringtonOptions {
  /** Steps of a season, such as 52 weeks. */
  readonly season: number;
  /** Seasons looked back on. */
  readonly b: number;
  /** Half-width of the window around the same step of an earlier season. */
  readonly w: number;
  /** Levels of the factor for the season. */
  readonly levels: number;
  /** Latest steps left out, so that an outbreak does not hide itself. */
  readonly pastNotIncluded: number;
  /** Residual above which a count weighs less. */
  readonly reweightAbove: number;
  /** Chance of a false alarm that is aimed at. */
  readonly alpha: number;
}

/** Settings of Noufaily et al. 2013 with four years of history. */
export const NOUFAILY: FarringtonOptions = {
  season: 52,
  b: 4,
  w: 3,
  levels: 10,
  pastNotIncluded: 26,
  reweightAbove: 2.58,
  alpha: 0.01,
};

/** What is thought of one count. */
export interface Judgement {
  readonly expected: number;
  /** Highest count that is no alarm. */
  readonly upper: number;
  readonly p: number;
  readonly alarm: boolean;
}

// Fewer counts than this over the latest steps are never an alarm (R: limit54).
const ENOUGH = { counts: 5, steps: 4 };

/**
 * Judges the count at `index` by those before it.
 * @returns undefined with too little history, too few cases, or where the regression does not converge
 * @see Noufaily et al., Statistics in Medicine 2013, 32(7):1206; R surveillance 1.20.3, farringtonFlexible, nbPlugin
 */
export function farringtonFlexible(
  counts: ArrayLike<number>,
  index: number,
  options: FarringtonOptions = NOUFAILY,
): Judgement | undefined {
  if (index < options.b * options.season + options.w) return undefined;
  let recent = 0;
  for (let back = 0; back < ENOUGH.steps; back += 1) recent += at(counts, index - back);
  if (recent < ENOUGH.counts) return undefined;
  const distribution = expectation(counts, index, options);
  if (distribution === undefined) return undefined;
  const count = at(counts, index);
  const upper = upperQuantile(distribution, options.alpha);
  return { expected: distribution.mean, upper, p: upperTail(distribution, count), alarm: count > upper };
}

/** The trend is kept unless it leads above every count that was seen. */
function expectation(
  counts: ArrayLike<number>,
  index: number,
  options: FarringtonOptions,
): CountDistribution | undefined {
  const trended = regression(counts, index, options, true);
  const withTrend = trended === undefined ? undefined : reweighted(trended, options);
  if (withTrend !== undefined && trended !== undefined) {
    const highest = trended.counts.reduce((most, count) => Math.max(most, count), 0);
    if (withTrend.mean <= highest) return withTrend;
  }
  return reweighted(regression(counts, index, options, false), options);
}

function reweighted(design: Design, options: FarringtonOptions): CountDistribution | undefined {
  const first = fitQuasiPoisson(design);
  if (first === undefined) return undefined;
  const second = fitQuasiPoisson(design, weightsOf(design, first, options.reweightAbove));
  if (second === undefined) return undefined;
  const row = new Float64Array(design.columns);
  row[0] = 1;
  row[design.columns - 1] = 1;
  const mean = Math.exp(predict(second.coefficients, row));
  return { mean, variance: mean * Math.max(1, second.dispersion) };
}

/** Anscombe's residuals, and less weight for the large ones. */
function weightsOf({ counts }: Design, fit: QuasiPoissonFit, above: number): Float64Array {
  const dispersion = Math.max(1, fit.dispersion);
  const weights = counts.map((count, row) => {
    const mean = at(fit.fitted, row);
    const raw = 1.5 * (Math.cbrt(count) ** 2 * mean ** (-1 / 6) - Math.sqrt(mean));
    const residual = raw / Math.sqrt(dispersion * (1 - at(fit.leverages, row)));
    return residual > above ? residual ** -2 : 1;
  });
  const scale = counts.length / weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight * scale);
}

/**
 * One row a count: 1, time back from now in seasons where there is a trend, and one column a level of the season. The last
 * level is the season of now, so that a row of it at time 0 is now.
 */
function regression(counts: ArrayLike<number>, index: number, options: FarringtonOptions, trend: boolean): Design {
  const first = index - options.b * options.season - options.w;
  const length = Math.max(0, index - options.pastNotIncluded - first);
  const columns = options.levels + (trend ? 1 : 0);
  const rows = new Float64Array(length * columns);
  for (let row = 0; row < length; row += 1) {
    rows[row * columns] = 1;
    if (trend) rows[row * columns + 1] = (first + row - index) / options.season;
    const level = levelOf(first + row - index, options);
    if (level > 1) rows[row * columns + columns - options.levels + level - 1] = 1;
  }
  return { counts: Float64Array.from({ length }, (_value, row) => at(counts, first + row)), rows, columns };
}

/** Levels 1 to `levels` − 1 fill the steps between two windows evenly, the first ones a step longer; the last is the window. */
function levelOf(offset: number, { season, w, levels }: FarringtonOptions): number {
  const after = (((offset + w) % season) + season) % season;
  if (after <= 2 * w || levels === 1) return levels;
  const between = season - 2 * w - 1;
  const length = Math.floor(between / (levels - 1));
  const longer = between % (levels - 1);
  const place = after - 2 * w - 1;
  const inLonger = longer * (length + 1);
  return place < inLonger ? Math.floor(place / (length + 1)) + 1 : longer + Math.floor((place - inLonger) / length) + 1;
}
