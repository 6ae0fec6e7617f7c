import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EARS_METHODS, ears, earsDefaults } from './ears.ts';
import { farringtonFlexible } from './farrington.ts';
import { fitQuasiPoisson } from './quasi-poisson.ts';

interface Reference {
  readonly alarm: readonly number[];
  readonly upper: readonly (number | null)[];
}
interface Fixture {
  readonly series: readonly ({
    readonly counts: readonly number[];
    readonly farrington: Reference & { readonly expected: readonly (number | null)[] };
  } & Readonly<Record<'C1' | 'C2' | 'C3', Reference>>)[];
}

const FIRST_WEEK = 262;
const { series } = JSON.parse(
  readFileSync(new URL('./fixtures/surveillance.json', import.meta.url), 'utf8'),
) as Fixture;

describe('methods that R has as well', () => {
  it.each(EARS_METHODS)('EARS %s gives the alarms and bounds of earsC', (method) => {
    for (const one of series) {
      for (const [at, alarm] of one[method].alarm.entries()) {
        const judged = ears(one.counts, FIRST_WEEK + at, earsDefaults(method));
        expect(judged?.alarm ?? false).toBe(alarm === 1);
        const upper = one[method].upper[at];
        if (typeof upper === 'number') expect(judged?.upper).toBeCloseTo(upper, 6);
      }
    }
  });

  it('Farrington flexible gives the alarms, bounds and expectations of farringtonFlexible', () => {
    for (const { counts, farrington } of series) {
      for (const [at, alarm] of farrington.alarm.entries()) {
        const judged = farringtonFlexible(counts, FIRST_WEEK + at);
        expect(judged?.alarm ?? false).toBe(alarm === 1);
        expect(judged?.upper ?? null).toBe(farrington.upper[at]);
        const expected = farrington.expected[at];
        if (typeof expected === 'number') expect((judged?.expected ?? 0) / expected).toBeCloseTo(1, 4);
      }
    }
  });

  it('say nothing with too little history', () => {
    expect(ears([1, 2, 3], 2, earsDefaults('C1'))).toBeUndefined();
    expect(farringtonFlexible([1, 2, 3], 2)).toBeUndefined();
  });

  it('C3 says nothing where the counts before did not vary', () => {
    expect(ears(new Array(30).fill(4), 29, earsDefaults('C3'))).toBeUndefined();
  });

  // R 4.2.2: glm(c(3, 5, 2, 8, 9, 12) ~ 1:6, family = quasipoisson).
  it('the regression under them agrees with glm', () => {
    const counts = Float64Array.of(3, 5, 2, 8, 9, 12);
    const rows = Float64Array.from({ length: 12 }, (_value, at) => (at % 2 === 0 ? 1 : (at + 1) / 2));
    const fit = fitQuasiPoisson({ counts, rows, columns: 2 });
    expect(fit?.coefficients[0]).toBeCloseTo(0.7324181983, 6);
    expect(fit?.coefficients[1]).toBeCloseTo(0.2911085352, 6);
    expect(fit?.dispersion).toBeCloseTo(0.6269467745, 4);
    expect(fit?.leverages[0]).toBeCloseTo(0.3824767334, 4);
  });
});
