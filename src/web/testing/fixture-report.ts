// A made-up report for the browser test: one section of each form, hostile words among them.
import type * as api from '../api/types.ts';
import { HOSTILE } from './fixture-data.ts';

const period = {
  id: '2026-Q3',
  kind: 'quarter' as const,
  label: 'Quarter 3 of 2026',
  from: '2026-07-01T00:00:00.000Z',
  to: '2026-10-01T00:00:00.000Z',
};

export const reportPeriods: api.ReportPeriodList = { simulated: true, periods: [{ ...period, running: false }] };

const column = (key: string, title: string, means: 'word' | 'name' | 'banded' | 'share') => ({ key, title, means });

export const report: api.Report = {
  v: 1,
  kind: 'report',
  realm: 'simulated',
  tier: 'public',
  period,
  before: { ...period, id: '2026-Q2', label: 'Quarter 2 of 2026' },
  yearBefore: { ...period, id: '2025-Q3', label: 'Quarter 3 of 2025' },
  madeAt: '2026-10-02T10:00:00.000Z',
  until: period.to,
  running: false,
  sections: [
    {
      number: 1,
      id: 'headline',
      title: 'What was new',
      text: ['A capture is one thing that one peer did to one decoy.'],
      lists: [{ title: 'Users', items: ['Keep the messenger and the system up to date.'] }],
      figures: [
        {
          ...{ id: 'captures', label: 'Captures', means: 'banded' as const, value: '1000-2999', before: 'few' },
          ...{ yearBefore: 'few', change: null, query: 'days', reads: 'sum of captures' },
        },
      ],
      tables: [
        {
          id: 'days',
          title: 'Captures a day',
          columns: [column('day', 'Day', 'word'), column('captures', 'Captures', 'banded')],
          rows: Array.from({ length: 92 }, (_, day) => [
            new Date(Date.parse(period.from) + day * 86_400_000).toISOString().slice(0, 10),
            day % 7 === 0 ? 'few' : '30-99',
          ]),
          none: 'none',
          chart: { kind: 'columns', series: ['captures'] },
          query: 'days',
        },
        {
          id: 'families',
          title: 'Known families met',
          columns: [
            column('name', 'Family', 'name'),
            column('captures', 'Captures', 'banded'),
            column('share', 'Share', 'share'),
          ],
          rows: [
            [HOSTILE, '100-299', 12],
            ['Kelvir', '30-99', null],
          ],
          none: 'none',
          chart: { kind: 'bars', series: ['captures'] },
          query: 'families',
        },
      ],
    },
  ],
  queries: [
    { id: 'days', title: 'Captures a day', query: "select count(*) from capture where at >= timestamptz '2026-07-01'" },
    { id: 'families', title: 'Known families met', query: `select '${HOSTILE}'` },
  ],
};
