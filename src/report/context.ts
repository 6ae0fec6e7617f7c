// What sections are made of: the answers for the period, the one before and the one a year before, and who reads.
import { inertLine } from '../alerts/inert.ts';
import type { Network, Realm } from '../core/network.ts';
import type { Scrub } from '../knowledge/scrub.ts';
import type { Tier } from '../warning/disclosure.ts';
import type { WarningRecord } from '../warning/types.ts';
import type { RawFigure, RawTable, Seen } from './disclosure.ts';
import type { ReportPeriod, ReportSection } from './model.ts';
import type { Answers, AnyQueryId, Row } from './report-store.ts';

/** A configured decoy, as of when the report is made. */
export interface KnownDecoy {
  readonly network: Network;
  /** An account, or the domain of a component's. */
  readonly address: string;
}

export interface ReportContext {
  readonly realm: Realm;
  readonly tier: Tier;
  readonly now: Date;
  readonly period: ReportPeriod;
  /** RFC 3339: the end of the period, or how far it has come. */
  readonly until: string;
  readonly delayMs: number;
  readonly decoys: readonly KnownDecoy[];
  readonly scrub: Scrub;
  readonly current: Answers;
  readonly before: Answers;
  readonly yearBefore: Answers;
  /** The warnings that sections name, as they stand after retractions, by id. */
  readonly warnings: ReadonlyMap<string, WarningRecord>;
}

/** A section before it is shown to a tier. */
export interface RawSection extends Omit<ReportSection, 'number' | 'figures' | 'tables'> {
  readonly figures: RawFigure[];
  readonly tables: RawTable[];
}

export type SectionOf = (context: ReportContext) => RawSection;

const MAX_TEXT = 160;

export function numberIn(row: Row | undefined, column: string): number {
  const value = Number(row?.[column] ?? 0);
  return Number.isFinite(value) ? value : 0;
}

/** A number that may be unknown: a median of nothing. */
export function measureIn(row: Row | undefined, column: string): number | null {
  const value = row?.[column];
  return value === null || value === undefined ? null : Number(value);
}

export function wordIn(row: Row | undefined, column: string): string {
  return String(row?.[column] ?? '');
}

/** Something that came from outside, as it may stand in a report: one line, links dead, decoys cut. */
export function foreign(context: ReportContext, text: unknown): string {
  return inertLine(context.scrub(String(text ?? '')), MAX_TEXT);
}

/** A time as reports write it, to the minute, UTC. */
export function minuteOf(time: unknown): string {
  const at = time instanceof Date ? time : new Date(String(time));
  return Number.isNaN(at.getTime()) ? '' : at.toISOString().slice(0, 16).replace('T', ' ');
}

/** A row's count with the decoys behind it; one that is not there is a count of nothing. */
export function seenIn(row: Row | undefined, column = 'captures'): Seen {
  return { count: numberIn(row, column), decoys: decoysIn(row) };
}

/** How many decoys, at least, stand behind a row with a spread. */
export function decoysIn(row: Row | undefined): number {
  let [left, decoys] = [numberIn(row, 'spread'), 0];
  for (; left !== 0; left &= left - 1) decoys += 1;
  return decoys;
}

type FigureOptions = Pick<RawFigure, 'id' | 'label' | 'means'> & {
  readonly query: AnyQueryId;
  readonly column: string;
  /** The same of what three decoys or more saw, for everybody else. */
  readonly outsiders?: string;
  readonly year?: boolean;
};

/** A number of a query's first row, beside the period before. */
export function figureOf(
  context: ReportContext,
  { year, column: exact, outsiders, ...figure }: FigureOptions,
): RawFigure {
  const column = context.tier === 'operator' ? exact : (outsiders ?? exact);
  const of = (answers: Answers): number => numberIn(answers.first(figure.query), column);
  return {
    ...figure,
    reads: column,
    value: of(context.current),
    before: of(context.before),
    ...(year === true ? { yearBefore: of(context.yearBefore) } : {}),
  };
}

interface SharesOptions {
  readonly id: string;
  readonly title: string;
  readonly query: AnyQueryId;
  readonly by: string;
  readonly heading: string;
  readonly words?: Readonly<Record<string, string>>;
  readonly none: string;
}

/** Captures by something: count, share, and the count of the period before. */
export function sharesOf(context: ReportContext, options: SharesOptions): RawTable {
  const { query, by, words } = options;
  const rows = context.current.rows(query);
  const before = new Map(context.before.rows(query).map((row) => [wordIn(row, by), row]));
  const total = rows.reduce((sum, row) => sum + numberIn(row, 'captures'), 0);
  return {
    id: options.id,
    title: options.title,
    columns: [
      { key: by, title: options.heading, means: 'word' },
      { key: 'captures', title: 'Captures', means: 'banded' },
      { key: 'share', title: 'Share', means: 'share' },
      { key: 'before', title: 'Before', means: 'banded' },
    ],
    rows: rows.map((row) => {
      const key = wordIn(row, by);
      return [words?.[key] ?? key, seenIn(row), (100 * numberIn(row, 'captures')) / total, seenIn(before.get(key))];
    }),
    evidence: rows.map(decoysIn),
    base: total,
    none: options.none,
    chart: { kind: 'bars', series: ['captures'] },
    query,
  };
}
