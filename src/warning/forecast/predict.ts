// From explanations of the hits so far to what comes: hits and infected accounts at the horizons, peak and final size,
// each with a 90 % interval.
import { seededRandom } from '../../core/seeded-random.ts';
import { type Factors, HORIZONS_MIN, shippedFactors, sizeGroup } from './calibration.ts';
import { binHits, type HitPoint } from './counts.ts';
import { type CurveLibrary, peakOf, sharesAt, shippedCurves } from './curves.ts';
import { type NoiseKnown, type Particle, posterior } from './posterior.ts';

/** A median with the 5th and 95th percentile. */
export interface Estimate {
  readonly expected: number;
  readonly low: number;
  readonly high: number;
}

export interface Outlook {
  /** Minutes ahead. */
  readonly aheadMin: number;
  /** On all decoys since the beginning. */
  readonly hits: Estimate;
  /** Share of the population; only worth reading when places are known. */
  readonly share: Estimate;
}

export interface Prediction {
  readonly outlooks: readonly Outlook[];
  /** Minutes, of the time at which most fall ill, and share of the population in the end. */
  readonly peakAt: Estimate;
  readonly finalShare: Estimate;
  /** Hits on all decoys when all is over, with the noise of the longest horizon. */
  readonly finalHits: Estimate;
  readonly nowShare: Estimate;
}

export interface PredictInput {
  /** Ascending; one point for hits at one time. */
  readonly hits: readonly HitPoint[];
  readonly now: number;
  /** When contagion was told. */
  readonly alarmAt: number;
  /** Hits that are no contagion, as far as is known from before. */
  readonly noise: NoiseKnown;
  /** Contact lists that all decoys together stand on. */
  readonly places?: number;
  /** The hits are those of one payload, as far as it was known again: up to `MOST_MISSED` of them may be missing. */
  readonly gathered?: boolean;
}

/** Clustering misses up to so many of a payload's hits (docs/benchmarks.md, "Campaigns"). */
const MOST_MISSED = 0.3;
/** Before the alarm, hits this old still count as the outbreak's. */
const LEAD_MIN = 360;
const LEAST_SHARE = 1e-7;

/** The forecast as it stands at `now`. @param factors how far intervals are widened; `PLAIN` leaves them as drawn */
export function predict(
  input: PredictInput,
  factors: Factors = shippedFactors(),
  library: CurveLibrary = shippedCurves(),
): Prediction {
  const { now, noise, gathered = false } = input;
  const places =
    input.places === undefined ? undefined : ([input.places * (gathered ? 1 - MOST_MISSED : 1), input.places] as const);
  const seen = input.hits.filter(({ at }) => at <= now);
  const [first] = seen;
  const from = Math.max(input.alarmAt - LEAD_MIN, first === undefined ? 0 : first.at - 60);
  const hits = binHits(seen, from, now);
  const total = seen.reduce((sum, { count }) => sum + count, 0);
  const particles = posterior(library, { hits, now, noise, places });
  const drawn = particles.map((particle) => sharesOf(library, particle, now));
  const random = seededRandom(2);
  const group = sizeGroup(hits.total);
  const outlooks = HORIZONS_MIN.map((aheadMin, at): Outlook => {
    const shares = drawn.map((row) => row[at + 1] ?? 0);
    const later = particles.map(({ places: all, noise: perMin }, chain) => {
      const mean = all * Math.max((shares[chain] ?? 0) - (drawn[chain]?.[0] ?? 0), 0) + perMin * aheadMin;
      return total + chanceCount(mean, random());
    });
    const [hitFactor = 1, shareFactor = 1] = factors[group]?.[at] ?? [];
    return {
      aheadMin,
      hits: widen(estimateOf(later), hitFactor, total),
      share: widen(estimateOf(shares), shareFactor, LEAST_SHARE, 1),
    };
  });
  return {
    outlooks,
    peakAt: estimateOf(particles.map(({ curve, scale, origin }) => origin + scale * peakOf(library, curve))),
    finalShare: widen(
      estimateOf(particles.map(({ curve }) => library.finals[curve] ?? 0)),
      factors[group]?.at(-1)?.[1] ?? 1,
      LEAST_SHARE,
      1,
    ),
    finalHits: finalHitsOf(library, particles, drawn, {
      total,
      factor: factors[group]?.[HORIZONS_MIN.length - 1]?.[0] ?? 1,
    }),
    nowShare: estimateOf(drawn.map(([share = 0]) => share)),
  };
}

/** What is still to come of each curve, on top of what came; as wide as at the longest horizon at least. */
function finalHitsOf(
  library: CurveLibrary,
  particles: readonly Particle[],
  drawn: readonly Float64Array[],
  { total, factor }: { readonly total: number; readonly factor: number },
): Estimate {
  const random = seededRandom(3);
  const finals = particles.map(({ curve, places, noise }, chain) => {
    const left = Math.max((library.finals[curve] ?? 0) - (drawn[chain]?.[0] ?? 0), 0);
    return total + chanceCount(places * left + noise * (HORIZONS_MIN.at(-1) ?? 0), random());
  });
  return widen(estimateOf(finals), factor, total);
}

/** Shares now and at the horizons. */
function sharesOf(library: CurveLibrary, { curve, scale, origin }: Particle, now: number): Float64Array {
  const times = [0, ...HORIZONS_MIN].map((ahead) => (now + ahead - origin) / scale);
  const shares = new Float64Array(times.length);
  sharesAt(library, curve, times, shares);
  return shares;
}

function estimateOf(values: readonly number[]): Estimate {
  const sorted = values.toSorted((a, b) => a - b);
  const quantile = (share: number): number => {
    const at = share * (sorted.length - 1);
    const below = sorted[Math.floor(at)] ?? 0;
    return below + ((sorted[Math.ceil(at)] ?? 0) - below) * (at - Math.floor(at));
  };
  return { expected: quantile(0.5), low: quantile(0.05), high: quantile(0.95) };
}

/** Least half width of an interval, as a logarithm: no posterior is surer than this. */
const LEAST_HALF = 0.02;

/** Stretches an interval about its middle on a logarithmic scale. */
export function widen(
  { expected, low, high }: Estimate,
  factor: number,
  least: number,
  most = Number.POSITIVE_INFINITY,
): Estimate {
  const middle = Math.max(expected, LEAST_SHARE);
  const down = Math.max(Math.log(middle / Math.max(low, LEAST_SHARE)), LEAST_HALF) * factor;
  const up = Math.max(Math.log(Math.max(high, middle) / middle), LEAST_HALF) * factor;
  return {
    expected,
    low: Math.min(Math.max(middle * Math.exp(-down), least), expected),
    high: Math.max(Math.min(middle * Math.exp(up), most), expected),
  };
}

/** A Poisson count of this mean at a quantile; by the normal curve, rounded. */
function chanceCount(mean: number, quantile: number): number {
  // Tukey's lambda, close enough to the normal quantile.
  const deviate = (quantile ** 0.1349 - (1 - quantile) ** 0.1349) / 0.1975;
  return Math.max(0, Math.round(mean + Math.sqrt(mean) * deviate));
}
