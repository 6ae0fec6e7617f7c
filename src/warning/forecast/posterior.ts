// Which of the played outbreaks, how fast and since when, fits the hits: a fixed number of chains drawn from the posterior.
// Deterministic: chance is seeded by nothing but the number of the draw.
import type { Random } from '../../core/clock.ts';
import { seededRandom } from '../../core/seeded-random.ts';
import type { BinnedHits } from './counts.ts';
import { type CurveLibrary, LEVELS, sharesAt } from './curves.ts';

/** One explanation of the hits. */
export interface Particle {
  /** Of the library. */
  readonly curve: number;
  /** Minutes that one unit of the curve takes: the median delay from message to infection. */
  readonly scale: number;
  /** Minutes at which the curve has its time 0. */
  readonly origin: number;
  /** Contact lists that decoys stand on: hits when all are infected. */
  readonly places: number;
  /** Hits a minute that are no contagion. */
  readonly noise: number;
}

/** What is known of noise before the outbreak, as a gamma distribution. */
export interface NoiseKnown {
  readonly perMin: number;
  /** Shape: about the hits of noise that were counted. */
  readonly weight: number;
}

export interface Evidence {
  readonly hits: BinnedHits;
  readonly now: number;
  readonly noise: NoiseKnown;
  /** Hits when all are infected, from the fewest to the most that are possible; a wide range when it is not known. */
  readonly places: readonly [low: number, high: number] | undefined;
}

const SCREENED = 1_000;
const CHAINS = 160;
const STEPS = 18;
const SCALES = [0.5, 240] as const;
/** Places are supposed to lie between the hits seen and so many times as many. */
const MOST_PLACES = 200;
/** Counts of a real outbreak wander more than Poisson's; likelihoods are taken to the power of its inverse. */
const DISPERSION = 1.15;

/** @returns `CHAINS` particles, each as likely as the next */
export function posterior(library: CurveLibrary, evidence: Evidence): readonly Particle[] {
  const random = seededRandom(1);
  const weigh = weigher(library, evidence);
  const screened: Particle[] = [];
  const logs: number[] = [];
  for (let draw = 0; draw < SCREENED; draw += 1) {
    const particle = propose(library, evidence, random);
    screened.push(particle);
    logs.push(weigh(particle));
  }
  const chosen = resample(logs, random);
  return chosen.map((at) =>
    walk(screened[at] ?? propose(library, evidence, random), { library, evidence, random, weigh }),
  );
}

type Weigh = (particle: Particle) => number;

function weigher(library: CurveLibrary, { hits, noise: known }: Evidence): Weigh {
  const { edges, counts } = hits;
  const [times, shares] = [new Float64Array(edges.length), new Float64Array(edges.length)];
  return ({ curve, scale, origin, places, noise }) => {
    for (let at = 0; at < edges.length; at += 1) times[at] = ((edges[at] ?? 0) - origin) / scale;
    sharesAt(library, curve, times, shares);
    let log = 0;
    for (let bin = 0; bin < counts.length; bin += 1) {
      const width = (edges[bin + 1] ?? 0) - (edges[bin] ?? 0);
      const mean = places * ((shares[bin + 1] ?? 0) - (shares[bin] ?? 0)) + noise * width;
      log += (counts[bin] ?? 0) * Math.log(Math.max(mean, 1e-9)) - mean;
    }
    return log / DISPERSION + known.weight * (Math.log(noise / known.perMin) - noise / known.perMin);
  };
}

/** A first guess: one that has grown to about the hits seen, or one that is nearly over and began among them. */
function propose(library: CurveLibrary, evidence: Evidence, random: Random): Particle {
  const scale = SCALES[0] * (SCALES[1] / SCALES[0]) ** random();
  const { hits, now, noise: known } = evidence;
  const [from = now] = hits.edges;
  const noise = known.perMin * Math.exp((random() + random() - 1) / Math.sqrt(known.weight));
  const excess = Math.max(hits.total - noise * (now - from), 1);
  const [fewest, most] = placesRange(evidence);
  const places = fewest === most ? most : fewest * (most / fewest) ** random();
  const share = (excess / places) * Math.exp((random() - 0.5) * (0.3 + 3 / Math.sqrt(excess)));
  if (random() < 0.3) {
    const curve = curveWith(library, share);
    const origin = hits.edges[Math.floor(random() * 0.7 * hits.edges.length)] ?? now;
    return { curve, scale, origin, places, noise };
  }
  const curve = Math.floor(random() * library.count);
  const time = timeOf(library, curve, Math.min(share / (library.finals[curve] ?? 1), 0.997));
  return { curve, scale, origin: now - scale * time, places, noise };
}

