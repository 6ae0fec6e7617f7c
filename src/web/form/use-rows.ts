// What can be done to a list of rows in a form, with keys, faults, focus and what is said of it kept right.
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useFaultMoves, useField } from './faults-context.tsx';
import { fitted, type RowsChange, rowsAfter } from './rows.ts';

/** What the fields of a row are handed. */
export interface Row<T> {
  readonly value: T;
  /** Path of the row in what is sent. */
  readonly path: string;
  /** From 1. */
  readonly number: number;
  set(value: T): void;
  /** Puts rows in its place, and goes on in the last of them. */
  replace(values: readonly T[]): void;
}

export interface RowsOf<T> {
  /** Path of the list in what is sent. */
  readonly path: string;
  /** What a row is called, as `step`. */
  readonly word: string;
  readonly rows: readonly T[];
  readonly onRows: (rows: readonly T[]) => void;
  /** A new row, and `undefined` when there can be no more. */
  readonly blank: () => T | undefined;
}

interface RowsDesk<T> {
  /** The box in which the fields are looked for that get the focus. */
  readonly box: RefObject<HTMLFieldSetElement | null>;
  /** Of each row, the same wherever it goes. */
  readonly keys: readonly number[];
  /** What was done last. */
  readonly told: string;
  add(): void;
  remove(at: number): void;
  swap(at: number, by: -1 | 1): void;
  rowAt(at: number, value: T): Row<T>;
}

const ADD = '[data-add]';
const firstFieldOf = (row: number): string => `[data-row="${row}"] :is(input, textarea, select)`;

/** The rows of a list in work. */
export function useRows<T>({ path, word, rows, onRows, blank }: RowsOf<T>): RowsDesk<T> {
  const { mend } = useField(path);
  const moveFaults = useFaultMoves();
  const [held, setHeld] = useState<readonly number[]>([]);
  const [told, setTold] = useState('');
  const { box, focusOn } = useNextFocus();
  const keys = fitted(held, rows.length);
  const change = (how: RowsChange<T>, next: string, said: string) => {
    const fresh = Math.max(-1, ...keys) + 1;
    const after = rowsAfter(rows, how);
    mend();
    setHeld(rowsAfter(keys, { ...how, put: how.put.map((_, at) => fresh + at) }).rows);
    moveFaults(path, after.to);
    focusOn(next);
    setTold(said);
    onRows(after.rows);
  };
  return {
    ...{ box, keys, told },
    add: () => {
      const made = blank();
      const at = rows.length;
      if (made !== undefined) change({ at, take: 0, put: [made] }, firstFieldOf(at), `${word} ${at + 1} added`);
    },
    remove: (at) => {
      const left = rows.length - 1;
      const next = left === 0 ? ADD : firstFieldOf(Math.min(at, left - 1));
      change({ at, take: 1, put: [] }, next, `${word} ${at + 1} removed, ${left} left`);
    },
    swap: (at, by) => {
      const to = at + by;
      if (to < 0 || to >= rows.length) return;
      mend();
      setHeld(exchanged(keys, at, to));
      moveFaults(path, (row) => (row === at ? to : row === to ? at : row));
      focusOn(`[data-row="${to}"] [data-by="${by}"]`);
      setTold(`${word} ${at + 1} is now ${word} ${to + 1}`);
      onRows(exchanged(rows, at, to));
    },
    rowAt: (at, value) => ({
      value,
      path: `${path}.${at}`,
      number: at + 1,
      set: (next) => onRows(rows.with(at, next)),
      replace: (put) => {
        const last = at + put.length;
        change({ at, take: 1, put }, firstFieldOf(last - 1), `${word} ${last} added`);
      },
    }),
  };
}

/** Gives the focus to a part of the box once it is drawn anew. */
function useNextFocus(): {
  readonly box: RefObject<HTMLFieldSetElement | null>;
  readonly focusOn: (part: string) => void;
} {
  const box = useRef<HTMLFieldSetElement>(null);
  const wanted = useRef<string>(undefined);
  useEffect(() => {
    if (wanted.current !== undefined) box.current?.querySelector<HTMLElement>(wanted.current)?.focus();
    wanted.current = undefined;
  });
  return {
    box,
    focusOn: (part) => {
      wanted.current = part;
    },
  };
}

function exchanged<T>(of: readonly T[], at: number, to: number): readonly T[] {
  return of.map((one, row) => (row === at ? (of[to] ?? one) : row === to ? (of[at] ?? one) : one));
}
