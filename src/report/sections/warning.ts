// Sections 6 to 9: how early, how right, what was said and taken back, and who was told.
import { figureOf, measureIn, numberIn, type ReportContext, type SectionOf, wordIn } from '../context.ts';
import type { RawFigure } from '../disclosure.ts';
import type { Cell } from '../model.ts';
import { CHANNEL_WORDS, CLASS_WORDS, KIND_WORDS } from '../words.ts';

const LEAD_STEPS = ['first touch to warning', 'warning to alert', 'first touch to alert', 'warning to public'] as const;

export const lead: SectionOf = (context) => {
  const before = new Map(context.before.rows('lead').map((row) => [wordIn(row, 'step'), measureIn(row, 'median')]));
  return {
    id: 'lead',
    title: 'How early',
    text: [
      'First touch and warning are times of captures. An alert is sent when the first subscriber’s server or client has taken it; alerts of replayed history are left out. The public sees text and hosts from three decoys on, and not before the delay is over.',
      'Sundew keeps no times of other lists, so it does not say how much earlier or later others were.',
    ],
    lists: [],
    figures: LEAD_STEPS.slice(0, 3).map((step): RawFigure => {
      const row = context.current.rows('lead').find((one) => one.step === step);
      return {
        id: `lead-${step.replaceAll(' ', '-')}`,
        label: `Minutes from ${step}, median`,
        means: 'minutes',
        value: measureIn(row, 'median'),
        before: before.get(step) ?? null,
        query: 'lead',
        reads: `median of “${step}”`,
      };
    }),
    tables: [
      {
        id: 'lead',
        title: 'Lead times in minutes',
        columns: [
          { key: 'step', title: 'From … to …', means: 'word' },
          { key: 'warnings', title: 'Warnings', means: 'count' },
          { key: 'median', title: 'Median', means: 'minutes' },
          { key: 'ninth', title: '90 of 100 within', means: 'minutes' },
          { key: 'before', title: 'Median before', means: 'minutes' },
        ],
        rows: context.current
          .rows('lead')
          .map((row): Cell[] => [
            wordIn(row, 'step'),
            numberIn(row, 'warnings'),
            measureIn(row, 'median'),
            measureIn(row, 'ninth'),
            before.get(wordIn(row, 'step')) ?? null,
          ]),
        none: 'No warning was raised, so there are no lead times.',
        query: 'lead',
      },
      {
        id: 'lead-spread',
        title: 'Warnings by time from the first touch',
        columns: [
          { key: 'within', title: 'Within', means: 'word' },
          { key: 'warned', title: 'Warned', means: 'count' },
          { key: 'alerted', title: 'Alerted', means: 'count' },
        ],
        rows: context.current
          .rows('lead-spread')
          .map((row): Cell[] => [wordIn(row, 'within'), numberIn(row, 'warned'), numberIn(row, 'alerted')]),
        none: 'No warning was raised.',
        chart: { kind: 'columns', series: ['warned', 'alerted'] },
        query: 'lead-spread',
      },
    ],
  };
};

export const forecasts: SectionOf = (context) => ({
  id: 'forecasts',
  title: 'How right the forecasts were',
  text: [
    'Of what spreads by itself, every warning forecasts how many captures will have come. Each forecast is kept and scored when its time has passed; intervals are to hold in 90 of 100 cases. An error of 1 is twice or half of what came.',
  ],
  lists: [],
  figures: [],
  tables: [
    {
      id: 'forecasts',
      title: 'Forecasts by how far ahead',
      columns: [
        { key: 'ahead', title: 'Ahead', means: 'word' },
        { key: 'made', title: 'Made', means: 'count' },
        { key: 'scored', title: 'Scored', means: 'count' },
        { key: 'held', title: 'Interval held, %', means: 'percent' },
        { key: 'error', title: 'Median error, doublings', means: 'number' },
        { key: 'score', title: 'Interval score', means: 'number' },
      ],
      rows: context.current
        .rows('forecasts')
        .map((row): Cell[] => [
          `${numberIn(row, 'ahead_min') / 60} h`,
          numberIn(row, 'made'),
          numberIn(row, 'scored'),
          measureIn(row, 'held'),
          measureIn(row, 'error'),
          measureIn(row, 'interval_score'),
        ]),
      none: 'No forecast was made or fell due: nothing was told to spread by itself.',
      chart: { kind: 'bars', series: ['held'] },
      query: 'forecasts',
    },
  ],
});