/** The first curve whose final size is this share or more. */
function curveWith({ finals, count }: CurveLibrary, share: number): number {
  let [low, high] = [0, count - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((finals[middle] ?? 1) >= share) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Time of a curve at which this share of its final size is reached. */
function timeOf({ times }: CurveLibrary, curve: number, share: number): number {
  const first = curve * LEVELS.length;
  const above = LEVELS.findIndex((level) => level >= share);
  if (above <= 0) {
    const [low = 0.001, high = 0.002] = [LEVELS[0], LEVELS[4]];
    const growth = Math.log(high / low) / Math.max((times[first + 4] ?? 0) - (times[first] ?? 0), 0.01);
    return (times[first] ?? 0) + Math.log(share / low) / growth;
  }
  const [low, high] = [LEVELS[above - 1] ?? 0, LEVELS[above] ?? 1];
  const [from, until] = [times[first + above - 1] ?? 0, times[first + above] ?? 0];
  return from + ((until - from) * (share - low)) / (high - low);
}

/** Systematic resampling, weights softened until a tenth of the chains differ. */
function resample(logs: readonly number[], random: Random): readonly number[] {
  const most = Math.max(...logs);
  let weights: readonly number[] = [];
  for (let heat = 1; heat < 1e6; heat *= 1.6) {
    weights = logs.map((log) => Math.exp((log - most) / heat));
    const sum = weights.reduce((a, b) => a + b, 0);
    const squares = weights.reduce((a, b) => a + b * b, 0);
    if ((sum * sum) / squares >= CHAINS / 8) break;
  }
  const total = weights.reduce((a, b) => a + b, 0);
  const chosen: number[] = [];
  let [passed, at] = [weights[0] ?? 0, 0];
  const offset = random();
  for (let chain = 0; chain < CHAINS; chain += 1) {
    const target = ((chain + offset) / CHAINS) * total;
    while (passed < target && at < weights.length - 1) {
      at += 1;
      passed += weights[at] ?? 0;
    }
    chosen.push(at);
  }
  return chosen;
}

interface Walk {
  readonly library: CurveLibrary;
  readonly evidence: Evidence;
  readonly random: Random;
  readonly weigh: Weigh;
}

/** Metropolis steps of many sizes, so that both a vague and a sharp posterior are walked through. */
function walk(start: Particle, on: Walk): Particle {
  let particle = start;
  let log = on.weigh(particle);
  for (let step = 0; step < STEPS; step += 1) {
    const { moved, logJacobian } = move(particle, step, on);
    if (moved === undefined) continue;
    const there = on.weigh(moved);
    if (Math.log(1 - on.random()) < there - log + logJacobian) [particle, log] = [moved, there];
  }
  return particle;
}

interface Move {
  readonly moved: Particle | undefined;
  readonly logJacobian: number;
}

/** One number changed; which one, by turns. */
function move(from: Particle, step: number, { library, evidence, random }: Walk): Move {
  const size = (random() - 0.5) * 2 * 0.02 ** random();
  switch (step % 6) {
    case 0: {
      const curve = from.curve + Math.round(0.4 * library.count * size);
      return plain(curve < 0 || curve >= library.count ? undefined : { ...from, curve });
    }
    case 2:
      return plain({ ...from, origin: from.origin + 2 * size * from.scale });
    case 4:
      return plain({ ...from, noise: from.noise * Math.exp((2 * size) / Math.sqrt(evidence.noise.weight)) });
    case 5:
      return plain(otherPlaces(from, size, evidence));
    default: {
      // Faster or slower, but as far now as before.
      const scale = from.scale * Math.exp(size);
      if (scale < SCALES[0] || scale > SCALES[1]) return plain(undefined);
      const origin = evidence.now - (evidence.now - from.origin) * Math.exp(size);
      return { moved: { ...from, scale, origin }, logJacobian: size };
    }
  }
}

const plain = (moved: Particle | undefined): Move => ({ moved, logJacobian: 0 });

function otherPlaces(from: Particle, size: number, evidence: Evidence): Particle | undefined {
  const [fewest, most] = placesRange(evidence);
  const places = from.places * Math.exp(size);
  return places < fewest || places > most ? undefined : { ...from, places };
}

function placesRange({ places, hits }: Evidence): readonly [low: number, high: number] {
  const least = Math.max(hits.total, 5);
  return places ?? [least, least * MOST_PLACES];
}
