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

/** Follows hits in order of time and says what they are at each; of bounded size but for the set of senders. */
export class Watch {
  /** First touches of new senders, each standing for `#each` of them. */
  #recent: number[] = [];
  #each = 1;
  #fresh = 0;
  readonly #senders = new Set<string>();
  readonly #leastOdds: number;
  #since: number | undefined;
  #older = 0;

  constructor(options: AlarmOptions = {}) {
    this.#since = options.since;
    this.#leastOdds = options.leastOdds ?? LEAST_ODDS;
  }

  /** @param hit not before the one added last */
  add(hit: Hit): Finding {
    this.#since ??= hit.at;
    if (!this.#senders.has(hit.sender)) {
      this.#senders.add(hit.sender);
      this.#fresh += 1;
      if (this.#fresh % this.#each === 0) this.#recent.push(hit.at);
    }
    while (this.#recent.length > 0 && hit.at - (this.#recent[0] ?? 0) > RECENT_MIN) {
      this.#recent.shift();
      this.#older += this.#each;
    }
    if (this.#recent.length > MAX_LOOKED_AT) {
      this.#recent = this.#recent.filter((_, at) => at % 2 === 1);
      this.#each *= 2;
    }
    return this.#judge(hit.at, this.#since);
  }

  #judge(at: number, since: number): Finding {
    const quietMin = Math.max(at - RECENT_MIN - since, 0);
    const weight = this.#older + NOISE_SENDERS;
    const noise = { perMin: weight / (quietMin + NOISE_MIN), weight };
    if (this.#recent.length < MIN_SENDERS) return { at, spread: 'none', rate: 0, noise };
    const odds = shapeOdds(this.#recent, at, noise.perMin / this.#each, Math.max(since, at - RECENT_MIN));
    if (odds.contagion >= this.#leastOdds) return { at, spread: 'self-propagating', rate: odds.rate, noise };
    return { at, spread: odds.something >= BURST_ODDS ? 'broadcast' : 'none', rate: 0, noise };
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
