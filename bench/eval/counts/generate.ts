// Series of counts with injected outbreaks, after the simulation of Noufaily et al. 2013 (section 3.1): trend, season and
// over-dispersion, and outbreaks whose size is a multiple of the baseline's spread and whose shape is lognormal.
import type { Random } from '../../../src/core/clock.ts';
import { drawCount, drawNormal, drawPoisson } from '../../../src/warning/detect/testing/draw-counts.ts';

/** A series with what was injected into it, one number a step. */
export interface InjectedSeries {
  readonly counts: readonly number[];
  readonly injected: readonly number[];
  /** What the counts were drawn around, for the detector that knows everything. */
  readonly means: readonly number[];
  readonly dispersion: number;
}

export interface SeriesDesign {
  /** Steps in all, and how many of the last are evaluated. */
  readonly steps: number;
  readonly evaluated: number;
  readonly season: number;
  /** Logarithm of the level, and growth of it a step. */
  readonly level: number;
  readonly trend: number;
  /** Amplitudes of the harmonics, cosine and sine in turn. */
  readonly harmonics: readonly number[];
  /** Variance over mean. */
  readonly dispersion: number;
  /** Outbreaks among the evaluated steps, and in the history before. */
  readonly outbreaks: number;
  readonly pastOutbreaks: number;
  /** Outbreak sizes are Poisson with this many standard deviations of the baseline as their mean. */
  readonly sizes: readonly [low: number, high: number];
  /** Parameters of the lognormal that spreads cases over the steps after the start. */
  readonly shape: readonly [mean: number, deviation: number];
}

/** Draws the parameters of a series as widely as Noufaily's 42 scenarios do. */
export function drawDesign(random: Random): SeriesDesign {
  const uniform = (low: number, high: number): number => low + (high - low) * random();
  return {
    steps: 312,
    evaluated: 50,
    season: 52,
    level: uniform(-2, 5.2),
    trend: random() < 0.5 ? 0 : uniform(0.0005, 0.003),
    harmonics: Array.from({ length: 2 * Math.floor(3 * random()) }, () => uniform(-0.6, 0.6)),
    dispersion: random() < 0.2 ? 1 : uniform(1, 4),
    outbreaks: Math.floor(4 * random()),
    pastOutbreaks: Math.floor(4 * random()),
    sizes: [1, 10],
    shape: [0, 0.5],
  };
}

/** Plays a design. */
export function playDesign(random: Random, design: SeriesDesign): InjectedSeries {
  const { steps, evaluated, season, level, trend, harmonics, dispersion } = design;
  const means = Array.from({ length: steps }, (_value, step) => {
    let eta = level + trend * step;
    for (const [at, amplitude] of harmonics.entries()) {
      const angle = (2 * Math.PI * (Math.floor(at / 2) + 1) * step) / season;
      eta += amplitude * (at % 2 === 0 ? Math.cos(angle) : Math.sin(angle));
    }
    return Math.exp(eta);
  });
  const counts = means.map((mean) => drawCount(random, mean, dispersion));
  const injected = new Array<number>(steps).fill(0);
  const inject = (from: number, to: number): void => {
    const start = from + Math.floor((to - from) * random());
    const [low, high] = design.sizes;
    const deviation = Math.sqrt((means[start] ?? 0) * dispersion);
    const size = drawPoisson(random, (low + (high - low) * random()) * deviation);
    for (let one = 0; one < size; one += 1) {
      const step = start + Math.floor(Math.exp(design.shape[0] + design.shape[1] * drawNormal(random)));
      if (step < to) injected[step] = (injected[step] ?? 0) + 1;
    }
  };
  for (let past = 0; past < design.pastOutbreaks; past += 1) inject(0, steps - evaluated);
  for (let now = 0; now < design.outbreaks; now += 1) inject(steps - evaluated, steps);
  return { counts: counts.map((count, step) => count + (injected[step] ?? 0)), injected, means, dispersion };
}
