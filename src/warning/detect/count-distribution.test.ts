import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logProbability, normalUpperTail, upperQuantile, upperTail } from './count-distribution.ts';
import { logGamma } from './gamma.ts';

/** R names a negative binomial by size and mean. */
const binomial = (size: number, mean: number) => ({ mean, variance: mean + mean ** 2 / size });

describe('distributions of counts', () => {
  // R 4.2.2: pnbinom(count - 1, size, mu, lower = FALSE) and ppois.
  it.each([
    ['pnbinom', binomial(3, 5), 10, 0.113544729174],
    ['pnbinom of a rare count', binomial(0.2, 0.1), 1, 0.0778920885183],
    ['ppois', { mean: 150, variance: 150 }, 200, 5.70968857421e-5],
    ['pnbinom of a frequent count', binomial(50, 900), 1201, 0.0164367292269],
    ['pnbinom of a large count', binomial(400, 25_000), 30_000, 8.88783296671e-5],
  ])('agree with R in the upper tail: %s', (_name, distribution, count, p) => {
    expect(upperTail(distribution, count) / p).toBeCloseTo(1, 8);
  });

  it('agree with R in gamma, normal tail, quantiles and densities', () => {
    expect([0.1, 5.5, 30, 1e6].map((x) => Number(logGamma(x).toPrecision(11)))).toEqual([
      2.2527126517, 3.9578139676, 71.257038967, 12815504.569,
    ]);
    expect(normalUpperTail(3.090232)).toBeCloseTo(0.0010000010309, 12);
    expect(upperQuantile(binomial(3, 5), 0.01)).toBe(16);
    expect(upperQuantile({ mean: 0.2, variance: 0.2 }, 0.01)).toBe(2);
    expect(logProbability(binomial(2.5, 4), 7)).toBeCloseTo(-2.90784413378, 9);
  });

  it('give a chance for any mean, variance and count, less for higher counts', () => {
    const positive = fc.double({ min: 1e-9, max: 1e15, noNaN: true });
    fc.assert(
      fc.property(positive, fc.double({ min: 1, max: 1e9, noNaN: true }), fc.nat(2 ** 31), (mean, excess, count) => {
        const distribution = { mean, variance: mean * excess };
        const [p, next] = [upperTail(distribution, count), upperTail(distribution, count + 1)];
        expect(p >= 0 && p <= 1).toBe(true);
        expect(next <= p + 1e-6).toBe(true);
      }),
    );
  });
});
