// Sections 10 to 13: the decoys, who reported, the outlook, and what the figures can and cannot say.
import { NETWORK_NAMES } from '../../core/network.ts';
import {
  decoysIn,
  figureOf,
  foreign,
  minuteOf,
  numberIn,
  type ReportContext,
  type SectionOf,
  seenIn,
  wordIn,
} from '../context.ts';
import { minEvidence, type RawCell, type RawFigure, type Seen } from '../disclosure.ts';
import type { Cell } from '../model.ts';
import { recommend } from '../recommendations.ts';
import type { Row } from '../report-store.ts';
import { networksIn } from '../words.ts';
import { warningsTable } from './met.ts';

const DAY_MS = 86_400_000;
const MAX_SILENT = 200;
const MAX_TOUCHED = 20;
const MAX_GAPS = 40;

export const decoys: SectionOf = (context) => {
  const before = new Map(context.before.rows('touched.network').map((row) => [wordIn(row, 'network'), row]));
  const touched = context.current.rows('touched.network');
  const silent = silentDecoys(context);
  return {
    id: 'decoys',
    title: 'Decoys and rules of engagement',
    text: [
      'Decoys are configured ones as of now: how long each was signed on in the period is not recorded.',
      'What decoys sent is not counted here: every frame stands with its act, level and rule in the ledger (sundew engagement ledger).',
    ],
    lists: [],
    figures: [
      configured(context),
      touchedFigure(context),
      { ...configured(context), id: 'silent', label: 'Configured and not touched', value: silent.length },
    ],
    tables: [
      {
        id: 'touched-networks',
        title: 'Decoys touched, by network',
        columns: [
          { key: 'network', title: 'Network', means: 'word' },
          { key: 'decoys', title: 'Decoys', means: 'banded' },
          { key: 'captures', title: 'Captures', means: 'banded' },
          { key: 'before', title: 'Decoys before', means: 'banded' },
        ],
        rows: touched.map((row): RawCell[] => [
          networksIn([wordIn(row, 'network')]),
          numberIn(row, 'decoys'),
          numberIn(row, 'captures'),
          itself(numberIn(before.get(wordIn(row, 'network')), 'decoys')),
        ]),
        evidence: touched.map((row) => numberIn(row, 'decoys')),
        none: 'No decoy was touched.',
        chart: { kind: 'bars', series: ['decoys'] },
        query: 'touched.network',
      },
      {
        id: 'touched-most',
        title: 'Touched most',
        columns: [
          { key: 'decoy', title: 'Decoy', means: 'secret' },
          { key: 'network', title: 'Network', means: 'secret' },
          { key: 'captures', title: 'Captures', means: 'secret' },
          { key: 'last', title: 'Last', means: 'secret' },
        ],
        rows: context.current
          .rows('touched')
          .slice(0, MAX_TOUCHED)
          .map((row): Cell[] => [
            named(context, wordIn(row, 'decoy')),
            networksIn([wordIn(row, 'network')]),
            numberIn(row, 'captures'),
            minuteOf(row.last_seen),
          ]),
        none: 'No decoy was touched.',
        query: 'touched',
      },
      {
        id: 'silent',
        title: 'Silent decoys',
        columns: [
          { key: 'decoy', title: 'Decoy', means: 'secret' },
          { key: 'network', title: 'Network', means: 'secret' },
        ],
        rows: silent
          .slice(0, MAX_SILENT)
          .map(({ address, network }): Cell[] => [named(context, address), NETWORK_NAMES[network]]),
        none: 'Every configured decoy was touched.',
        query: 'decoys',
      },
    ],
  };
};

/** A count of decoys is its own evidence. */
const itself = (count: number): Seen => ({ count, decoys: count });

/** A decoy's address, for operators alone: the scrub that cuts such addresses elsewhere is not run over it. */
function named(context: ReportContext, address: string): string {
  return foreign({ ...context, scrub: (text) => text }, address);
}

function configured(context: ReportContext): RawFigure {
  return {
    id: 'configured',
    label: 'Decoys configured',
    means: 'secret',
    value: context.decoys.length,
    query: 'decoys',
    reads: 'how many of this realm',
  };
}

function touchedFigure(context: ReportContext): RawFigure {
  const [value, before] = [context.current.rows('touched').length, context.before.rows('touched').length];
  return {
    id: 'touched',
    label: 'Decoys touched',
    means: 'banded',
    value: itself(value),
    before: itself(before),
    query: 'touched.network',
    reads: 'sum of decoys',
  };
}

function silentDecoys(context: ReportContext): ReportContext['decoys'] {
  const touched = context.current
    .rows('touched')
    .map((row) => `${wordIn(row, 'network')} ${wordIn(row, 'decoy').toLowerCase()}`);
  const accounts = new Set(touched);
  const domains = new Set(touched.map((key) => key.replace(/ .*@/s, ' @')));
  return context.decoys.filter(({ network, address }) => {
    const key = address.toLowerCase();
    return !accounts.has(`${network} ${key}`) && !domains.has(`${network} @${key}`);
  });
}

