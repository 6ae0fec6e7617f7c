// When hits on decoys call for an alarm: hit by hit, from times and senders alone.
import { MAX_LOOKED_AT, shapeOdds } from './growth-shape.ts';
import type { NoiseKnown } from './posterior.ts';

/** One message to one decoy; `at` in minutes, from any origin. */
export interface Hit {
  readonly at: number;
  readonly decoy: string;
  readonly sender: string;
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

/** Fewer senders than this are never an outbreak. */
export const MIN_SENDERS = 3;
/** Odds of contagion against all else from which it is told, weighed at every hit anew (docs/warning.md says why 80). */
const LEAST_ODDS = Math.log(80);
/** Odds against mere noise from which hits are called a burst. */
const BURST_ODDS = Math.log(20);
/** Hits younger than this may be the outbreak, and do not count as noise. */
const RECENT_MIN = 360;
/** What is known of noise before anything is: half a sender in an hour. */
const NOISE_SENDERS = 0.5;
const NOISE_MIN = 60;

export interface AlarmOptions {
  /** Minutes since which the decoys have listened; the first hit unless told. */
  readonly since?: number;
  readonly leastOdds?: number;
}

/** What is remembered of hits to tell contagion; bounded, plain JSON. Times are minutes. */
export interface ArrivalLog {
  /** Since when hits are listened to. */
  readonly since: number;
  readonly now: number;
  /** First touches of new senders, ascending, each standing for `each` of them. */
  readonly times: readonly number[];
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
  return { since, now: since, times: [], each: 1, fresh: 0, older: 0, finding };
}

/** Adds one hit; one that comes late is put where it belongs, and does not turn the clock back. */
export function addArrival(log: ArrivalLog, at: number, newSender: boolean, leastOdds = LEAST_ODDS): ArrivalLog {
  const now = Math.max(log.now, at);
  const fresh = log.fresh + (newSender ? 1 : 0);
  const taken = newSender && fresh % log.each === 0;
  if (!taken || log.finding.spread === 'self-propagating') return { ...log, now, fresh };
  const place = log.times.findLastIndex((time) => time <= at) + 1;
  const all = log.times.toSpliced(place, 0, at);
  const recent = all.filter((time) => now - time <= RECENT_MIN);
  const older = log.older + (all.length - recent.length) * log.each;
  const full = recent.length > MAX_LOOKED_AT;
  const times = full ? recent.filter((_, number) => number % 2 === 1) : recent;
  const next = { ...log, now, fresh, older, times, each: full ? log.each * 2 : log.each };
  return { ...next, finding: judge(next, leastOdds) };
}

function judge({ since, now, times, each, older }: ArrivalLog, leastOdds: number): Finding {
  const noise = noiseOf(older, Math.max(now - RECENT_MIN - since, 0));
  const none = { at: now, spread: 'none', rate: 0, noise } as const;
  if (times.length < MIN_SENDERS) return none;
  const odds = shapeOdds(
    times,
    now,
    noise.perMin / each,
    Math.max(Math.min(since, times[0] ?? since), now - RECENT_MIN),
  );
  if (odds.contagion >= leastOdds) return { at: now, spread: 'self-propagating', rate: odds.rate, noise };
  return odds.something >= BURST_ODDS ? { ...none, spread: 'broadcast' } : none;
}

function noiseOf(senders: number, quietMin: number): NoiseKnown {
  const weight = senders + NOISE_SENDERS;
  return { perMin: weight / (quietMin + NOISE_MIN), weight };
}

/** Follows hits in order of time and says what they are at each. */
export class Watch {
  readonly #senders = new Set<string>();
  readonly #leastOdds: number | undefined;
  #log: ArrivalLog | undefined;

  constructor(options: AlarmOptions = {}) {
    this.#leastOdds = options.leastOdds;
    this.#log = options.since === undefined ? undefined : emptyLog(options.since);
  }

  /** @param hit not before the one added last */
  add({ at, sender }: Hit): Finding {
    const fresh = !this.#senders.has(sender);
    this.#senders.add(sender);
    this.#log = addArrival(this.#log ?? emptyLog(at), at, fresh, this.#leastOdds);
    return this.#log.finding;
  }
}

/** The first alarm of contagion among hits in order of time, if there is one. */
export function firstAlarm(hits: Iterable<Hit>, options: AlarmOptions = {}): Finding | undefined {
  const watch = new Watch(options);
  for (const hit of hits) {
    const finding = watch.add(hit);
    if (finding.spread === 'self-propagating') return finding;
  }
  return undefined;
}
