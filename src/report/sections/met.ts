import { viewWarning } from '../../warning/disclosure.ts';
import {
  decoysIn,
  foreign,
  measureIn,
  minuteOf,
  numberIn,
  type ReportContext,
  type SectionOf,
  seenIn,
  sharesOf,
  wordIn,
} from '../context.ts';
import type { RawCell, RawTable } from '../disclosure.ts';
import type { Cell } from '../model.ts';
import type { AnyQueryId } from '../report-store.ts';
import { networksIn } from '../words.ts';

const NOTHING = 'No capture came in this period.';

export const families: SectionOf = (context) => {
  const rows = context.current.rows('families').filter((row) => context.tier === 'operator' || row.tlp === 'clear');
  const before = new Map(context.before.rows('families').map((row) => [wordIn(row, 'id'), row]));
  return {
    id: 'families',
    title: 'Top families and campaigns',
    text: [
      'Families are entries of the knowledge base that captures matched. Campaigns are those that warnings were raised of.',
    ],
    lists: [],
    figures: [],
    tables: [
      {
        id: 'families',
        title: 'Known families met',
        columns: [
          { key: 'name', title: 'Family', means: 'name' },
          { key: 'type', title: 'Type', means: 'word' },
          { key: 'captures', title: 'Captures', means: 'banded' },
          { key: 'before', title: 'Before', means: 'banded' },
          { key: 'variants', title: 'Variants known', means: 'number' },
          { key: 'networks', title: 'Networks', means: 'word' },
          { key: 'first', title: 'First seen', means: 'word' },
          { key: 'last', title: 'Last seen', means: 'word' },
        ],
        rows: rows.map((row): RawCell[] => [
          foreign(context, row.name),
          foreign(context, row.type),
          numberIn(row, 'captures'),
          seenIn(before.get(wordIn(row, 'id'))),
          numberIn(row, 'variants'),
          networksIn(wordIn(row, 'networks').split(', ')),
          minuteOf(row.first_seen).slice(0, 10),
          minuteOf(row.last_seen).slice(0, 10),
        ]),
        evidence: rows.map(decoysIn),
        none: 'No known family was met, as far as may be told here.',
        chart: { kind: 'bars', series: ['captures'] },
        query: 'families',
      },
      warningsTable(context, {
        id: 'largest',
        title: 'Largest campaigns warned of',
        query: 'largest',
        none: 'No warning was raised.',
      }),
    ],
  };
};

/** Warnings as the tier may see them, by the policy table of warnings. */
export function warningsTable(
  context: ReportContext,
  {
    id,
    title,
    query,
    none,
  }: { readonly id: string; readonly title: string; readonly query: AnyQueryId; readonly none: string },
): RawTable {
  const { tier, now, delayMs, scrub } = context;
  const seen = context.current.rows(query).flatMap((row) => {
    const record = context.warnings.get(wordIn(row, 'id'));
    const view = record === undefined ? undefined : viewWarning(record, tier, now, { delayMs, scrub });
    return view === undefined ? [] : [{ view, captures: numberIn(row, 'captures') }];
  });
  return {
    id,
    title,
    columns: [
      { key: 'id', title: 'Warning', means: 'word' },
      { key: 'title', title: 'Title', means: 'word' },
      { key: 'severity', title: 'Severity', means: 'word' },
      { key: 'growth', title: 'Growth', means: 'word' },
      { key: 'networks', title: 'Networks', means: 'word' },
      { key: 'captures', title: 'Captures', means: 'banded' },
    ],
    rows: seen.map(({ view, captures }): Cell[] => [
      view.id,
      foreign(context, view.title),
      view.severity,
      view.growth,
      networksIn(view.networks),
      captures,
    ]),
    none,
    query,
  };
}

export const techniques: SectionOf = (context) => {
  const rows = context.current.rows('techniques');
  return {
    id: 'techniques',
    title: 'Techniques and lures',
    text: [
      'Techniques are those of the families met (MITRE ATT&CK). The language is that of the captured words, where it is recognised.',
    ],
    lists: [],
    figures: [],
    tables: [
      {
        id: 'techniques',
        title: 'Techniques',
        columns: [
          { key: 'id', title: 'ATT&CK', means: 'word' },
          { key: 'technique', title: 'Technique', means: 'name' },
          { key: 'families', title: 'Families', means: 'banded' },
          { key: 'captures', title: 'Captures', means: 'banded' },
        ],
        rows: rows.map((row): Cell[] => [
          foreign(context, row.id).replaceAll('[.]', '.'),
          foreign(context, row.technique),
          numberIn(row, 'families'),
          numberIn(row, 'captures'),
        ]),
        evidence: rows.map(decoysIn),
        none: 'No known family was met, so no technique can be named.',
        query: 'techniques',
      },
      sharesOf(context, {
        id: 'languages',
        title: 'Languages of lures',
        query: 'touches.language',
        by: 'language',
        heading: 'Language',
        none: NOTHING,
      }),
    ],
  };
};

export const people: SectionOf = (context) => {
  const needs = (when: 'current' | 'before'): { readonly share: number | null; readonly base: number } => {
    const rows = context[when].rows('touches.harmful');
    const base = rows.reduce((sum, row) => sum + numberIn(row, 'captures'), 0);
    const flaws = rows
      .filter(({ vector }) => vector === 'flaw of a client')
      .reduce((sum, row) => sum + numberIn(row, 'captures'), 0);
    return { share: base === 0 ? null : (100 * (base - flaws)) / base, base };
  };
  const known = (when: 'current' | 'before'): number | null => {
    const row = context[when].first('warnings');
    const raised = numberIn(row, 'raised');
    return raised === 0 ? null : (100 * (measureIn(row, 'known_at_once') ?? 0)) / raised;
  };
  const [now, before] = [needs('current'), needs('before')];
  return {
    id: 'people',
    title: 'What needed a person, and what was known',
    text: [
      'What does not use a flaw of a client needs somebody who opens, answers or runs it.',
      'Whether malware ends protective software is not measured: Sundew runs nothing that it captures.',
    ],
    lists: [],
    figures: [
      {
        id: 'social',
        label: 'Harmful captures that need a person',
        means: 'share',
        value: now.share,
        before: before.share,
        base: Math.min(now.base, before.base || now.base),
        query: 'touches.harmful',
        reads: 'captures of all rows but “flaw of a client”, in percent of all rows',
      },
      {
        id: 'known',
        label: 'Warnings whose family was known at first sight',
        means: 'percent',
        value: known('current'),
        before: known('before'),
        query: 'warnings',
        reads: 'known_at_once in percent of raised',
      },
    ],
    tables: [
      sharesOf(context, {
        id: 'harmful',
        title: 'Harmful captures by how they come',
        query: 'touches.harmful',
        by: 'vector',
        heading: 'Way',
        none: 'Nothing harmful came.',
      }),
    ],
  };
};
