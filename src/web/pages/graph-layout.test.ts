import { expect, test } from 'vitest';
import { placeAround } from './graph-layout.ts';

test.each([1, 2, 3, 12, 48])('%i nodes stand within the drawing, and no two words on one line of a side', (count) => {
  const { places, width, height } = placeAround(count);
  expect(places).toHaveLength(count);
  for (const { x, y } of places) {
    expect(x).toBeGreaterThan(0);
    expect(x).toBeLessThan(width);
    expect(y).toBeGreaterThan(0);
    expect(y).toBeLessThan(height);
  }
  const lines = places.map(({ y, side }) => `${side} ${Math.round(y)}`);
  expect(new Set(lines).size).toBe(count);
});
