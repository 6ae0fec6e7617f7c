// How far the intervals are stretched, so that 90 % of them hold: measured by bench/forecast-calibrate.ts on runs of our
// simulator that are neither in the library nor among those that the evaluation scores.
import { readFileSync } from 'node:fs';

/** Minutes ahead: 1, 2, 6 and 24 hours. */
export const HORIZONS_MIN = [60, 120, 360, 1_440] as const;

/** For each number of hits (`sizeGroup`), for each horizon: factor for hits, factor for infected. */
export type Factors = readonly (readonly (readonly [number, number])[])[];

/** Borders of the number of hits since the outbreak began. */
const SIZES = [25, 80] as const;

/** Rows of `Factors`: few hits, some, many. */
export const sizeGroup = (hits: number): number => SIZES.filter((size) => hits >= size).length;

/** Leaves intervals as they were drawn. */
export const PLAIN: Factors = [];

let shipped: Factors | undefined;

/** The factors that come with Sundew, loaded at first use. */
export function shippedFactors(): Factors {
  // Written by bench/forecast-calibrate.ts only.
  shipped ??= JSON.parse(readFileSync(new URL('../data/factors.json', import.meta.url), 'utf8')) as Factors;
  return shipped;
}
