import { expect, test } from 'vitest';
import { fitted, pastedLines, rowsAfter } from './rows.ts';

test('a row that goes takes its place with it, one that comes moves the others on', () => {
  const gone = rowsAfter(['a', 'b', 'c'], { at: 1, take: 1, put: [] });
  expect(gone.rows).toEqual(['a', 'c']);
  expect([0, 1, 2].map(gone.to)).toEqual([0, undefined, 1]);
  const come = rowsAfter(['a', 'b'], { at: 0, take: 1, put: ['a', 'x', 'y'] });
  expect(come.rows).toEqual(['a', 'x', 'y', 'b']);
  expect([0, 1].map(come.to)).toEqual([0, 3]);
});

test('keys stay with their rows, and are never given twice', () => {
  expect(fitted([], 3)).toEqual([0, 1, 2]);
  expect(fitted([4, 2], 3)).toEqual([4, 2, 7]);
  expect(fitted([4, 2, 9], 1)).toEqual([4]);
});

test('of what is pasted every line that holds something is a row', () => {
  expect(pastedLines(' a \n\n b\r\nc')).toEqual(['a', 'b', 'c']);
});
