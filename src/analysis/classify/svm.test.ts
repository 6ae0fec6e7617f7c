import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibrate, marginFor, sigmoid } from './calibration.ts';
import { learn, productOf, type SparseRows } from './svm.ts';

const options = { cost: () => 1, passes: 200, tolerance: 1e-6 };
// Two columns and the constant.
const rowsOf = (points: readonly (readonly [number, number])[]): SparseRows => ({
  starts: Int32Array.from({ length: points.length + 1 }, (_value, at) => at * 3),
  columns: Int32Array.from(points.flatMap(() => [0, 1, 2])),
  values: Float32Array.from(points.flatMap(([x, y]) => [x, y, 1])),
});

describe('learn', () => {
  const points = [
    [0, 1],
    [1, 2],
    [0.5, 3],
    [1, 0],
    [2, 1],
    [3, 0.5],
  ] as const;
  const data = rowsOf(points);
  const all = Int32Array.from(points.keys());

  it('finds the border between what can be told apart, the same every time', () => {
    const weights = learn(data, all, (row) => row < 3, 3, options);
    for (const row of all) expect(productOf(data, row, weights) > 0).toBe(row < 3);
    expect(learn(data, all, (row) => row < 3, 3, options)).toEqual(weights);
  });

  it('reaches the optimum of its goal: no step in any direction makes it better', () => {
    const weights = learn(data, all, (row) => row !== 1 && row < 4, 3, options);
    const goal = (at: Float64Array): number => {
      const errors = [...all].map(
        (row) => Math.max(0, 1 - (row !== 1 && row < 4 ? 1 : -1) * productOf(data, row, at)) ** 2,
      );
      return 0.5 * at.reduce((sum, weight) => sum + weight * weight, 0) + errors.reduce((sum, error) => sum + error, 0);
    };
    const best = goal(weights);
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }), (step) => {
        expect(goal(weights.map((weight, at) => weight + (step[at] ?? 0) * 0.05))).toBeGreaterThanOrEqual(best - 1e-6);
      }),
    );
  });
});

describe('calibration', () => {
  it('turns margins into the shares that were seen', () => {
    const margins = Array.from({ length: 400 }, (_value, at) => ({
      margin: at % 2 === 0 ? 1 : -1,
      positive: at % 8 === 0 || at % 16 === 1,
    }));
    const { slope, offset } = calibrate(margins);
    expect(sigmoid(slope + offset)).toBeCloseTo(0.25, 1);
    expect(sigmoid(-slope + offset)).toBeCloseTo(0.125, 1);
  });

  it('puts the border where the wished share of harmless texts is above it', () => {
    const margins = Array.from({ length: 1000 }, (_value, at) => ({ margin: at, positive: false }));
    const border = marginFor(margins, 0.002);
    expect(margins.filter(({ margin }) => margin > border)).toHaveLength(2);
  });
});
