// Forecasts along a run beside what came: at the alarm and half an hour, one, two, four and eight hours later.

import { infectedBy, type SimulatedRun } from '../../src/range/simulate/simulate.ts';
import { firstAlarm, type Hit } from '../../src/warning/forecast/alarm.ts';
import { type Factors, sizeGroup } from '../../src/warning/forecast/calibration.ts';
import type { HitPoint } from '../../src/warning/forecast/counts.ts';
import { type Estimate, predict } from '../../src/warning/forecast/predict.ts';

export interface ScoredRun {
  readonly hits: readonly Hit[];
  readonly population: number;
  readonly places: number;
  readonly until: number;
  readonly infected: (at: number) => number;
}

export interface Scored {
  readonly afterMin: number;
  readonly aheadMin: number;
  /** Row of the factors that the intervals were stretched by. */
  readonly group: number;
  readonly infected: Estimate;
  readonly cameInfected: number;
  readonly hits: Estimate;
  readonly cameHits: number;
  /** The exponential fit's infected. */
  readonly naive: number;
  readonly tookMs: number;
}

export const REFRESHES_MIN = [0, 30, 60, 120, 240, 480] as const;

/** A worm run of our simulator, ready to be scored. */
export function simulatedWorm(run: SimulatedRun): ScoredRun {
  const { decoys, lists, population, lengthMin } = run.parameters;
  return {
    hits: run.hits,
    population,
    places: decoys * lists,
    until: lengthMin,
    infected: (at) => infectedBy(run, at),
  };
}

/** What is known of a hit beside when, where and by whom. */
export const EVIDENCE = ['nothing more', 'contacts', 'payloads', 'contacts and payloads'] as const;
export type Evidence = (typeof EVIDENCE)[number];

/** The same run with only so much known of its hits. */
export function knowing<Run extends ScoredRun>(run: Run, evidence: Evidence): Run {
  const contacts = evidence.startsWith('contacts');
  const payloads = evidence.endsWith('payloads');
  return {
    ...run,
    hits: run.hits.map(({ at, decoy, sender, contact, payload }) => ({
      ...{ at, decoy, sender },
      ...(contacts && contact === true ? { contact } : {}),
      ...(payloads && payload !== undefined ? { payload } : {}),
    })),
  };
}

export function scoreRun(run: ScoredRun, factors?: Factors): readonly Scored[] {
  const alarm = firstAlarm(run.hits, { since: 0 });
  if (alarm === undefined) return [];
  const same = run.hits.filter(({ payload }) => payload === alarm.payload);
  const points: readonly HitPoint[] = same.map(({ at }) => ({ at, count: 1 }));
  return REFRESHES_MIN.flatMap((afterMin) => {
    const now = alarm.at + afterMin;
    const began = process.cpuUsage();
    const input = {
      hits: points,
      now,
      alarmAt: alarm.at,
      noise: alarm.noise,
      places: run.places,
      gathered: alarm.payload !== undefined,
    };
    const { outlooks } = predict(input, factors);
    const { user, system } = process.cpuUsage(began);
    const tookMs = (user + system) / 1_000;
    return outlooks.flatMap(({ aheadMin, hits, share }) => {
      if (now + aheadMin > run.until) return [];
      const scale = (value: number): number => value * run.population;
      return [
        {
          afterMin,
          aheadMin,
          group: sizeGroup(points.filter(({ at }) => at <= now && at >= alarm.at - 360).length),
          infected: { expected: scale(share.expected), low: scale(share.low), high: scale(share.high) },
          cameInfected: run.infected(now + aheadMin),
          hits,
          cameHits: points.filter(({ at }) => at <= now + aheadMin).length,
          naive: exponentialFit({ ...run, hits: same }, now, aheadMin, alarm.noise.perMin),
          tookMs,
        },
      ];
    });
  });
}

/** The baseline: cumulative hits of the last six hours, noise taken off, as an exponential by least squares of logarithms. */
function exponentialFit(run: ScoredRun, now: number, aheadMin: number, noisePerMin: number): number {
  const from = now - 360;
  const times = run.hits.filter(({ at }) => at >= from && at <= now).map(({ at }) => at);
  const rows = times.map(
    (at, before) => [at - now, Math.log(Math.max(before + 1 - noisePerMin * (at - from), 0.5))] as const,
  );
  const mean = (of: (row: readonly [number, number]) => number): number =>
    rows.reduce((sum, row) => sum + of(row), 0) / rows.length;
  const [x, y] = [mean(([at]) => at), mean(([, log]) => log)];
  const slope =
    mean(([at, log]) => (at - x) * (log - y)) /
    Math.max(
      mean(([at]) => (at - x) ** 2),
      1e-9,
    );
  const hits = Math.exp(y + slope * (aheadMin - x));
  return Math.min((hits * run.population) / run.places, run.population);
}

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
export const log2Error = (expected: number, came: number): number =>
  Math.abs(Math.log2(Math.max(expected, 0.5) / Math.max(came, 0.5)));
export const holds = ({ low, high }: Estimate, came: number): boolean =>
  came >= low * 0.999_999 && came <= high * 1.000_001;
