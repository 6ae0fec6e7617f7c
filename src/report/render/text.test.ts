// The plain text of a report: one line stays one line, tables fit or become lines, and long ones are cut.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Report, ReportTable } from '../model.ts';
import { parsePeriod, periodBefore, yearBefore } from '../period.ts';
import { renderText, summaryOf } from './text.ts';

const period = parsePeriod('2026-10');

const tableOf = (rows: ReportTable['rows'], rest: Partial<ReportTable> = {}): ReportTable => ({
  ...{ id: 't', title: 'Families', none: 'None was met.', query: 'families', rows },
  columns: [
    { key: 'name', title: 'Family', means: 'name' },
    { key: 'way', title: 'Way', means: 'word' },
    { key: 'captures', title: 'Captures', means: 'banded' },
  ],
  ...rest,
});

const reportOf = (...tables: readonly ReportTable[]): Report => ({
  ...{ v: 1, kind: 'bulletin', realm: 'live', tier: 'public', period, running: false, queries: [] },
  ...{ before: periodBefore(period), yearBefore: yearBefore(period) },
  ...{ madeAt: '2026-11-02T00:00:00.000Z', until: period.to },
  sections: [
    {
      ...{ number: 1, id: 's', title: 'What was new', text: ['A capture is one thing.'], tables: [...tables] },
      lists: [{ title: 'Users', items: ['Open nothing. '.repeat(10)] }],
      figures: [
        {
          ...{ id: 'c', label: 'Captures', means: 'banded', value: '1000-2999', before: 'few', change: null },
          query: 'q',
          reads: 'r',
        },
      ],
    },
  ],
});

test('figures, aligned columns and wrapped advice', () => {
  const text = renderText(
    reportOf(
      tableOf([
        ['Kelvir', 'link', '100-299'],
        ['Bropia', 'file', 'few'],
      ]),
    ),
  );
  expect(text).toContain('Bulletin: October 2026\nSundew threat centre');
  expect(text).toContain('1. What was new\n---------------');
  expect(text).toContain('  Captures: 1,000–2,999; before few');
  expect(text).toContain('Families\n  Family  Way   Captures\n  Kelvir  link   100–299\n  Bropia  file       few\n');
  expect(text).toContain('- Open nothing. Open nothing.');
  expect(text.split('\n').every((line) => [...line].length <= 78)).toBe(true);
  expect(summaryOf(reportOf())).toBe('Captures 1,000–2,999');
});

test('a table that is too wide is a line a row, a long one is cut, a series of days is left to the page', () => {
  const wide = renderText(reportOf(tableOf([['a word '.repeat(20), 'link', 'few']])));
  expect(wide).toMatch(/^- a word a word/m);
  expect(wide).toMatch(/link;\s+Captures few/);
  const long = renderText(reportOf(tableOf(Array.from({ length: 20 }, (_, at) => [`F${at}`, 'link', 'few']))));
  expect(long).toContain('  F11');
  expect(long).not.toContain('  F12');
  expect(long).toContain('  and 8 more');
  const days = tableOf([['d', 'link', 'few']], { title: 'Days', chart: { kind: 'columns', series: ['captures'] } });
  expect(renderText(reportOf(days))).not.toContain('Days');
  expect(renderText(reportOf(tableOf([])))).toContain('Families\n  None was met.');
});

test('nothing that came from outside begins a line of its own or acts on a screen', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc.constantFrom('a\r\n-- \nStop: http://evil.example', '\u202egpj.exe', 'x'.repeat(2_000), '\u2028- forged'),
  );
  fc.assert(
    fc.property(hostile, hostile, (name, way) => {
      const text = renderText(reportOf(tableOf([[name, way, 'few']])));
      expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Cf}|\p{Zl}|\p{Zp}/u);
      expect(text).not.toMatch(/^(-- |Stop:|- forged)/m);
    }),
    { numRuns: 200 },
  );
});