export const alerts: SectionOf = (context) => ({
  id: 'alerts',
  title: 'Warnings, alerts and corrections',
  text: [
    'A correction goes to exactly those who were told. Verdicts are corrected by analysts; one corrected to harmless was a false alarm of a capture.',
  ],
  lists: [],
  figures: [
    figureOf(context, { id: 'alerts', label: 'Alerts', means: 'count', query: 'alerts', column: 'alerts' }),
    figureOf(context, { id: 'sent', label: 'Messages delivered', means: 'banded', query: 'alerts', column: 'sent' }),
    figureOf(context, {
      id: 'failed',
      label: 'Messages that failed or expired',
      means: 'banded',
      query: 'alerts',
      column: 'failed',
    }),
    figureOf(context, {
      id: 'retracted',
      label: 'Warnings taken back',
      means: 'count',
      query: 'corrections',
      column: 'warnings',
    }),
    figureOf(context, {
      id: 'indicators',
      label: 'Indicators taken back',
      means: 'count',
      query: 'corrections',
      column: 'indicators',
    }),
    figureOf(context, {
      id: 'undone',
      label: 'Retractions undone',
      means: 'count',
      query: 'corrections',
      column: 'undone',
    }),
    figureOf(context, {
      id: 'corrected',
      label: 'Corrections sent out',
      means: 'count',
      query: 'alerts',
      column: 'corrections',
    }),
    figureOf(context, {
      id: 'appeals',
      label: 'Appeals of listed parties',
      means: 'count',
      query: 'corrections',
      column: 'appeals',
    }),
    figureOf(context, {
      id: 'verdicts',
      label: 'Verdicts corrected',
      means: 'count',
      query: 'corrections',
      column: 'verdicts',
    }),
    figureOf(context, {
      id: 'false-alarms',
      label: 'of them to harmless',
      means: 'count',
      query: 'corrections',
      column: 'harmless',
    }),
  ],
  tables: [
    {
      id: 'warning-classes',
      title: 'Warnings raised, by kind of threat',
      columns: [
        { key: 'class', title: 'Kind', means: 'word' },
        { key: 'warnings', title: 'Warnings', means: 'count' },
        { key: 'severe', title: 'High or critical', means: 'count' },
      ],
      rows: context.current
        .rows('warning-classes')
        .map((row): Cell[] => [
          CLASS_WORDS[wordIn(row, 'class')] ?? wordIn(row, 'class'),
          numberIn(row, 'warnings'),
          numberIn(row, 'severe'),
        ]),
      none: 'No warning was raised.',
      chart: { kind: 'bars', series: ['warnings'] },
      query: 'warning-classes',
    },
    {
      id: 'warning-kinds',
      title: 'What was said, by kind',
      columns: [
        { key: 'kind', title: 'Kind', means: 'word' },
        { key: 'said', title: 'Revisions', means: 'count' },
        { key: 'told', title: 'Told to subscribers', means: 'count' },
      ],
      rows: context.current
        .rows('warning-kinds')
        .map((row): Cell[] => [
          KIND_WORDS[wordIn(row, 'kind')] ?? wordIn(row, 'kind'),
          numberIn(row, 'said'),
          numberIn(row, 'told'),
        ]),
      none: 'Nothing was said of any warning.',
      query: 'warning-kinds',
    },
    {
      id: 'signals',
      title: 'Signals beside single campaigns',
      columns: [
        { key: 'rule', title: 'Rule', means: 'secret' },
        { key: 'signals', title: 'Signals', means: 'secret' },
      ],
      rows: context.current.rows('signals').map((row): Cell[] => [wordIn(row, 'rule'), numberIn(row, 'signals')]),
      none: 'There was none.',
      query: 'signals',
    },
  ],
});

export const partners: SectionOf = (context) => ({
  id: 'partners',
  title: 'Partners and subscribers',
  text: ['Sundew sends no reports to network operators by itself yet, so there are no answers of theirs to count.'],
  lists: [],
  figures: [
    figureOf(context, {
      id: 'acknowledged',
      label: 'Alerts acknowledged',
      means: 'banded',
      query: 'alerts',
      column: 'acknowledged',
    }),
    acknowledgement(context),
  ],
  tables: [
    {
      id: 'subscribers',
      title: 'Subscribers at the end of the period',
      columns: [
        { key: 'channel', title: 'By', means: 'word' },
        { key: 'subscribers', title: 'Subscribers', means: 'banded' },
        { key: 'joined', title: 'Joined', means: 'banded' },
        { key: 'stopped', title: 'Left', means: 'banded' },
      ],
      rows: context.current
        .rows('subscribers')
        .map((row): Cell[] => [
          CHANNEL_WORDS[wordIn(row, 'channel')] ?? wordIn(row, 'channel'),
          numberIn(row, 'subscribers'),
          numberIn(row, 'joined'),
          numberIn(row, 'stopped'),
        ]),
      none: 'Nobody had subscribed.',
      query: 'subscribers',
    },
    {
      id: 'sources',
      title: 'Knowledge taken in from others',
      columns: [
        { key: 'origin', title: 'Form', means: 'word' },
        { key: 'sources', title: 'Entries', means: 'count' },
      ],
      rows: context.current.rows('sources').map((row): Cell[] => [wordIn(row, 'origin'), numberIn(row, 'sources')]),
      none: 'Nothing was taken in from others.',
      query: 'sources',
    },
  ],
});

function acknowledgement(context: ReportContext): RawFigure {
  return {
    id: 'ack-minutes',
    label: 'Minutes until an alert is acknowledged, median',
    means: 'minutes',
    value: measureIn(context.current.first('alerts'), 'ack_minutes'),
    before: measureIn(context.before.first('alerts'), 'ack_minutes'),
    query: 'alerts',
    reads: 'ack_minutes',
  };
}
