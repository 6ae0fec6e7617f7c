// Our EARS, Farrington flexible and cumulative sums against R's: a method of that name must be that method.
import { EARS_METHODS, ears, earsDefaults } from '../../../src/warning/detect/ears.ts';
import { farringtonFlexible } from '../../../src/warning/detect/farrington.ts';
import { FIRST_WEEK, outbreakSeries } from '../counts/series.ts';
import { atLeast, type EvalPart } from '../part.ts';
import { cusumStep } from '../rivals/nb-cusum.ts';
import { GLRNB, type RMethod, type Surveillance, surveillance } from '../rivals/surveillance.ts';

const GOAL = 0.995;

export const agreement: EvalPart = {
  name: 'agreement',
  title: 'weeks 262 to 311 of 60 series on which our method and R surveillance say alarm or no alarm alike',
  async run(absent) {
    const r = await surveillance();
    if (r === undefined) absent('R surveillance (Debian r-cran-surveillance)');
    if (r === undefined) return [];
    const judges: readonly (readonly [RMethod, (counts: readonly number[], week: number) => boolean])[] = [
      ...EARS_METHODS.map(
        (method) =>
          [
            method,
            (counts: readonly number[], week: number) => ears(counts, week, earsDefaults(method))?.alarm ?? false,
          ] as const,
      ),
      ['farringtonFlexible', (counts, week) => farringtonFlexible(counts, week)?.alarm ?? false],
    ];
    return [
      ...judges.map(([method, judge]) =>
        atLeast(`${method} agrees with surveillance ${r.version}`, shareAlike(r, method, judge), GOAL, 'share'),
      ),
      atLeast(`NB-CUSUM agrees with algo.glrnb of surveillance ${r.version}`, cusumAlike(r), GOAL, 'share'),
    ];
  },
};

function shareAlike(
  r: Surveillance,
  method: RMethod,
  judge: (counts: readonly number[], week: number) => boolean,
): number {
  let [weeks, alike] = [0, 0];
  for (const [at, { counts }] of outbreakSeries().entries()) {
    for (const [week, { alarm }] of (r.weeks[method][at] ?? []).entries()) {
      weeks += 1;
      if (judge(counts, FIRST_WEEK + week) === alarm) alike += 1;
    }
  }
  return alike / weeks;
}

/** Both about the mean of the history, in the alarms and in the sum of each week to six digits. */
function cusumAlike(r: Surveillance): number {
  let [weeks, alike] = [0, 0];
  for (const [at, { counts }] of outbreakSeries().entries()) {
    const mean = counts.slice(0, FIRST_WEEK).reduce((sum, count) => sum + count, 0) / FIRST_WEEK;
    let sum = 0;
    for (const [week, { alarm, upper }] of (r.weeks.glrnb[at] ?? []).entries()) {
      const expected = { mean, variance: mean + GLRNB.alpha * mean ** 2 };
      sum = cusumStep(sum, expected, counts[FIRST_WEEK + week] ?? 0);
      weeks += 1;
      if (sum >= GLRNB.level === alarm && Math.abs(sum - upper) <= 1e-6 * Math.max(1, sum)) alike += 1;
      if (sum >= GLRNB.level) sum = 0;
    }
  }
  return alike / Math.max(1, weeks);
}
