// All hits of a run in, alarm and forecast out: what `sundew forecast` prints.
import { defined } from '../../core/defined.ts';
import { type AlarmOptions, type Finding, type Hit, type Spread, Watch } from './alarm.ts';
import type { HitPoint } from './counts.ts';
import { type Estimate, type Prediction, predict } from './predict.ts';

/** What is known of the place, for infected accounts beside hits. */
export interface Setting {
  readonly population?: number;
  readonly decoys?: number;
  /** Contact lists that each decoy stands on. */
  readonly lists?: number;
}

/** All of it. */
export type ServiceSize = Readonly<Required<Setting>>;

export interface RunForecast {
  /** Minutes. */
  readonly alarmAt: number | undefined;
  readonly growth: Spread;
  /** Of contagion, an hour: hits ∝ e^(rate × hours); 0 otherwise. */
  readonly rate: number;
  /** The moment that the forecast is made at: the last hit. */
  readonly now: number;
  readonly prediction: Prediction | undefined;
  /** What the alarm is about, where payloads are known. */
  readonly payload?: string;
}

/** @param hits in order of time */
export function forecastRun(hits: readonly Hit[], setting: Setting = {}, options: AlarmOptions = {}): RunForecast {
  const watch = new Watch(options);
  let alarm: (Finding & Pick<Hit, 'payload'>) | undefined;
  let growth: Spread = 'none';
  for (const hit of hits) {
    const finding = watch.add(hit);
    if (finding.spread === 'broadcast') growth = 'broadcast';
    if (finding.spread !== 'self-propagating') continue;
    [alarm, growth] = [{ ...finding, ...defined({ payload: hit.payload }) }, finding.spread];
    break;
  }
  const now = hits.at(-1)?.at ?? 0;
  if (alarm === undefined) return { alarmAt: undefined, growth, rate: 0, now, prediction: undefined };
  const places = placesOf(setting);
  const prediction = predict({
    hits: hits.filter(({ payload }) => payload === alarm.payload).map(({ at }): HitPoint => ({ at, count: 1 })),
    now,
    alarmAt: alarm.at,
    noise: alarm.noise,
    gathered: alarm.payload !== undefined,
    ...(places === undefined ? {} : { places }),
  });
  return { alarmAt: alarm.at, growth, rate: alarm.rate, now, prediction, ...defined({ payload: alarm.payload }) };
}

/** Decoys × lists; `undefined` unless both are known. */
export function placesOf({ decoys, lists }: Setting): number | undefined {
  return decoys === undefined || lists === undefined ? undefined : decoys * lists;
}

/** An estimate of shares as accounts, rounded. */
export function accountsOf({ expected, low, high }: Estimate, population: number): Estimate {
  const [a, b, c] = [expected, low, high].map((share) => Math.round(share * population));
  return { expected: a ?? 0, low: b ?? 0, high: c ?? 0 };
}
