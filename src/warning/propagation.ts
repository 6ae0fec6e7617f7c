// A campaign's hits as the forecast wants them: kept with its watch, told as contagion or broadcast, and looked ahead from.
import type { CampaignTouch } from '../knowledge/types.ts';
import { type ArrivalLog, addArrival, emptyLog } from './forecast/alarm.ts';
import { addToTally, type HitPoint } from './forecast/counts.ts';
import { predict } from './forecast/predict.ts';
import type { Propagation, WarningForecast } from './types.ts';

/** Bounded; minutes count from `anchorMs`, the first capture recorded. */
export interface PropagationState {
  readonly anchorMs: number;
  readonly arrivals: ArrivalLog;
  readonly tally: readonly HitPoint[];
}

const MINUTE = 60_000;

/** Adds one capture. */
export function addToPropagation(state: PropagationState | undefined, touch: CampaignTouch): PropagationState {
  const { anchorMs, arrivals, tally } = state ?? { anchorMs: touch.atMs, arrivals: emptyLog(0), tally: [] };
  const at = Math.round((touch.atMs - anchorMs) / (MINUTE / 1_000)) / 1_000;
  return { anchorMs, arrivals: addArrival(arrivals, at, touch.newSender), tally: addToTally(tally, at) };
}

/** How the campaign spreads; `undefined` while nobody can tell. */
export function propagationOf(state: PropagationState | undefined): Propagation | undefined {
  const spread = state?.arrivals.finding.spread;
  return spread === undefined || spread === 'none' ? undefined : spread;
}

/** The forecast of hits at the campaign's clock; `undefined` unless it is contagion. The same state, the same forecast. */
export function forecastOf(state: PropagationState | undefined): WarningForecast | undefined {
  if (state === undefined || state.arrivals.finding.spread !== 'self-propagating') return undefined;
  const { anchorMs, arrivals, tally } = state;
  const { at, rate, noise } = arrivals.finding;
  const { outlooks, peakAt } = predict({ hits: tally, now: arrivals.now, alarmAt: at, noise });
  const timeOf = (minute: number): string => new Date(Math.round(anchorMs + minute * MINUTE)).toISOString();
  return {
    madeAt: timeOf(arrivals.now),
    alarmAt: timeOf(at),
    rate: Math.round(rate * 1_000) / 1_000,
    hits: tally.reduce((sum, { count }) => sum + count, 0),
    peakAt: timeOf(peakAt.expected),
    outlooks: outlooks.map(({ aheadMin, hits }) => ({
      at: timeOf(arrivals.now + aheadMin),
      aheadMin,
      expected: Math.round(hits.expected),
      low: Math.floor(hits.low),
      high: Math.ceil(hits.high),
    })),
  };
}
