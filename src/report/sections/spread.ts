// Sections 1 and 2: how much came, of what and how.
import { NETWORK_NAMES } from '../../core/network.ts';
import {
  decoysIn,
  figureOf,
  numberIn,
  type ReportContext,
  type SectionOf,
  seenIn,
  sharesOf,
  wordIn,
} from '../context.ts';
import type { RawFigure, RawTable, Seen } from '../disclosure.ts';
import { periodBefore } from '../period.ts';
import { CLASS_WORDS } from '../words.ts';

const DAY_MS = 86_400_000;
const NOTHING = 'No capture came in this period.';

export const headline: SectionOf = (context) => ({
  id: 'headline',
  title: 'What was new',
  text: [
    'A capture is one thing that one peer did to one decoy. A campaign is captures that belong together. A warning is raised when a campaign touches enough independent decoys, or does harm beyond doubt.',
  ],
  lists: [],
  figures: [
    { ...capturesOf(context), yearBefore: total(context, 'yearBefore') },
    figureOf(context, {
      id: 'campaigns',
      label: 'New campaigns',
      means: 'banded',
      query: 'campaigns',
      column: 'campaigns',
      outsiders: 'spread_campaigns',
      year: true,
    }),
    figureOf(context, {
      id: 'warnings',
      label: 'Warnings raised',
      means: 'count',
      query: 'warnings',
      column: 'raised',
      year: true,
    }),
    figureOf(context, {
      id: 'severe',
      label: 'of them high or critical',
      means: 'count',
      query: 'warnings',
      column: 'severe',
      year: true,
    }),
    figureOf(context, {
      id: 'priority',
      label: 'of them priority',
      means: 'count',
      query: 'warnings',
      column: 'priority',
      year: true,
    }),
    figureOf(context, {
      id: 'contagious',
      label: 'of them spread by themselves',
      means: 'count',
      query: 'warnings',
      column: 'contagious',
      year: true,
    }),
  ],
  tables: [daysOf(context)],
});

function total(context: ReportContext, when: 'current' | 'before' | 'yearBefore'): Seen {
  const rows = context[when].rows('days');
  const count = rows.reduce((sum, row) => sum + numberIn(row, 'captures'), 0);
  return { count, decoys: decoysIn({ spread: rows.reduce((all, row) => all | numberIn(row, 'spread'), 0) }) };
}

/** The sum of the days; the query gives them one by one. */
function capturesOf(context: ReportContext): RawFigure {
  return {
    id: 'captures',
    label: 'Captures',
    means: 'banded',
    value: total(context, 'current'),
    before: total(context, 'before'),
    query: 'days',
    reads: 'sum of captures',
  };
}

/** Every day of the period, also those on which nothing came; the same day of the period before beside it. */
function daysOf(context: ReportContext): RawTable {
  const counted = (when: 'current' | 'before'): ReadonlyMap<string, Seen> =>
    new Map(context[when].rows('days').map((row) => [wordIn(row, 'day'), seenIn(row)]));
  const [current, before] = [counted('current'), counted('before')];
  const from = Date.parse(context.period.from);
  const length = Math.ceil((Date.parse(context.until) - from) / DAY_MS);
  const beforeFrom = Date.parse(periodBefore(context.period).from);
  const dayAt = (start: number, nth: number): string => new Date(start + nth * DAY_MS).toISOString().slice(0, 10);
  return {
    id: 'days',
    title: 'Captures a day',
    columns: [
      { key: 'day', title: 'Day', means: 'word' },
      { key: 'captures', title: 'Captures', means: 'banded' },
      { key: 'before', title: 'Same day of the period before', means: 'banded' },
    ],
    rows: Array.from({ length: Math.max(0, length) }, (_, nth) => {
      const day = dayAt(from, nth);
      return [
        day,
        current.get(day) ?? seenIn(undefined),
        beforeFrom + nth * DAY_MS < from ? (before.get(dayAt(beforeFrom, nth)) ?? seenIn(undefined)) : null,
      ];
    }),
    none: 'The period has only just begun.',
    chart: { kind: 'columns', series: ['captures', 'before'] },
    query: 'days',
  };
}

export const shares: SectionOf = (context) => ({
  id: 'shares',
  title: 'By network, kind and way',
  text: [
    'Shares are parts of all captures of the period. A campaign that matches a family of the knowledge base is a variant of it, any other is new.',
  ],
  lists: [],
  figures: [
    figureOf(context, {
      id: 'unknown',
      label: 'Campaigns of no known family',
      means: 'banded',
      query: 'campaigns',
      column: 'unknown',
      outsiders: 'spread_unknown',
    }),
    figureOf(context, {
      id: 'variants',
      label: 'Variants of known families',
      means: 'banded',
      query: 'campaigns',
      column: 'variants',
      outsiders: 'spread_variants',
    }),
    figureOf(context, {
      id: 'several',
      label: 'Warnings of several networks',
      means: 'count',
      query: 'warnings',
      column: 'several_networks',
    }),
  ],
  tables: [
    sharesOf(context, {
      id: 'networks',
      title: 'By network',
      query: 'touches.network',
      by: 'network',
      heading: 'Network',
      words: NETWORK_NAMES,
      none: NOTHING,
    }),
    sharesOf(context, {
      id: 'classes',
      title: 'By kind',
      query: 'touches.class',
      by: 'class',
      heading: 'Kind',
      words: CLASS_WORDS,
      none: NOTHING,
    }),
    sharesOf(context, {
      id: 'vectors',
      title: 'By how it comes',
      query: 'touches.vector',
      by: 'vector',
      heading: 'Way',
      none: NOTHING,
    }),
  ],
});
