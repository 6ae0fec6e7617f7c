import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../range/random.ts';
import { seasonOf, seasonsOf } from './seasons.ts';
import { createSeriesDetector, type SeriesJudgement, WARM_UP_STEPS } from './series-detector.ts';
import { drawCount } from './testing/draw-counts.ts';

const HOUR_MS = 3_600_000;

function judgeAll(counts: readonly number[], falseAlarms = 0.01): readonly (SeriesJudgement | undefined)[] {
  const detector = createSeriesDetector({ shape: seasonOf(52), falseAlarms, bounds: true });
  return counts.map((count, step) => detector.observe('one', step, count));
}

/** p-values of quiet series of every level, after three seasons. */
function quietPs(level: number, dispersion: number, series: number): readonly number[] {
  const random = seededRandom(Math.round(level * 1000));
  const detector = createSeriesDetector({ shape: seasonOf(52) });
  const ps: number[] = [];
  for (let one = 0; one < series; one += 1) {
    for (let step = 0; step < 260; step += 1) {
      const mean = level * Math.exp(0.002 * step + 0.3 * Math.cos((2 * Math.PI * step) / 52));
      const judged = detector.observe(`${one}`, step, drawCount(random, mean, dispersion));
      if (step >= 156 && judged !== undefined) ps.push(judged.p);
    }
  }
  return ps;
}

describe('detector of many series', () => {
  it.each([
    [0.2, 1.2],
    [2, 1],
    [12, 2],
    [150, 3],
    [40_000, 80],
  ])('is wrong as often as it says on quiet series around %f with dispersion %f', (level, dispersion) => {
    const ps = quietPs(level, dispersion, 120);
    const share = (below: number): number => ps.filter((p) => p < below).length / ps.length;
    for (const below of level < 1 ? [0.01, 0.05] : [0.01, 0.05, 0.2, 0.5]) {
      expect(share(below)).toBeGreaterThan(below * 0.55);
      expect(share(below)).toBeLessThan(below * 1.5);
    }
  });

  it('finds a rise over two steps that neither shows alone', () => {
    const random = seededRandom(5);
    const quiet = Array.from({ length: 200 }, () => drawCount(random, 20, 1.5));
    const high = judgeAll([...quiet, 20, 0]).at(-1)?.upper ?? 0;
    expect(judgeAll([...quiet, 20, high]).at(-1)?.alarm).toBe(false);
    expect(judgeAll([...quiet, 20, high, high]).at(-1)?.alarm).toBe(true);
  });

  it('does not take an outbreak for the new normal, but follows a change that stays', () => {
    const random = seededRandom(6);
    const counts = Array.from({ length: 200 }, () => drawCount(random, 20, 1.5));
    const before = judgeAll(counts).at(-1)?.expected ?? 0;
    expect((judgeAll([...counts, 90, 80, 20]).at(-1)?.expected ?? 0) / before).toBeLessThan(1.2);
    const changed = Array.from({ length: 200 }, () => drawCount(random, 60, 1.5));
    expect(judgeAll([...counts, ...changed]).at(-1)?.expected).toBeGreaterThan(45);
  });

  it('tells the highest count that is no alarm', () => {
    const random = seededRandom(7);
    const counts = Array.from({ length: 150 }, () => drawCount(random, 5, 1.5));
    for (const [step, judged] of judgeAll(counts).entries()) {
      if (judged?.upper !== undefined) expect(judged.alarm).toBe((counts[step] ?? 0) > judged.upper);
    }
  });

  it('knows days and weeks in hourly counts', () => {
    const random = seededRandom(8);
    const detector = createSeriesDetector({ shape: seasonsOf(HOUR_MS) });
    let [seen, alarms] = [0, 0];
    for (let hour = 0; hour < 24 * 7 * 8; hour += 1) {
      const mean =
        10 * Math.exp(0.8 * Math.sin((2 * Math.PI * hour) / 24) + 0.3 * Math.cos((2 * Math.PI * hour) / 168));
      const judged = detector.observe('hours', hour, drawCount(random, mean, 1.5));
      if (hour > 24 * 21 && judged !== undefined) {
        seen += 1;
        if (judged.alarm) alarms += 1;
      }
    }
    expect(alarms / seen).toBeLessThan(0.02);
  });

  it('is silent at the start, and learns nothing from a step that is not after the last', () => {
    const detector = createSeriesDetector({ shape: seasonOf(52) });
    for (let step = 0; step < WARM_UP_STEPS; step += 1) expect(detector.observe('one', step, 3)).toBeUndefined();
    expect(detector.observe('one', WARM_UP_STEPS, 3)).toBeDefined();
    expect(detector.observe('one', WARM_UP_STEPS, 900)).toBeUndefined();
    expect(detector.observe('one', 1e9, 3)).toBeUndefined();
    expect(detector.size).toBe(1);
  });

  it('keeps a series in less than two kilobytes, also with four waves', () => {
    expect(createSeriesDetector({ shape: seasonOf(52) }).bytesEach).toBeLessThan(400);
    expect(createSeriesDetector({ shape: seasonsOf(60_000) }).bytesEach).toBeLessThan(1024);
  });

  it('has a number for whatever is counted', () => {
    const count = fc.oneof(fc.constant(0), fc.nat(5), fc.nat(2000), fc.maxSafeNat());
    const run = fc.array(fc.tuple(count, fc.integer({ min: 1, max: 40 })), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(run, (points) => {
        const detector = createSeriesDetector({ shape: seasonOf(52), bounds: true });
        let step = 0;
        for (const [value, gap] of points) {
          step += gap;
          const judged = detector.observe('any', step, value);
          if (judged === undefined) continue;
          expect(judged.p > 0 && judged.p <= 1).toBe(true);
          expect(Number.isFinite(judged.expected) && judged.expected > 0).toBe(true);
          expect(Number.isSafeInteger(judged.upper)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  it('a count beyond every tail after years of nothing is judged, and at once', () => {
    const detector = createSeriesDetector({ shape: seasonOf(52) });
    for (let step = 0; step < 200; step += 1) detector.observe('quiet', step, 0);
    for (const [at, count] of [20_000, 5_000_000, 3, 1e12, 0].entries()) {
      const judged = detector.observe('quiet', 200 + at, count);
      expect(judged?.p).toBeGreaterThan(0);
      if (at === 0) expect(judged?.alarm).toBe(true);
    }
  });
});
