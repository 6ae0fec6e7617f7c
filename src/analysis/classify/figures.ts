// How right held-out answers are, as the usual figures.
import type { HeldOut } from './trainer.ts';
import type { TrainingRow } from './training-row.ts';

/** Counts of a yes-or-no question. */
export interface Figures {
  readonly rows: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Share of harmless rows that were called bad. */
  readonly falseAlarms: number;
}

export function isBad({ label }: Pick<TrainingRow, 'label'>): boolean {
  return label !== 'ham' && label !== 'recon';
}

/** Figures of `isYes` against the labels; openers are left out, they are asked about by another question. */
export function figuresOf(held: readonly HeldOut[], isYes: (row: HeldOut) => boolean): Figures {
  return countsOf(held.filter(({ row }) => row.label !== 'opener').map((one) => [isBad(one.row), isYes(one)]));
}

export function countsOf(pairs: readonly (readonly [bad: boolean, said: boolean])[]): Figures {
  let [hits, misses, alarms, quiet] = [0, 0, 0, 0];
  for (const [bad, said] of pairs) {
    if (bad) said ? hits++ : misses++;
    else said ? alarms++ : quiet++;
  }
  const precision = hits / Math.max(1, hits + alarms);
  const recall = hits / Math.max(1, hits + misses);
  return {
    rows: pairs.length,
    precision,
    recall,
    f1: (2 * hits) / Math.max(1, 2 * hits + misses + alarms),
    falseAlarms: alarms / Math.max(1, alarms + quiet),
  };
}
