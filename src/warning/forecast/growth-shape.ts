// Is it contagion, a list worked through, or chance? Three explanations of when new senders first touched decoys, weighed
// by Bayes' rule: hits that grow by a constant factor, hits that set in and stay level, and the noise that is always there.

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

/**
 * @param times minutes at which a sender was first seen, ascending, `MAX_LOOKED_AT` at most
 * @param now minutes; not before the last of `times`
 * @param noisePerMin of such times, by chance alone
 * @param since minutes; no time before it is in `times`
 */
export function shapeOdds(times: readonly number[], now: number, noisePerMin: number, since: number): ShapeOdds {
  const ages = times.map((time) => now - time);
  const { total: contagion, rate } = contagionWeight(ages, now - since, noisePerMin);
  const level = levelWeight(ages, now - since, noisePerMin);
  const [w, f] = [contagion - Math.log(RARITY_MIN), level - Math.log(RARITY_MIN)];
  return { contagion: w - logAdd(f, 0), something: logAdd(w, f), rate: rate * 60 };
}

/** Likelihood, against noise alone, of hits that double all the time; over when they began and how fast they double. */
function contagionWeight(
  ages: readonly number[],
  length: number,
  noise: number,
): { readonly total: number; readonly rate: number } {
  let total = Number.NEGATIVE_INFINITY;
  let [best, rate] = [Number.NEGATIVE_INFINITY, 0];
  const step = Math.log((REACHED[1] ?? 1) / (REACHED[0] ?? 1));
  for (const doubling of DOUBLINGS) {
    const growth = LN2 / doubling;
    const shares = ages.map((age) => (growth * Math.exp(-growth * age)) / noise);
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
function levelWeight(ages: readonly number[], length: number, noise: number): number {
  let total = Number.NEGATIVE_INFINITY;
  for (const [first, age] of ages.entries()) {
    const count = ages.length - first;
    const gap = (ages[first - 1] ?? length) - age;
    for (const level of LEVELS) {
      const began = (1 - Math.exp(-level * Math.max(gap, 0))) / level;
      const log = count * Math.log1p(level / noise) - level * age + Math.log(Math.max(began, 1e-12) / LEVELS.length);
      total = logAdd(total, log);
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
