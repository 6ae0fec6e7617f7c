// A campaign's hits as the forecast wants them: kept with its watch, told as contagion or broadcast, and looked ahead from.
import { defined } from '../core/defined.ts';
import type { CampaignTouch } from '../knowledge/types.ts';
import { band } from './band.ts';
import { type ArrivalLog, addArrival, contactsIn, emptyLog, MIN_CONTACTS, UNSEEN_MIN } from './forecast/alarm.ts';
import { addToTally, type HitPoint } from './forecast/counts.ts';
import { accountsOf, placesOf, type ServiceSize } from './forecast/forecast.ts';
import { type Estimate, predict } from './forecast/predict.ts';
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
  const { anchorMs, arrivals, tally } = state ?? { anchorMs: touch.atMs, arrivals: emptyLog(-UNSEEN_MIN), tally: [] };
  const at = Math.round((touch.atMs - anchorMs) / (MINUTE / 1_000)) / 1_000;
  return {
    anchorMs,
    arrivals: addArrival(arrivals, { at, contact: touch.contact === true, newSender: touch.newSender }),
    tally: addToTally(tally, at),
  };
}

/** How the campaign spreads; `undefined` while nobody can tell. */
export function propagationOf(state: PropagationState | undefined): Propagation | undefined {
  const spread = state?.arrivals.finding.spread;
  return spread === undefined || spread === 'none' ? undefined : spread;
}

/** The same, as part of what stands. */
export const spreadOf = (state: PropagationState | undefined): { readonly propagation?: Propagation } =>
  defined({ propagation: propagationOf(state) });

/** Why it is thought to spread by itself; `undefined` unless it is. */
export function reasonOfPropagation(state: PropagationState | undefined): string | undefined {
  if (state === undefined || propagationOf(state) !== 'self-propagating') return undefined;
  const contacts = contactsIn(state.arrivals);
  return contacts >= MIN_CONTACTS
    ? `spread: ${band(contacts)} senders had the decoy that they wrote to on their contact list long before`
    : 'spread: new senders come as they do when whoever is hit hits others';
}

/**
 * The forecast at the campaign's clock; `undefined` unless it is contagion. The same state, the same forecast.
 * @param size of the service, for infected accounts beside hits
 */
export function forecastOf(state: PropagationState | undefined, size?: ServiceSize): WarningForecast | undefined {
  if (state === undefined || state.arrivals.finding.spread !== 'self-propagating') return undefined;
  const { anchorMs, arrivals, tally } = state;
  const { at, rate, noise } = arrivals.finding;
  const places = size === undefined ? undefined : placesOf(size);
  const input = {
    hits: tally,
    now: arrivals.now,
    alarmAt: at,
    noise,
    gathered: true,
    ...(places === undefined ? {} : { places }),
  };
  const { outlooks, peakAt, finalHits, finalShare, nowShare } = predict(input);
  const accounts = (share: Estimate) => (size === undefined ? undefined : accountsOf(share, size.population));
  const timeOf = (minute: number): string => new Date(Math.round(anchorMs + minute * MINUTE)).toISOString();
  return {
    madeAt: timeOf(arrivals.now),
    alarmAt: timeOf(at),
    rate: Math.round(rate * 1_000) / 1_000,
    hits: tally.reduce((sum, { count }) => sum + count, 0),
    peakAt: timeOf(peakAt.expected),
    peakFrom: timeOf(peakAt.low),
    peakTo: timeOf(peakAt.high),
    final: wholeOf(finalHits),
    ...(size === undefined
      ? {}
      : {
          infected: {
            population: size.population,
            now: accountsOf(nowShare, size.population),
            final: accountsOf(finalShare, size.population),
          },
        }),
    outlooks: outlooks.map(({ aheadMin, hits, share }) => ({
      at: timeOf(arrivals.now + aheadMin),
      aheadMin,
      ...wholeOf(hits),
      ...defined({ infected: accounts(share) }),
    })),
  };
}

const wholeOf = ({ expected, low, high }: Estimate): Estimate => ({
  expected: Math.round(expected),
  low: Math.floor(low),
  high: Math.ceil(high),
});
