import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULTS } from '../../range/simulate/parameters.ts';
import { infectedBy, simulate } from '../../range/simulate/simulate.ts';
import { HORIZONS_MIN, shippedFactors } from './calibration.ts';
import { curveOf, LEVELS, packCurves, sharesAt, shippedCurves, unpackCurves } from './curves.ts';
import { forecastRun } from './forecast.ts';
import { predict } from './predict.ts';

const worm = (seed: number) => simulate({ ...DEFAULTS, population: 10_000, decoys: 40, seeds: 5, startMin: 300 }, seed);

describe('a forecast', () => {
  test('the same hits give the same forecast', () => {
    const hits = worm(1).hits.slice(0, 80);
    expect(forecastRun(hits, { population: 10_000, decoys: 40, lists: 20 })).toEqual(
      forecastRun(hits, { population: 10_000, decoys: 40, lists: 20 }),
    );
  });

  test('most intervals hold what came, and the middle is near it', () => {
    let [holds, all, near] = [0, 0, 0];
    for (let seed = 10; seed < 22; seed += 1) {
      const run = worm(seed);
      const alarm = forecastRun(run.hits).alarmAt;
      if (alarm === undefined) continue;
      const hits = run.hits.filter(({ at }) => at <= alarm + 20);
      const { now, prediction } = forecastRun(hits, { decoys: 40, lists: 20 });
      for (const { aheadMin, share } of prediction?.outlooks ?? []) {
        const came = infectedBy(run, now + aheadMin) / 10_000;
        all += 1;
        if (came >= share.low && came <= share.high) holds += 1;
        if (Math.abs(Math.log2(share.expected / came)) < 1) near += 1;
      }
    }
    expect(all).toBeGreaterThan(20);
    expect(holds / all).toBeGreaterThan(0.7);
    expect(near / all).toBeGreaterThan(0.7);
  });

  test('any hits have a forecast: low ≤ expected ≤ high, shares up to 1, hits not below those seen', () => {
    const points = fc.array(
      fc.record({ gap: fc.double({ min: 0, max: 500, noNaN: true }), count: fc.integer({ min: 1, max: 50 }) }),
      {
        maxLength: 40,
      },
    );
    fc.assert(
      fc.property(points, fc.option(fc.integer({ min: 1, max: 100_000 }), { nil: undefined }), (given, places) => {
        let at = 0;
        const hits = given.map(({ gap, count }) => {
          at += gap;
          return { at, count };
        });
        const total = given.reduce((sum, { count }) => sum + count, 0);
        const input = { hits, now: at, alarmAt: at, noise: { perMin: 0.01, weight: 1 } };
        const { outlooks } = predict(places === undefined ? input : { ...input, places });
        expect(outlooks.map(({ aheadMin }) => aheadMin)).toEqual([...HORIZONS_MIN]);
        for (const { hits: seen, share } of outlooks) {
          for (const { low, expected, high } of [seen, share]) {
            expect(low).toBeLessThanOrEqual(expected);
            expect(expected).toBeLessThanOrEqual(high);
          }
          expect(share.high).toBeLessThanOrEqual(1);
          expect(seen.low).toBeGreaterThanOrEqual(Math.min(total, seen.expected));
        }
      }),
      { numRuns: 25 },
    );
  });
});

describe('the library of curves', () => {
  test('is there, with ascending times and final sizes', () => {
    const { count, finals, times } = shippedCurves();
    expect(count).toBeGreaterThan(100);
    expect(times.length).toBe(count * LEVELS.length);
    expect([...finals].every((final, at) => final > 0 && final <= 1 && final >= (finals[at - 1] ?? 0))).toBe(true);
    expect(times.every((time, at) => at % LEVELS.length === 0 || time >= (times[at - 1] ?? 0))).toBe(true);
    expect(
      shippedFactors()
        .flat(2)
        .every((factor) => factor > 0.2 && factor < 6),
    ).toBe(true);
  });

  test('a curve comes back from the file, and shares rise along it to the final size', () => {
    const library = unpackCurves(
      packCurves([
        curveOf(
          worm(3).infectedAt.map((at) => at / 15),
          10_000,
        ),
      ]),
    );
    const shares = new Float64Array(5);
    sharesAt(library, 0, [-1e3, -2, 0, 5, 1e4], shares);
    expect([...shares]).toEqual([...shares].sort((a, b) => a - b));
    expect(shares[4]).toBeCloseTo(worm(3).infectedAt.length / 10_000, 3);
  });

  test('a cut file is refused', () => {
    expect(() => unpackCurves(packCurves([]))).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
  });
});
