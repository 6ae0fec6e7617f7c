// The form of a report: sections of figures and tables, each with the query that gives it. Also the HTTP contract's.
import { z } from 'zod';
import { REALMS } from '../core/network.ts';
import { TIERS } from '../warning/disclosure.ts';

/** What a value stands for, and so how a tier sees it (`disclosure.ts`). */
export const MEANINGS = [
  'word', // of our own
  'name', // of something met: a family, a warning
  'banded', // captures, senders, decoys, subscribers
  'count', // of what Sundew made: warnings, alerts, forecasts
  'share', // percent of banded counts
  'percent', // of counts
  'minutes',
  'number',
  'secret', // addresses of decoys
] as const;
export const Meaning = z.enum(MEANINGS);

/** A count in a band is text: `10-29`. Null: not known, or not for this reader. */
const cell = z.union([z.string(), z.number(), z.null()]);

export const Figure = z.object({
  id: z.string(),
  label: z.string(),
  means: Meaning,
  value: cell,
  /** The same of the period before, and of the same period a year before. */
  before: cell.optional(),
  yearBefore: cell.optional(),
  /** Against the period before, in percent; null where that says nothing. */
  change: z.number().nullable().optional(),
  /** Id of the query, and what of its rows the figure is, in words. */
  query: z.string(),
  reads: z.string(),
});

export const Column = z.object({ key: z.string(), title: z.string(), means: Meaning });
/** Columns stand one a day or step, bars lie one a row; the table beside them says the same. */
export const Chart = z.object({ kind: z.enum(['columns', 'bars']), series: z.array(z.string()).min(1).max(2) });

export const ReportTable = z.object({
  id: z.string(),
  title: z.string(),
  columns: z.array(Column),
  rows: z.array(z.array(cell)),
  /** What is said when there are no rows. */
  none: z.string(),
  chart: Chart.optional(),
  query: z.string(),
});

export const ReportSection = z.object({
  number: z.number().int(),
  id: z.string(),
  title: z.string(),
  text: z.array(z.string()),
  /** Recommendations, things missing: a heading and sentences. */
  lists: z.array(z.object({ title: z.string(), items: z.array(z.string()) })),
  figures: z.array(Figure),
  tables: z.array(ReportTable),
});

export const ReportPeriod = z.object({
  /** `2026-Q3`, `2026-10`, `2026-10-01..2026-10-14`. */
  id: z.string(),
  kind: z.enum(['quarter', 'month', 'days']),
  label: z.string(),
  from: z.iso.datetime(),
  /** The first moment after it. */
  to: z.iso.datetime(),
});

/** A statement of SQL with its literals, or an address of the API. */
export const ReportQuery = z.object({ id: z.string(), title: z.string(), query: z.string() });

export const Report = z.object({
  v: z.literal(1),
  kind: z.enum(['report', 'bulletin']),
  realm: z.enum(REALMS),
  tier: z.enum(TIERS),
  period: ReportPeriod,
  before: ReportPeriod,
  yearBefore: ReportPeriod,
  /** RFC 3339; captures up to `until` count. */
  madeAt: z.iso.datetime(),
  until: z.iso.datetime(),
  running: z.boolean(),
  sections: z.array(ReportSection),
  queries: z.array(ReportQuery),
});

export type Meaning = z.infer<typeof Meaning>;
export type Cell = z.infer<typeof cell>;
export type Figure = z.infer<typeof Figure>;
export type Column = z.infer<typeof Column>;
export type ReportTable = z.infer<typeof ReportTable>;
export type ReportSection = z.infer<typeof ReportSection>;
export type ReportPeriod = z.infer<typeof ReportPeriod>;
export type ReportQuery = z.infer<typeof ReportQuery>;
export type Report = z.infer<typeof Report>;
