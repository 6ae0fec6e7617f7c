// A forecast as the panel shows it: exact counts for analysts, multiples of what had come for everybody else.
import type { Warning } from '../api/types.ts';
import { count } from '../components/format.ts';

export interface Interval {
  readonly expected: number;
  readonly low: number;
  readonly high: number;
}

export interface ForecastRow extends Interval {
  readonly at: string;
  readonly aheadMin: number;
  readonly infected?: Interval | undefined;
  readonly came?: number | undefined;
  readonly held?: boolean | undefined;
}

export interface ShownForecast {
  readonly unit: 'captures' | 'times';
  readonly madeAt: string;
  /** What had come when it was made, in the unit. */
  readonly now: number;
  readonly peakAt: string;
  readonly peak?: { readonly from: string; readonly to: string };
  readonly final?: Interval | undefined;
  readonly infected?: { readonly population: number; readonly now: Interval; readonly final: Interval } | undefined;
  readonly rows: readonly ForecastRow[];
}

/** @returns undefined where nothing is forecast, or not for this reader */
export function shownForecast({ forecast, outlook }: Pick<Warning, 'forecast' | 'outlook'>): ShownForecast | undefined {
  if (forecast !== undefined) {
    const { madeAt, hits, peakAt, peakFrom, peakTo, final, infected, outlooks } = forecast;
    const peak = peakFrom === undefined || peakTo === undefined ? {} : { peak: { from: peakFrom, to: peakTo } };
    return { unit: 'captures', madeAt, now: hits, peakAt, ...peak, final, infected, rows: outlooks };
  }
  if (outlook === undefined) return undefined;
  const { madeAt, peakAt, final, outlooks } = outlook;
  return { unit: 'times', madeAt, now: 1, peakAt, final, rows: outlooks };
}

/** One number in the unit. */
export const amountOf = (unit: ShownForecast['unit'], value: number): string =>
  unit === 'captures' ? count(Math.round(value)) : `× ${value}`;

/** `120 (95 to 160)` */
export function intervalOf(unit: ShownForecast['unit'], { expected, low, high }: Interval): string {
  return `${amountOf(unit, expected)} (${amountOf(unit, low)} to ${amountOf(unit, high)})`;
}
