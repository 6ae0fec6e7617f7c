// How many contact lists decoys must stand on to warn before so many accounts are infected: tried out on simulated worms.
import { seededRandom } from '../random.ts';
import type { SimulatedHit } from './evidence.ts';
import { checkParameters, type RunParameters } from './parameters.ts';
import { playWorm, watchWorm } from './simulate.ts';
import type { Spread } from './spread.ts';

export interface PlanOptions {
  /** The worm and the population; decoys and lists are what is looked for. */
  readonly parameters: RunParameters;
  /** The warning is to come before so many are infected. */
  readonly before: number;
  /** Share of outbreaks that are to be warned of in time. */
  readonly sure: number;
  readonly worms: number;
  readonly seed: number;
  /** When decoys that see these hits warn, in minutes; `undefined` for never. */
  warnedAt(hits: readonly SimulatedHit[]): number | undefined;
}

export interface Plan {
  /** Decoys × contact lists that each stands on. */
  readonly places: number;
  /** Outbreaks tried, and the share of them warned of in time, with its 90 % interval. */
  readonly outbreaks: number;
  readonly inTime: { readonly share: number; readonly low: number; readonly high: number };
  /** Infected when warned: median, 5th and 95th percentile; infinite where no warning came. */
  readonly infected: { readonly median: number; readonly low: number; readonly high: number };
}

/** The course of a worm's beginning does not hang on the size of a population that is large against `before`. */
const LEAST_POPULATION = 20_000;
const MOST_POPULATION = 200_000;
const SEARCH_STEPS = 8;
const TRIES_A_WORM = 40;

/** @returns undefined when not even decoys on every third list would do @throws SundewError USAGE */
export function planDecoys(options: PlanOptions): Plan | undefined {
  const { parameters, before, sure } = options;
  const population = Math.min(parameters.population, MOST_POPULATION, Math.max(LEAST_POPULATION, 8 * before));
  const small = checkParameters({ ...parameters, kind: 'worm', population, startMin: 720 });
  const worms = outbreaks(options, small);
  if (worms.length === 0) return undefined;
  const tried = new Map<number, readonly number[]>();
  const infectedWith = (places: number): readonly number[] => {
    const known = tried.get(places);
    if (known !== undefined) return known;
    const counts = worms.map((worm, number) =>
      infectedWhenWarned(worm, { ...small, decoys: 1, lists: places }, number, options),
    );
    tried.set(places, counts);
    return counts;
  };
  const enough = (places: number): boolean =>
    infectedWith(places).filter((count) => count < before).length >= sure * worms.length;
  let [low, high] = [Math.max(1, Math.floor(population / before)), Math.floor(population / 3)];
  if (low >= high || !enough(high)) return undefined;
  for (let step = 0; step < SEARCH_STEPS && high > low * 1.05; step += 1) {
    const middle = Math.round(Math.sqrt(low * high));
    if (enough(middle)) high = middle;
    else low = middle;
  }
  return planOf(infectedWith(high), Math.ceil((high * parameters.population) / population), before);
}

/** Worms that do reach `before`; what dies out by itself needs no warning. */
function outbreaks({ before, worms, seed }: PlanOptions, parameters: RunParameters): readonly Spread[] {
  const found: Spread[] = [];
  for (let number = 0; found.length < worms && number < worms * TRIES_A_WORM; number += 1) {
    const spread = playWorm(parameters, seededRandom(seed + number));
    if (spread.times.length >= before) found.push(spread);
  }
  return found;
}

function infectedWhenWarned(worm: Spread, parameters: RunParameters, number: number, options: PlanOptions): number {
  const hits = watchWorm(worm, parameters, seededRandom(options.seed + 7_919 * (number + 1)));
  const at = options.warnedAt(hits);
  return at === undefined
    ? Number.POSITIVE_INFINITY
    : worm.times.filter((time) => time + parameters.startMin <= at).length;
}

function planOf(counts: readonly number[], places: number, before: number): Plan {
  const sorted = counts.toSorted((a, b) => a - b);
  const quantile = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  const inTime = sorted.filter((count) => count < before).length / sorted.length;
  return {
    places,
    outbreaks: sorted.length,
    inTime: { share: inTime, ...wilson(inTime, sorted.length) },
    infected: { median: quantile(0.5), low: quantile(0.05), high: quantile(0.95) },
  };
}

/** Wilson's 90 % interval of a share. */
function wilson(share: number, count: number): { readonly low: number; readonly high: number } {
  const z = 1.645;
  const middle = (share + z ** 2 / (2 * count)) / (1 + z ** 2 / count);
  const half = (z * Math.sqrt((share * (1 - share)) / count + z ** 2 / (4 * count ** 2))) / (1 + z ** 2 / count);
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
