// Is it contagion, a list worked through, or chance? Three explanations of when new senders first touched decoys, weighed
// by Bayes' rule: hits that grow by a constant factor, hits that set in and stay level, and the noise that is always there.
// Where decoys know who had them on the contact list, so much the better: contagion comes from there, strangers do the rest.
import { CONTACTS_OF_CONTAGION, CONTACTS_OF_LEVEL, contactRatio, type Share } from './contact-shares.ts';

/** How many senders are looked at; of more, every second one is (the shape stays, the odds grow more slowly). */
export const MAX_LOOKED_AT = 64;

export interface ShapeOdds {
  /** Natural logarithm of the odds of contagion against level hits and noise together. */
  readonly contagion: number;
  /** The same of anything but noise. */
  readonly something: number;
  /** Growth of contagion, most likely, an hour: hits ∝ e^(rate × hours). */
  readonly rate: number;
}

const LN2 = Math.log(2);
/** Doubling times of contagion that are thought possible, in minutes; evenly spread in their logarithm. */
const DOUBLINGS = logSpaced(0.7, 90, 12);
/** Contagion's hits up to now, as expected. */
const REACHED = logSpaced(1.5, 150, 12);
/** Level hits, a minute. */
const LEVELS = logSpaced(2 / 60, 6, 16);
/** Outbreaks and bursts begin once in so many minutes each. */
const RARITY_MIN = 20_000;

/** A sender's first touch. */
export interface Arrival {
  /** Minutes. */
  readonly at: number;
  /** The sender had the decoy on its contact list before. */
  readonly contact: boolean;
}

/**
 * @param arrivals ascending, `MAX_LOOKED_AT` at most
 * @param now minutes; not before the last of them
 * @param noisePerMin of such arrivals, by chance alone
 * @param since minutes; nothing before it is in `arrivals`
 */
export function shapeOdds(arrivals: readonly Arrival[], now: number, noisePerMin: number, since: number): ShapeOdds {
  // Many networks do not tell a decoy whose lists it stands on: only that some sender had it there says anything.
  const seen = arrivals.some(({ contact }) => contact);
  const length = now - since;
  const marked = (shares: readonly Share[], weigh: (hits: readonly Hit[]) => Weight): Weight =>
    seen
      ? mixed(shares.map((share) => ({ share, weight: weigh(hitsOf(arrivals, now, noisePerMin, share.contacts)) })))
      : weigh(hitsOf(arrivals, now, noisePerMin));
  const { total: contagion, rate } = marked(CONTACTS_OF_CONTAGION, (hits) => contagionWeight(hits, length));
  const { total: level } = marked(CONTACTS_OF_LEVEL, (hits) => ({ total: levelWeight(hits, length), rate: 0 }));
  const [w, f] = [contagion - Math.log(RARITY_MIN), level - Math.log(RARITY_MIN)];
  return { contagion: w - logAdd(f, 0), something: logAdd(w, f), rate: rate * 60 };
}

/** An arrival as one explanation sees it. */
interface Hit {
  /** Minutes ago. */
  readonly age: number;
  /** What one such hit a minute adds to what noise lets one expect, as a multiple of it. */
  readonly gain: number;
}

interface Weight {
  /** Logarithm. */
  readonly total: number;
  /** A minute, most likely. */
  readonly rate: number;
}

function hitsOf(arrivals: readonly Arrival[], now: number, noise: number, contacts?: number): readonly Hit[] {
  return arrivals.map(({ at, contact }) => ({
    age: now - at,
    gain: (contacts === undefined ? 1 : contactRatio(contact, contacts)) / noise,
  }));
}

function mixed(parts: readonly { readonly share: Share; readonly weight: Weight }[]): Weight {
  const logs = parts.map(({ share, weight }) => ({ log: weight.total + Math.log(share.weight), rate: weight.rate }));
  const total = logs.reduce((sum, { log }) => logAdd(sum, log), Number.NEGATIVE_INFINITY);
  const best = logs.reduce((a, b) => (b.log > a.log ? b : a));
  return { total, rate: best.rate };
}

/** Likelihood, against noise alone, of hits that double all the time; over when they began and how fast they double. */
function contagionWeight(hits: readonly Hit[], length: number): Weight {
  let total = Number.NEGATIVE_INFINITY;
  let [best, rate] = [Number.NEGATIVE_INFINITY, 0];
  const step = Math.log((REACHED[1] ?? 1) / (REACHED[0] ?? 1));
  for (const doubling of DOUBLINGS) {
    const growth = LN2 / doubling;
    const shares = hits.map(({ age, gain }) => growth * Math.exp(-growth * age) * gain);
    const whole = 1 - Math.exp(-growth * length);
    for (const reached of REACHED) {
      let log = Math.log(step / growth / DOUBLINGS.length) - reached * whole;
      for (const share of shares) log += Math.log1p(reached * share);
      total = logAdd(total, log);
      if (log > best) [best, rate] = [log, growth];
    }
  }
  return { total, rate };
}

/** The same of hits that set in between two of those seen, or just before the first, and stay level. */
function levelWeight(hits: readonly Hit[], length: number): number {
  let total = Number.NEGATIVE_INFINITY;
  for (const level of LEVELS) {
    let gained = 0;
    for (let first = hits.length - 1; first >= 0; first -= 1) {
      const { age, gain } = hits[first] ?? { age: 0, gain: 0 };
      gained += Math.log1p(level * gain);
      const gap = (hits[first - 1]?.age ?? length) - age;
      const began = (1 - Math.exp(-level * Math.max(gap, 0))) / level;
      total = logAdd(total, gained - level * age + Math.log(Math.max(began, 1e-12) / LEVELS.length));
    }
  }
  return total;
}

function logAdd(a: number, b: number): number {
  const most = Math.max(a, b);
  return most === Number.NEGATIVE_INFINITY ? most : most + Math.log(Math.exp(a - most) + Math.exp(b - most));
}

function logSpaced(from: number, to: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, at) => from * (to / from) ** (at / (count - 1)));
}
