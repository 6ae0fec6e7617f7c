// What the server found wrong, by place, kept right while rows are added, taken away and moved.

import type { FieldFailure } from '../api/client.ts';

export type Fault = FieldFailure;

/** Without what is said of one place. */
export function mended(faults: readonly Fault[], path: string): readonly Fault[] {
  return faults.some(({ at }) => at === path) ? faults.filter(({ at }) => at !== path) : faults;
}

/**
 * What is said of rows follows them.
 * @param list path of the list
 * @param to where the row of a number is now; `undefined` when it is gone
 */
export function moved(
  faults: readonly Fault[],
  list: string,
  to: (row: number) => number | undefined,
): readonly Fault[] {
  return faults.flatMap((fault) => {
    if (!fault.at.startsWith(`${list}.`)) return [fault];
    const [row = '', ...rest] = fault.at.slice(list.length + 1).split('.');
    const now = /^\d+$/.test(row) ? to(Number(row)) : Number.NaN;
    if (now === undefined) return [];
    return [Number.isNaN(now) ? fault : { ...fault, at: [list, now, ...rest].join('.') }];
  });
}
