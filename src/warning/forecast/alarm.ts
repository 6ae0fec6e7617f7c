// When hits on decoys call for an alarm: hit by hit, from times, senders, and whose contact lists the decoys stood on.
import { type Arrival, MAX_LOOKED_AT, shapeOdds } from './growth-shape.ts';
import type { NoiseKnown } from './posterior.ts';

/** One message to one decoy; `at` in minutes, from any origin. */
export interface Hit {
  readonly at: number;
  readonly decoy: string;
  readonly sender: string;
  /** The sender had the decoy on its contact list long before; absent: not so, or not known. */
  readonly contact?: true;
  /** Token of what was sent; hits with another one are no evidence for this one. Absent: nothing is known of payloads. */
  readonly payload?: string;
}

export const SPREADS = ['self-propagating', 'broadcast', 'none'] as const;
export type Spread = (typeof SPREADS)[number];

/** What the hits up to `at` amount to. */
export interface Finding {
  readonly at: number;
  readonly spread: Spread;
  /** Growth an hour of contagion: hits ∝ e^(rate × hours). */
  readonly rate: number;
  /** What was known of noise, in new senders. */
  readonly noise: NoiseKnown;
}

/** Fewer senders than this are never an outbreak, nor fewer who had the decoy on their list. */
export const MIN_SENDERS = 3;
export const MIN_CONTACTS = 2;
/** Odds of contagion against all else from which it is told, weighed at every hit anew (docs/warning.md says why). */
const LEAST_ODDS = Math.log(80);
/** The same where enough senders had the decoy on their list: what a sender is errs less than the shape of growth does. */
const LEAST_ODDS_OF_CONTACTS = Math.log(20);
/** Odds against mere noise from which hits are called a burst. */
const BURST_ODDS = Math.log(20);
/** Hits younger than this may be the outbreak, and do not count as noise. */
const RECENT_MIN = 360;
/**
 * What is new is thought not to have come for so long before. Without time before the first hit a level burst could not
 * have begun just then, and all would look like growth.
 */
export const UNSEEN_MIN = 720;
/** What is known of noise before anything is: half a sender in an hour. */
const NOISE_SENDERS = 0.5;
const NOISE_MIN = 60;

export interface AlarmOptions {
  /** Minutes since which the decoys have listened; `UNSEEN_MIN` before the first hit unless told. */
  readonly since?: number;
}

/** What is remembered of hits to tell contagion; bounded, plain JSON. Times are minutes. */
export interface ArrivalLog {
  /** Since when hits are listened to. */
  readonly since: number;
  readonly now: number;
  /** First touches of new senders, ascending, each standing for `each` of them. */
  readonly times: readonly number[];
  /** For each of `times`, whether that sender had the decoy on its list; absent in logs of versions that did not know. */
  readonly contacts?: readonly boolean[];
  readonly each: number;
  /** New senders so far, and how many of them are old enough to be noise. */
  readonly fresh: number;
  readonly older: number;
  /** What the hits amount to so far; contagion once told stays. */
  readonly finding: Finding;
}

/** Before the first hit. */
export function emptyLog(since: number): ArrivalLog {
  const finding = { at: since, spread: 'none', rate: 0, noise: noiseOf(0, 0) } as const;
  return { since, now: since, times: [], contacts: [], each: 1, fresh: 0, older: 0, finding };
}

/** A hit as it is added. */
export interface NewHit extends Arrival {
  readonly newSender: boolean;
}

/** Adds one hit; one that comes late is put where it belongs, and does not turn the clock back. */
export function addArrival(log: ArrivalLog, hit: NewHit): ArrivalLog {
  const now = Math.max(log.now, hit.at);
  const fresh = log.fresh + (hit.newSender ? 1 : 0);
  const taken = hit.newSender && fresh % log.each === 0;
  if (!taken || log.finding.spread === 'self-propagating') return { ...log, now, fresh };
  const known = arrivalsOf(log);
  const all = known.toSpliced(known.findLastIndex(({ at }) => at <= hit.at) + 1, 0, hit);
  const recent = all.filter(({ at }) => now - at <= RECENT_MIN);
  const older = log.older + (all.length - recent.length) * log.each;
  const full = recent.length > MAX_LOOKED_AT;
  const kept = full ? recent.filter((_, number) => number % 2 === 1) : recent;
  const each = full ? log.each * 2 : log.each;
  const next = { ...log, now, fresh, older, each, times: kept.map(({ at }) => at), contacts: kept.map(isContact) };
  return { ...next, finding: judge(next, kept) };
}

const arrivalsOf = ({ times, contacts }: ArrivalLog): readonly Arrival[] =>
  times.map((at, number) => ({ at, contact: contacts?.[number] ?? false }));

const isContact = ({ contact }: Arrival): boolean => contact;

/** Of the senders that are remembered, how many had the decoy on their list. */
export const contactsIn = ({ contacts = [] }: ArrivalLog): number => contacts.filter(Boolean).length;

function judge({ since, now, each, older }: ArrivalLog, kept: readonly Arrival[]): Finding {
  const noise = noiseOf(older, Math.max(now - RECENT_MIN - since, 0));
  const none = { at: now, spread: 'none', rate: 0, noise } as const;
  const byContacts = kept.filter(isContact).length >= MIN_CONTACTS;
  if (kept.length < MIN_SENDERS && !byContacts) return none;
  const from = Math.max(Math.min(since, kept[0]?.at ?? since), now - RECENT_MIN);
  const odds = shapeOdds(kept, now, noise.perMin / each, from);
  if (odds.contagion >= (byContacts ? LEAST_ODDS_OF_CONTACTS : LEAST_ODDS))
    return { at: now, spread: 'self-propagating', rate: odds.rate, noise };
  return odds.something >= BURST_ODDS ? { ...none, spread: 'broadcast' } : none;
}

function noiseOf(senders: number, quietMin: number): NoiseKnown {
  const weight = senders + NOISE_SENDERS;
  return { perMin: weight / (quietMin + NOISE_MIN), weight };
}

/** Follows hits in order of time, payload by payload, and says what they are at each. */
export class Watch {
  readonly #senders = new Set<string>();
  readonly #logs = new Map<string, ArrivalLog>();
  #since: number | undefined;

  constructor(options: AlarmOptions = {}) {
    this.#since = options.since;
  }

  /** @param hit not before the one added last @returns what hits with its payload are */
  add({ at, sender, payload = '', contact }: Hit): Finding {
    this.#since ??= at - UNSEEN_MIN;
    const key = `${payload}\n${sender}`;
    const newSender = !this.#senders.has(key);
    this.#senders.add(key);
    const log = addArrival(this.#logs.get(payload) ?? emptyLog(this.#since), {
      at,
      contact: contact === true,
      newSender,
    });
    this.#logs.set(payload, log);
    return log.finding;
  }
}

/** The first alarm of contagion among hits in order of time, if there is one, with the payload that it is about. */
export function firstAlarm(
  hits: Iterable<Hit>,
  options: AlarmOptions = {},
): (Finding & { readonly payload: string | undefined }) | undefined {
  const watch = new Watch(options);
  for (const hit of hits) {
    const finding = watch.add(hit);
    if (finding.spread === 'self-propagating') return { ...finding, payload: hit.payload };
  }
  return undefined;
}
