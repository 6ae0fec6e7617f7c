// Tables whose rows are those of a query, told column by column.
import { measureIn, numberIn, type ReportContext, wordIn } from './context.ts';
import type { RawTable } from './disclosure.ts';
import type { Cell, Column, Meaning } from './model.ts';
import type { AnyQueryId, Row } from './report-store.ts';

/** Key, heading, what it means, and what of a row it shows; the row's value under the key unless told. */
type TableColumn = readonly [key: string, title: string, means: Meaning, cell?: (row: Row) => Cell];

interface TableOptions extends Pick<RawTable, 'title' | 'none' | 'chart'> {
  /** The query's and the table's. */
  readonly id: AnyQueryId;
  readonly columns: readonly TableColumn[];
}

export function tableOf(context: ReportContext, { id, columns, ...table }: TableOptions): RawTable {
  return {
    ...table,
    id,
    columns: columns.map(([key, title, means]): Column => ({ key, title, means })),
    rows: context.current
      .rows(id)
      .map((row) => columns.map(([key, , means, cell]) => (cell === undefined ? cellOf(row, key, means) : cell(row)))),
    query: id,
  };
}

function cellOf(row: Row, key: string, means: Meaning): Cell {
  if (means === 'word') return wordIn(row, key);
  return means === 'count' || means === 'banded' ? numberIn(row, key) : measureIn(row, key);
}

/** A column of words of ours for what stands under the key. */
export const worded =
  (key: string, words: Readonly<Record<string, string>>) =>
  (row: Row): Cell =>
    words[wordIn(row, key)] ?? wordIn(row, key);
