import { describe, expect, test } from 'vitest';
import { ago, bandText, count, duration, plural, shortMinute, shortTime } from './format.ts';

const now = new Date(2026, 0, 31, 12, 0, 0);
const before = (ms: number) => new Date(now.getTime() - ms).toISOString();

describe('times', () => {
  test('a time of today is the clock only', () => {
    expect(shortTime(new Date(2026, 0, 31, 9, 5, 7).toISOString(), now)).toBe('09:05:07');
  });

  test('a time of another day has its date', () => {
    expect(shortTime(new Date(2026, 0, 30, 9, 5, 7).toISOString(), now)).toBe('2026-01-30 09:05');
  });

  test('what is no time is shown as it came', () => {
    expect(shortTime('long ago', now)).toBe('long ago');
    expect(ago('sometime', now)).toBe('sometime');
  });

  test.each([
    [5_000, 'just now'],
    [-5_000, 'just now'],
    [300_000, '5 min ago'],
    [3 * 3_600_000, '3 h ago'],
    [49 * 3_600_000, '2 d ago'],
    [30 * 86_400_000, '2026-01-01'],
  ])('%i ms before is "%s"', (ms, words) => {
    expect(ago(before(ms), now)).toBe(words);
  });

  test.each([
    [12.4, '12 ms'],
    [3_200, '3.2 s'],
    [240_000, '4 min'],
    [7_200_000, '2 h'],
  ])('%d ms lasts "%s"', (ms, words) => {
    expect(duration(ms)).toBe(words);
  });
});

test('numbers are grouped, and one is not many', () => {
  expect(count(1234567)).toBe('1,234,567');
  expect(plural(1, 'warning')).toBe('1 warning');
  expect(plural(2, 'touch', 'touches')).toBe('2 touches');
});

test('bands have groups of digits and a dash', () => {
  expect(['0', '1-2', '1000-2999', '100+'].map(bandText)).toEqual(['0', '1–2', '1,000–2,999', '100+']);
});

test('what is public is told to the minute, today and before', () => {
  const now = new Date(2026, 0, 5, 12, 0, 0);
  expect(shortMinute(new Date(2026, 0, 5, 9, 8, 7).toISOString(), now)).toBe('09:08');
  expect(shortMinute(new Date(2026, 0, 4, 9, 8, 7).toISOString(), now)).toBe('2026-01-04 09:08');
});
