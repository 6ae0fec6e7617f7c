// Outbreaks in series of counts: share detected at one per cent of false alarms, beside R's methods.
import { seededRandom } from '../../../src/range/random.ts';
import { seasonOf } from '../../../src/warning/detect/seasons.ts';
import { createSeriesDetector } from '../../../src/warning/detect/series-detector.ts';
import { drawDesign, playDesign } from '../counts/generate.ts';
import { type Detection, detectionAt, type ScoredSeries, thresholdAt } from '../counts/score.ts';
import { FIRST_WEEK, type OutbreakSeries, outbreakSeries, WEEKS_A_YEAR } from '../counts/series.ts';
import { atLeast, type EvalPart, type Figure } from '../part.ts';
import { alarmLevel, CUSUM_RATE, cusumAlarms, expectations } from '../rivals/nb-cusum.ts';
import { R_METHODS, type RMethod, type Surveillance, surveillance } from '../rivals/surveillance.ts';

const FALSE_ALARMS = 0.01;
const GOAL = 0.55;
const MADE = { series: 1000, seed: 20_130_401 };

export const counts: EvalPart = {
  name: 'counts',
  title: `outbreaks injected into weeks ${FIRST_WEEK} to 311 of 60 weekly series, detected in any of their weeks; then ${MADE.series} series made by the same design with parameters drawn anew`,
  async run(absent) {
    const series = outbreakSeries();
    const r = await surveillance();
    if (r === undefined) absent('R surveillance (Debian r-cran-surveillance)');
    const made = madeSeries();
    return [
      ...ours('', judged(series), GOAL),
      ...(r === undefined ? [] : R_METHODS.flatMap((method) => theirs(r, method, series))),
      ...cusum('', series),
      ...ours('made series: ', judged(made), GOAL),
      ...cusum('made series: ', made),
    ];
  },
};

function madeSeries(): readonly OutbreakSeries[] {
  const random = seededRandom(MADE.seed);
  return Array.from({ length: MADE.series }, () => playDesign(random, drawDesign(random)));
}

function judged(series: readonly OutbreakSeries[]): readonly ScoredSeries[] {
  const detector = createSeriesDetector({ shape: seasonOf(WEEKS_A_YEAR), falseAlarms: FALSE_ALARMS });
  return series.map((one, at) => ({
    scores: one.counts.map((count, week) => detector.observe(`${at}`, week, count)?.p ?? 1).slice(FIRST_WEEK),
    injected: one.injected.slice(FIRST_WEEK),
  }));
}

function ours(which: string, scored: readonly ScoredSeries[], goal: number): readonly Figure[] {
  const equal = detectionAt(scored, thresholdAt(scored, FALSE_ALARMS));
  const stated = detectionAt(scored, FALSE_ALARMS);
  return [
    atLeast(`${which}outbreaks detected at 1 % false alarms`, equal.detected, goal),
    { metric: `${which}weeks with injected cases that are alarms, at 1 %`, value: equal.sensitivity },
    { metric: `${which}weeks from first case to alarm, mean of those detected, at 1 %`, value: equal.delay },
    { metric: `${which}false alarms where 1 % is stated`, value: stated.falseAlarms, as: 'share' },
    { metric: `${which}outbreaks detected where 1 % is stated`, value: stated.detected },
    { metric: `${which}outbreaks`, value: equal.outbreaks, as: 'count' },
  ];
}

function theirs(r: Surveillance, method: RMethod, series: readonly OutbreakSeries[]): readonly Figure[] {
  const rival = `surveillance ${r.version} ${method}`;
  const injected = series.map((one) => one.injected.slice(FIRST_WEEK));
  const weeks = r.weeks[method];
  const alarms = injected.map((one, at) => ({
    scores: (weeks[at] ?? []).map(({ alarm }) => (alarm ? 0 : 1)),
    injected: one,
  }));
  const figures = asShipped(rival, detectionAt(alarms, 0.5));
  if (method !== 'farringtonFlexible') return figures;
  const scored = injected.map((one, at) => ({
    scores: (weeks[at] ?? []).map(({ p, upper }) => (Number.isNaN(upper) || Number.isNaN(p) ? 1 : p)),
    injected: one,
  }));
  const equal = detectionAt(scored, thresholdAt(scored, FALSE_ALARMS));
  return [{ metric: 'outbreaks detected at 1 % false alarms', value: equal.detected, rival }, ...figures];
}

function asShipped(rival: string, { detected, falseAlarms, sensitivity, delay }: Detection): readonly Figure[] {
  return [
    { metric: 'outbreaks detected by its own threshold', value: detected, rival },
    { metric: 'false alarms by its own threshold', value: falseAlarms, rival, as: 'share' },
    { metric: 'weeks with injected cases that are alarms', value: sensitivity, rival },
    { metric: 'weeks from first case to alarm', value: delay, rival },
  ];
}

/** Cumulative sums on our own baseline, with the alarm level of each series by simulation, then with all levels moved to 1 %. */
function cusum(which: string, series: readonly OutbreakSeries[]): readonly Figure[] {
  const random = seededRandom(MADE.seed + 1);
  const prepared = series.flatMap(({ counts, injected }) => {
    const expected = expectations(seasonOf(WEEKS_A_YEAR), counts).slice(FIRST_WEEK);
    const [first] = expected;
    if (first === undefined) return [];
    const level = alarmLevel(random, first, 1 / FALSE_ALARMS);
    return [{ expected, level, counts: counts.slice(FIRST_WEEK), injected: injected.slice(FIRST_WEEK) }];
  });
  const at = (scale: number): Detection =>
    detectionAt(
      prepared.map(({ expected, level, counts, injected }) => ({
        scores: cusumAlarms(expected, counts, level * scale).map((alarm) => (alarm ? 0 : 1)),
        injected,
      })),
      0.5,
    );
  let [low, high] = [0.1, 10];
  for (let halving = 0; halving < 20; halving += 1) {
    const middle = Math.sqrt(low * high);
    if (at(middle).falseAlarms > FALSE_ALARMS) low = middle;
    else high = middle;
  }
  const rival = `NB-CUSUM of rate × ${CUSUM_RATE} on our baseline`;
  const equal = { metric: `${which}outbreaks detected at 1 % false alarms`, value: at(high).detected, rival };
  return [equal, ...asShipped(rival, at(1)).map((figure) => ({ ...figure, metric: `${which}${figure.metric}` }))];
}
