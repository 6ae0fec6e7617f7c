import { expect, test } from 'vitest';
import { mended, moved } from './faults.ts';

const FAULTS = [
  { at: 'entry.name', message: 'a' },
  { at: 'entry.steps.0', message: 'b' },
  { at: 'entry.steps.2', message: 'c' },
  { at: 'entry.stepsister.2', message: 'd' },
  { at: 'entry.ratings.1.reason', message: 'e' },
];

test('what was changed is no longer called wrong; the rest is the same list when nothing was', () => {
  expect(mended(FAULTS, 'entry.name')).toEqual(FAULTS.slice(1));
  expect(mended(FAULTS, 'entry.summary')).toBe(FAULTS);
});

test('a fault follows its row, and goes with it', () => {
  const after = moved(FAULTS, 'entry.steps', (row) => (row === 0 ? undefined : row - 1));
  expect(after.map(({ at }) => at)).toEqual([
    'entry.name',
    'entry.steps.1',
    'entry.stepsister.2',
    'entry.ratings.1.reason',
  ]);
  expect(moved(FAULTS, 'entry.ratings', () => 4).at(-1)).toEqual({ at: 'entry.ratings.4.reason', message: 'e' });
});
