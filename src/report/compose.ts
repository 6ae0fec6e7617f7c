// Makes a report: asks the queries for the period and those it is compared with, writes the sections, shows them to a tier.
import { defined } from '../core/defined.ts';
import type { Db } from '../storage/database.ts';
import { heedRetractions } from '../warning/heed-retractions.ts';
import type { WarningRecord } from '../warning/types.ts';
import type { RawSection, ReportContext, SectionOf } from './context.ts';
import { showFigure, showTable } from './disclosure.ts';
import type { Report, ReportPeriod, ReportQuery, ReportSection } from './model.ts';
import { periodBefore, yearBefore } from './period.ts';
import { type AnyQueryId, askAll, isQueryId, type QueryRange, sqlOf, titleOf } from './report-store.ts';
import { families, people, techniques } from './sections/met.ts';
import { decoys, method, outlook, reporters } from './sections/method.ts';
import { headline, shares } from './sections/spread.ts';
import { alerts, forecasts, lead, partners } from './sections/warning.ts';

export interface ReportOptions extends Pick<ReportContext, 'realm' | 'tier' | 'now' | 'delayMs' | 'decoys' | 'scrub'> {
  readonly period: ReportPeriod;
  readonly kind: Report['kind'];
}

const FULL: readonly SectionOf[] = [
  ...[headline, shares, families, techniques, people, lead, forecasts],
  ...[alerts, partners, decoys, reporters, outlook, method],
];
/** On one page: what was new, what of, what to do, what was said. */
const SHORT: readonly SectionOf[] = [headline, shares, families, outlook, alerts];

const CURRENT: readonly AnyQueryId[] = [
  ...(['days', 'touches', 'touched', 'campaigns', 'warnings', 'warning-classes', 'largest', 'families'] as const),
  ...(['techniques', 'lead', 'lead-spread', 'forecasts', 'warning-kinds', 'alerts', 'corrections'] as const),
  ...(['subscribers', 'sources', 'going', 'gaps', 'signals', 'silences', 'dead-letters'] as const),
];
const BEFORE: readonly AnyQueryId[] = [
  ...(['days', 'touches', 'touched', 'campaigns', 'warnings', 'families', 'lead', 'alerts'] as const),
  ...(['corrections', 'dead-letters'] as const),
];
const YEAR: readonly AnyQueryId[] = ['days', 'campaigns', 'warnings'];

const DAY_MS = 86_400_000;

/**
 * How far a period is told of: outsiders learn of live captures by whole days only, so that two looks at a running period do
 * not tell what came in between.
 */
export function untilOf({
  period,
  now,
  tier,
  realm,
}: Pick<ReportOptions, 'period' | 'now' | 'tier' | 'realm'>): string {
  const day = tier === 'operator' || realm === 'simulated' ? 1 : DAY_MS;
  const limit = Math.floor(now.getTime() / day) * day;
  return new Date(Math.max(Date.parse(period.from), Math.min(Date.parse(period.to), limit))).toISOString();
}

export async function makeReport(db: Db, options: ReportOptions): Promise<Report> {
  const { period, delayMs } = options;
  const until = untilOf(options);
  const [previous, lastYear] = [periodBefore(period), yearBefore(period)];
  const current: QueryRange = { from: period.from, to: until, delayMs };
  const [now, before, year] = await askAll(db, [
    { range: current, ids: CURRENT },
    { range: { ...previous, delayMs }, ids: BEFORE },
    { range: { ...lastYear, delayMs }, ids: YEAR },
  ]);
  if (now === undefined || before === undefined || year === undefined) throw new TypeError('one answer a range');
  const named = [...now.rows('largest'), ...now.rows('going')].map(({ record }) => record as WarningRecord);
  const heeded = await heedRetractions(db, named);
  const warnings = new Map(heeded.map((record) => [record.id, record]));
  const context: ReportContext = { ...options, until, current: now, before, yearBefore: year, warnings };
  const sections = (options.kind === 'report' ? FULL : SHORT).map((section, at) =>
    shown(section(context), at + 1, context),
  );
  return {
    v: 1,
    kind: options.kind,
    realm: options.realm,
    tier: options.tier,
    period,
    before: previous,
    yearBefore: lastYear,
    madeAt: options.now.toISOString(),
    until,
    running: until !== period.to,
    sections,
    queries: queriesOf(sections, current),
  };
}

function shown(section: RawSection, number: number, { tier }: ReportContext): ReportSection {
  return {
    number,
    ...section,
    figures: section.figures.flatMap((figure) => showFigure(tier, figure) ?? []),
    tables: section.tables.map((table) => defined(showTable(tier, table))).filter(({ columns }) => columns.length > 0),
  };
}

/** Every query that a figure or table of the report names, in the order of their first use. */
function queriesOf(sections: readonly ReportSection[], range: QueryRange): ReportQuery[] {
  const ids = new Set(sections.flatMap(({ figures, tables }) => [...figures, ...tables].map(({ query }) => query)));
  return [...ids].map((id) =>
    isQueryId(id)
      ? { id, title: titleOf(id), query: sqlOf(id, range) }
      : { id, title: 'Decoys configured, as of now', query: 'GET /api/v1/decoys' },
  );
}
