// What a tier sees of a report, by what each value means. Like the table of warnings, it is data, and tested as a table.
import { band } from '../warning/band.ts';
import { DISCLOSURE, type Tier } from '../warning/disclosure.ts';
import type { Cell, Column, Figure, Meaning, ReportTable } from './model.ts';

export const SHOWS = ['exact', 'band', 'rounded', 'nothing'] as const;
export type Show = (typeof SHOWS)[number];

/** How a tier sees a value of each meaning. */
export const REPORT_DISCLOSURE: Readonly<Record<Meaning, Readonly<Record<Tier, Show>>>> = {
  word: { operator: 'exact', subscriber: 'exact', public: 'exact' },
  name: { operator: 'exact', subscriber: 'exact', public: 'exact' }, // in rows of enough decoys: `minEvidence`
  banded: { operator: 'exact', subscriber: 'band', public: 'band' },
  count: { operator: 'exact', subscriber: 'exact', public: 'exact' },
  share: { operator: 'exact', subscriber: 'rounded', public: 'rounded' },
  percent: { operator: 'exact', subscriber: 'rounded', public: 'rounded' },
  minutes: { operator: 'exact', subscriber: 'rounded', public: 'rounded' },
  number: { operator: 'exact', subscriber: 'exact', public: 'exact' },
  secret: { operator: 'exact', subscriber: 'nothing', public: 'nothing' },
};

/** Shares and changes of fewer captures would tell the counts that the bands hide. */
export const MIN_BASE = 100;

/** Decoys that what a row names must have touched. */
export function minEvidence(tier: Tier): number {
  return tier === 'operator' ? 0 : DISCLOSURE[tier].content.minDecoys;
}

/** Said of counts in which fewer decoys had a part, nothing at all among them. */
export const FEW = 'few';

/** A count with the number of decoys, at least, that had a part in it. */
export interface Seen {
  readonly count: number;
  readonly decoys: number;
}
export type RawCell = Cell | Seen;

/** @param base of a share: what it is a part of */
export function showValue(tier: Tier, means: Meaning, given: RawCell, base = Number.POSITIVE_INFINITY): Cell {
  if (given === null) return null;
  if (typeof given === 'object' && given.decoys < minEvidence(tier)) return FEW;
  const value = typeof given === 'object' ? given.count : given;
  const show = REPORT_DISCLOSURE[means][tier];
  if (show === 'nothing') return null;
  if (typeof value === 'string') return value;
  if (show === 'band') return band(value);
  if (show === 'exact')
    return means === 'count' || means === 'banded'
      ? value
      : Math.round(value * 10 ** (means === 'number' ? 2 : 1)) / 10 ** (means === 'number' ? 2 : 1);
  return means === 'share' && base < MIN_BASE ? null : Math.round(value);
}

/** A figure before it is shown: a share has the count that it is a part of. */
export interface RawFigure extends Omit<Figure, 'change' | 'value' | 'before' | 'yearBefore'> {
  readonly value: RawCell;
  readonly before?: RawCell;
  readonly yearBefore?: RawCell;
  readonly base?: number;
}

/** @returns undefined when the tier sees nothing of it */
export function showFigure(tier: Tier, { base, value, before, yearBefore, ...figure }: RawFigure): Figure | undefined {
  const { means } = figure;
  if (REPORT_DISCLOSURE[means][tier] === 'nothing') return undefined;
  const shown = (cell: RawCell): Cell => showValue(tier, means, cell, base);
  return {
    ...figure,
    value: shown(value),
    ...(before === undefined ? {} : { before: shown(before), change: changeOf(tier, means, value, before) }),
    ...(yearBefore === undefined ? {} : { yearBefore: shown(yearBefore) }),
  };
}

/** In percent of what was before; of nothing before, nothing is said. */
function changeOf(tier: Tier, means: Meaning, given: RawCell, then: RawCell): number | null {
  const [value, before] = [given, then].map((cell) => (typeof cell === 'object' && cell !== null ? cell.count : cell));
  if (typeof value !== 'number' || typeof before !== 'number' || before === 0) return null;
  if (means !== 'banded' && means !== 'count') return null;
  const hidden = REPORT_DISCLOSURE[means][tier] !== 'exact';
  if (hidden && Math.min(value, before) < MIN_BASE) return null;
  return Math.round((100 * (value - before)) / before);
}

/** A table before it is shown. */
export interface RawTable extends Omit<ReportTable, 'columns' | 'rows'> {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly RawCell[])[];
  /** Decoys behind each row, for tables that name something met. */
  readonly evidence?: readonly number[];
  /** What shares are a part of. */
  readonly base?: number;
}

export function showTable(tier: Tier, { evidence, base, ...table }: RawTable): ReportTable {
  const kept = table.columns.map(({ means }) => REPORT_DISCLOSURE[means][tier] !== 'nothing');
  const rows = table.rows
    .filter((_, at) => evidence === undefined || (evidence[at] ?? 0) >= minEvidence(tier))
    .map((row) =>
      row
        .map((cell, at) => showValue(tier, table.columns[at]?.means ?? 'secret', cell, base))
        .filter((_, at) => kept[at]),
    );
  return { ...table, columns: table.columns.filter((_, at) => kept[at]), rows };
}
