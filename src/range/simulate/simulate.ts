// One run as decoys see it, with the truth: same parameters and seed, same run.
import type { Random } from '../../core/clock.ts';
import { seededRandom, waitMs } from '../random.ts';
import { markEvidence, type PlainHit, type SimulatedHit } from './evidence.ts';
import { growGraph } from './graph.ts';
import type { RunParameters } from './parameters.ts';
import { type Spread, spreadWorm } from './spread.ts';

export interface SimulatedRun {
  readonly parameters: RunParameters;
  readonly seed: number;
  /** In order of time. */
  readonly hits: readonly SimulatedHit[];
  /** When each infected account was, ascending, in minutes since the beginning of the run; empty without a worm. */
  readonly infectedAt: Float64Array;
}

/** Between two messages of one infected account, in minutes. */
const SEND_GAP_MIN = 0.02;

/** Plays a run; parameters are those that `checkParameters` lets through. */
export function simulate(parameters: RunParameters, seed: number): SimulatedRun {
  const random = seededRandom(seed);
  const hits: PlainHit[] = [];
  let infectedAt = new Float64Array(0);
  if (parameters.kind === 'worm') {
    const spread = playWorm(parameters, random);
    infectedAt = spread.times.map((time) => time + parameters.startMin);
    hits.push(...decoyHits(random, spread, parameters));
  }
  if (parameters.kind === 'spim') hits.push(...burst(random, parameters));
  hits.push(...noise(random, parameters));
  hits.sort((a, b) => a.at - b.at);
  return { parameters, seed, hits: markEvidence(hits, parameters, random), infectedAt };
}

/** A worm without decoys: they do not change its course. */
export function playWorm(parameters: RunParameters, random: Random): Spread {
  return spreadWorm(random, growGraph(random, parameters.population, parameters.links), parameters);
}

/** What decoys would have seen of a worm, in order of time. */
export function watchWorm(spread: Spread, parameters: RunParameters, random: Random): readonly SimulatedHit[] {
  const hits = [...decoyHits(random, spread, parameters), ...noise(random, parameters)];
  hits.sort((a, b) => a.at - b.at);
  return markEvidence(hits, parameters, random);
}

/** How many accounts are infected at a time of a run. */
export function infectedBy({ infectedAt }: SimulatedRun, at: number): number {
  let [low, high] = [0, infectedAt.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((infectedAt[middle] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function decoyHits(random: Random, spread: Spread, parameters: RunParameters): readonly PlainHit[] {
  const places = placeDecoys(random, parameters);
  const hits: PlainHit[] = [];
  spread.accounts.forEach((account, order) => {
    const at = (spread.times[order] ?? 0) + parameters.startMin;
    places.get(account)?.forEach((decoy, sent) => {
      hits.push({ at: at + (sent + 1) * SEND_GAP_MIN, decoy: `d${decoy}`, sender: `a${account}` });
    });
  });
  return hits.filter(({ at }) => at <= parameters.lengthMin);
}

/** For each account with decoys on its list, those decoys; every list is as likely. */
function placeDecoys(random: Random, { population, decoys, lists }: RunParameters): ReadonlyMap<number, number[]> {
  const places = new Map<number, number[]>();
  for (let decoy = 0; decoy < decoys; decoy += 1) {
    const own = new Set<number>();
    while (own.size < lists) own.add(Math.floor(random() * population));
    for (const account of own) places.set(account, [...(places.get(account) ?? []), decoy]);
  }
  return places;
}

function burst(random: Random, parameters: RunParameters): readonly PlainHit[] {
  const { startMin, burstMin, burstPerHour, burstSenders, lengthMin } = parameters;
  const until = Math.min(startMin + burstMin, lengthMin);
  return flat(random, parameters, { from: startMin, until, perHour: burstPerHour }, (count) =>
    burstSenders === 0 ? `b${count}` : `b${Math.floor(random() * burstSenders)}`,
  );
}

function noise(random: Random, parameters: RunParameters): readonly PlainHit[] {
  const { lengthMin, noisePerHour } = parameters;
  return flat(random, parameters, { from: 0, until: lengthMin, perHour: noisePerHour }, (count) => `n${count}`);
}

function flat(
  random: Random,
  { decoys }: RunParameters,
  { from, until, perHour }: { readonly from: number; readonly until: number; readonly perHour: number },
  senderOf: (count: number) => string,
): readonly PlainHit[] {
  const hits: PlainHit[] = [];
  if (perHour <= 0) return hits;
  for (let at = from + waitMs(random, 60 / perHour); at <= until; at += waitMs(random, 60 / perHour)) {
    hits.push({ at, decoy: `d${Math.floor(random() * decoys)}`, sender: senderOf(hits.length) });
  }
  return hits;
}
