// What becomes of a list of rows.

/** At `at`, `take` rows go and others come. */
export interface RowsChange<T> {
  readonly at: number;
  readonly take: number;
  readonly put: readonly T[];
}

/** The rows after it, and where the row of a number is now. */
export function rowsAfter<T>(
  rows: readonly T[],
  { at, take, put }: RowsChange<T>,
): { readonly rows: readonly T[]; to(row: number): number | undefined } {
  return {
    rows: rows.toSpliced(at, take, ...put),
    to: (row) => {
      if (row < at) return row;
      if (row < at + take) return row - at < put.length ? row : undefined;
      return row + put.length - take;
    },
  };
}

/** As many keys as there are rows: rows that came by another way get new ones. */
export function fitted(keys: readonly number[], length: number): readonly number[] {
  if (keys.length === length) return keys;
  const next = Math.max(-1, ...keys) + 1;
  return Array.from({ length }, (_, at) => keys[at] ?? next + at);
}

/** What was pasted, as rows: the lines that hold something. */
export function pastedLines(text: string): readonly string[] {
  return text
    .split(/\r\n|[\n\r]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
