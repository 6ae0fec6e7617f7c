import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../core/seeded-random.ts';
import { addCapture, type SourceMemory, silenceTail } from './silence.ts';

const MINUTE = 60_000;
const STEP = 15 * MINUTE;
const fed = (times: readonly number[]): SourceMemory | undefined =>
  times.reduce<SourceMemory | undefined>((before, at) => addCapture(before, at, STEP), undefined);

describe('the tail of a silence', () => {
  test('is unknown before ten pauses', () => {
    const ten = Array.from({ length: 10 }, (_, n) => n * 60 * MINUTE);
    const young = fed(ten);
    expect(young === undefined ? undefined : silenceTail(young, 1e9)).toBeUndefined();
    expect(silenceTail(addCapture(young, 600 * MINUTE, STEP), 1e9)).toBeGreaterThan(0);
  });

  test('nears the exponential one of a steady rate as more is known', () => {
    const random = seededRandom(2);
    let at = 0;
    const times = Array.from({ length: 2_000 }, () => {
      at += -Math.log(1 - random()) * 600 * MINUTE;
      return at;
    });
    const source = fed(times);
    expect(source?.mean).toBeGreaterThan(450 * MINUTE);
    const tail = source === undefined ? undefined : silenceTail(source, 5 * source.mean);
    expect(tail).toBeGreaterThan(Math.exp(-5));
    expect(tail).toBeLessThan(3 * Math.exp(-5));
  });

  test('is longer for a source that comes in bursts with the same mean', () => {
    const steady = { lastMs: 0, captures: 100, pauses: 100, mean: 1, square: 2 };
    expect(silenceTail({ ...steady, square: 8 }, 9) ?? 0).toBeGreaterThan(3 * (silenceTail(steady, 9) ?? 1));
  });

  test('a burst is one pause, and what comes late none', () => {
    const source = fed([0, 60 * MINUTE, 61 * MINUTE, 62 * MINUTE, 30 * MINUTE]);
    expect(source).toMatchObject({ captures: 5, pauses: 1, lastMs: 62 * MINUTE });
  });
});
