import { expect, test } from 'vitest';
import { parsePeriod, periodBefore, periodsSince, yearBefore } from './period.ts';

test.each([
  ['2026-Q1', '2026-01-01', '2026-04-01', '2025-Q4', '2025-Q1', 'Quarter 1 of 2026'],
  ['2026-Q3', '2026-07-01', '2026-10-01', '2026-Q2', '2025-Q3', 'Quarter 3 of 2026'],
  ['2026-01', '2026-01-01', '2026-02-01', '2025-12', '2025-01', 'January 2026'],
  ['2024-02', '2024-02-01', '2024-03-01', '2024-01', '2023-02', 'February 2024'],
  [
    '2026-03-01..2026-03-07',
    '2026-03-01',
    '2026-03-08',
    '2026-02-22..2026-02-28',
    '2025-03-01..2025-03-07',
    '2026-03-01 to 2026-03-07',
  ],
  [
    '2026-03-01..2026-03-01',
    '2026-03-01',
    '2026-03-02',
    '2026-02-28..2026-02-28',
    '2025-03-01..2025-03-01',
    '2026-03-01 to 2026-03-01',
  ],
])('%s begins and ends, and has one before it and one a year before', (id, from, to, before, year, label) => {
  const period = parsePeriod(id);
  expect(period).toMatchObject({ id, label, from: `${from}T00:00:00.000Z`, to: `${to}T00:00:00.000Z` });
  expect(periodBefore(period).id).toBe(before);
  expect(yearBefore(period).id).toBe(year);
  expect(parsePeriod(before)).toEqual(periodBefore(period));
});

test.each([
  '',
  '2026',
  '2026-Q5',
  '2026-13',
  '2026-02-30..2026-03-01',
  '2026-03-02..2026-03-01',
  '2024-01-01..2026-01-01',
  "2026-Q1'",
])('%j is no period', (id) => {
  expect(() => parsePeriod(id)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
});

test('the periods since the first capture, the newest first, each quarter before its months', () => {
  const ids = periodsSince(new Date('2026-05-20T00:00:00Z'), new Date('2026-08-02T00:00:00Z')).map(({ id }) => id);
  expect(ids).toEqual(['2026-Q3', '2026-08', '2026-07', '2026-Q2', '2026-06', '2026-05']);
});
