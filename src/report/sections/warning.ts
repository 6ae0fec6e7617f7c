// Sections 6 to 9: how early, how right, what was said and taken back, and who was told.
import { figureOf, measureIn, numberIn, type ReportContext, type SectionOf, wordIn } from '../context.ts';
import type { RawFigure } from '../disclosure.ts';
import { tableOf, worded } from '../table.ts';
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
      tableOf(context, {
        id: 'lead',
        title: 'Lead times in minutes',
        columns: [
          ['step', 'From … to …', 'word'],
          ['warnings', 'Warnings', 'count'],
          ['median', 'Median', 'minutes'],
          ['ninth', '90 of 100 within', 'minutes'],
          ['before', 'Median before', 'minutes', (row) => before.get(wordIn(row, 'step')) ?? null],
        ],
        none: 'No warning was raised, so there are no lead times.',
      }),
      tableOf(context, {
        id: 'lead-spread',
        title: 'Warnings by time from the first touch',
        columns: [
          ['within', 'Within', 'word'],
          ['warned', 'Warned', 'count'],
          ['alerted', 'Alerted', 'count'],
        ],
        none: 'No warning was raised.',
        chart: { kind: 'columns', series: ['warned', 'alerted'] },
      }),
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
    tableOf(context, {
      id: 'forecasts',
      title: 'Forecasts by how far ahead',
      columns: [
        ['ahead', 'Ahead', 'word', (row) => `${numberIn(row, 'ahead_min') / 60} h`],
        ['made', 'Made', 'count'],
        ['scored', 'Scored', 'count'],
        ['held', 'Interval held, %', 'percent'],
        ['error', 'Median error, doublings', 'number'],
        ['score', 'Interval score', 'number', (row) => measureIn(row, 'interval_score')],
      ],
      none: 'No forecast was made or fell due: nothing was told to spread by itself.',
      chart: { kind: 'bars', series: ['held'] },
    }),
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
    tableOf(context, {
      id: 'warning-classes',
      title: 'Warnings raised, by kind of threat',
      columns: [
        ['class', 'Kind', 'word', worded('class', CLASS_WORDS)],
        ['warnings', 'Warnings', 'count'],
        ['severe', 'High or critical', 'count'],
      ],
      none: 'No warning was raised.',
      chart: { kind: 'bars', series: ['warnings'] },
    }),
    tableOf(context, {
      id: 'warning-kinds',
      title: 'What was said, by kind',
      columns: [
        ['kind', 'Kind', 'word', worded('kind', KIND_WORDS)],
        ['said', 'Revisions', 'count'],
        ['told', 'Told to subscribers', 'count'],
      ],
      none: 'Nothing was said of any warning.',
    }),
    tableOf(context, {
      id: 'signals',
      title: 'Signals beside single campaigns',
      columns: [
        ['rule', 'Rule', 'secret', (row) => wordIn(row, 'rule')],
        ['signals', 'Signals', 'secret', (row) => numberIn(row, 'signals')],
      ],
      none: 'There was none.',
    }),
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
    tableOf(context, {
      id: 'subscribers',
      title: 'Subscribers at the end of the period',
      columns: [
        ['channel', 'By', 'word', worded('channel', CHANNEL_WORDS)],
        ['subscribers', 'Subscribers', 'banded'],
        ['joined', 'Joined', 'banded'],
        ['stopped', 'Left', 'banded'],
      ],
      none: 'Nobody had subscribed.',
    }),
    tableOf(context, {
      id: 'sources',
      title: 'Knowledge taken in from others',
      columns: [
        ['origin', 'Form', 'word'],
        ['sources', 'Entries', 'count'],
      ],
      none: 'Nothing was taken in from others.',
    }),
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
