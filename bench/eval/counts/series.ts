// The 60 series of the evaluation, and what was injected into them.
import { dataLines } from '../data.ts';

/** First week that is evaluated; those before are history. */
export const FIRST_WEEK = 262;
export const WEEKS_A_YEAR = 52;

export interface OutbreakSeries {
  readonly counts: readonly number[];
  readonly injected: readonly number[];
}

export function outbreakSeries(): readonly OutbreakSeries[] {
  const series: { counts: number[]; injected: number[] }[] = [];
  for (const [name, , count, injected] of dataLines('outbreak-counts.tsv.gz')) {
    const at = Number(name);
    series[at] ??= { counts: [], injected: [] };
    series[at]?.counts.push(Number(count));
    series[at]?.injected.push(Number(injected));
  }
  return series;
}