export const reporters: SectionOf = (context) => {
  const count = (when: 'current' | 'before'): Seen =>
    seenIn(context[when].rows('touches.vector').find(({ vector }) => vector === 'handed in by a person'));
  return {
    id: 'reporters',
    title: 'Reported from outside',
    text: [
      'What people hand in is a capture of the kind “report”. Size and sector of whoever reports are not asked for, and look-ups (“have you seen this message?”) are not kept.',
    ],
    lists: [],
    figures: [
      {
        id: 'reports',
        label: 'Handed in by people',
        means: 'banded',
        value: count('current'),
        before: count('before'),
        query: 'touches.vector',
        reads: 'captures of “handed in by a person”',
      },
    ],
    tables: [],
  };
};

export const outlook: SectionOf = (context) => {
  const classes = context.current
    .rows('touches.class')
    .filter((row) => decoysIn(row) >= minEvidence(context.tier))
    .map((row) => wordIn(row, 'class'));
  const { users, administrators, operators } = recommend(classes);
  return {
    id: 'outlook',
    title: 'Outlook and what to do',
    text: [
      'Warnings stand as they are known now. The advice is chosen by what came most; its sentences are reviewed ones.',
    ],
    lists: [
      { title: 'Users', items: [...users] },
      { title: 'Administrators', items: [...administrators] },
      { title: 'Operators', items: [...operators] },
    ],
    figures: [],
    tables: [
      warningsTable(context, {
        id: 'going',
        title: 'Still going in the last week of the period',
        query: 'going',
        none: 'No warning had captures in the last week of the period.',
      }),
    ],
  };
};

export const method: SectionOf = (context) => ({
  id: 'method',
  title: 'Method and what is missing',
  text: [
    'All of it is counted by capture time, UTC, in one moment of the database, by the queries at the end; alerts, corrections and subscribers are counted by when they were sent, made or confirmed. What comes late counts in the period that it happened in, so a report made later may differ.',
    'Limits: decoys that are on no contact list see what is sent to all, and worms that keep to contact lists late or never. A network without decoys is not seen at all. Classes and families are those of the analysis, whose error is in docs/benchmarks.md.',
    context.tier === 'operator'
      ? 'Counts are exact; outsiders get them in bands.'
      : 'Counts of captures, decoys, senders and subscribers are in bands; “few” is what fewer than three decoys saw, or nothing. Shares are told from 100 captures on, and what is named was seen by three decoys or more.',
  ],
  lists: [{ title: 'Missing in this period', items: missing(context) }],
  figures: [
    figureOf(context, {
      id: 'dead-letters',
      label: 'Captures that could not be taken in',
      means: 'secret',
      query: 'dead-letters',
      column: 'captures',
    }),
    {
      id: 'gap-days',
      label: 'Days without any capture',
      means: 'secret',
      value: context.current.rows('gaps').length,
      query: 'gaps',
      reads: 'how many rows',
    },
  ],
  tables: [],
});

function silenceOf(context: ReportContext, row: Row): string {
  return `Fell silent ${minuteOf(row.at)} UTC: ${named(context, wordIn(row, 'subject'))}. ${named(context, wordIn(row, 'reason'))}`;
}

/** Days that follow each other as `2026-07-01 to 2026-07-05`. */
function runsOf(days: readonly string[]): readonly string[] {
  const runs: [first: string, last: string][] = [];
  for (const day of days) {
    const run = runs.at(-1);
    if (run !== undefined && Date.parse(day) - Date.parse(run[1]) === DAY_MS) run[1] = day;
    else runs.push([day, day]);
  }
  return runs.map(([first, last]) => (first === last ? first : `${first} to ${last}`));
}

function missing(context: ReportContext): string[] {
  // A day or network on which one decoy was touched must look to outsiders like one on which none was.
  const operator = context.tier === 'operator';
  const gaps = operator ? runsOf(context.current.rows('gaps').map((row) => wordIn(row, 'day'))) : [];
  const networks = (when: 'current' | 'before'): readonly string[] =>
    context[when]
      .rows('touches.network')
      .filter((row) => decoysIn(row) >= minEvidence(context.tier))
      .map((row) => wordIn(row, 'network'));
  const fellSilent = networks('before').filter((network) => !networks('current').includes(network));
  const unfinished = Date.parse(context.until) < Date.parse(context.period.to);
  const items = [
    ...(unfinished ? [`The period is not over: it is counted up to ${minuteOf(context.until)} UTC.`] : []),
    ...(gaps.length === 0
      ? []
      : [
          `No capture on ${gaps.slice(0, MAX_GAPS).join(', ')}${gaps.length > MAX_GAPS ? ' …' : ''}: nothing came, or no decoy was up.`,
        ]),
    ...(operator ? context.current.rows('silences').map((row) => silenceOf(context, row)) : []),
    ...(fellSilent.length === 0
      ? []
      : [`Touched in the period before and silent in this one: ${networksIn(fellSilent)}.`]),
    ...(operator && context.decoys.length === 0 ? ['No decoy is configured.'] : []),
    ...(networks('before').length === 0 ? ['There is too little of the period before to compare with.'] : []),
  ];
  return items.length === 0 ? ['Nothing that shows here.'] : items;
}
