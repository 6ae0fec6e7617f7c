import { expect, test } from 'vitest';
import { backOffMs } from './back-off.ts';

test('the wait doubles, has jitter, and stays between half a second and half a minute', () => {
  expect([1, 2, 3, 6, 50].map((tries) => backOffMs(tries, () => 1))).toEqual([1_000, 2_000, 4_000, 30_000, 30_000]);
  expect(backOffMs(9, () => 0)).toBe(500);
  expect(backOffMs(3, () => 0.5)).toBe(2_000);
});
