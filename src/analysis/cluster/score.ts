// How much better a campaign explains a capture than chance does, in nats: a Dirichlet model of its word pairs against
// everybody's, the parts around the link, hosts and payloads of its own, and how long ago it was seen.
import type { Background } from './background.ts';
import type { CampaignTable } from './campaign-table.ts';
import type { Reading } from './reading.ts';
import { WEIGHTS } from './weights.ts';

/** The most that is learnt from the past for a word not met: a text that changes always is still one. */
const MOST_OPEN = 0.9;
/** Kinds of build that are believed in before there are any. */
const PRIOR_SHAPES = 5;
const UNSEEN_SHAPE = 0.5;

export interface Score {
  /** Words and build. */
  readonly wording: number;
  readonly tie: number;
  readonly time: number;
}

/** @returns undefined when nothing ties the capture to the campaign and it has shown fewer than `least` of the pairs */
export function scoreOf(
  table: CampaignTable,
  slot: number,
  reading: Reading,
  background: Background,
  least: number,
): Score | undefined {
  const tie = tieScore(table, slot, reading, background);
  // Most campaigns that share a common pair are none: that is seen before anything is weighed.
  if (tie <= 0 && !showsMany(table, slot, reading, least)) return undefined;
  const { score, known } = textScore(table, slot, reading);
  if (tie <= 0 && known < least) return undefined;
  const wording = score + shapeScore(table, slot, reading, background);
  return { wording, tie, time: timeScore(table, slot, reading) };
}

function showsMany({ counts }: CampaignTable, slot: number, { pairs }: Reading, least: number): boolean {
  let missing = pairs.length - least;
  for (let at = 0; at < pairs.length && missing >= 0; at++) if (counts.get(slot, pairs[at] ?? 0) === 0) missing -= 1;
  return missing >= 0;
}

/** Evidence of words and build alone. */
export function wordingScore(table: CampaignTable, slot: number, reading: Reading, background: Background): number {
  return textScore(table, slot, reading).score + shapeScore(table, slot, reading, background);
}

// A word after one that the campaign never showed says nothing: a detour costs once, where it begins.
function textScore(
  table: CampaignTable,
  slot: number,
  { contexts, pairs, chances }: Reading,
): { readonly score: number; readonly known: number } {
  const { counts } = table;
  const open = ((table.novel[slot] ?? 0) + WEIGHTS.novelPrior) / ((table.steps[slot] ?? 0) + WEIGHTS.novelSteps);
  let [score, known] = [0, 0];
  for (let at = 0; at < contexts.length; at++) {
    const context = counts.get(slot, contexts[at] ?? 0);
    if (context === 0) continue;
    const seen = counts.get(slot, pairs[at] ?? 0);
    const chance = chances[at] ?? 1;
    const off = Math.min(MOST_OPEN, WEIGHTS.pairPrior / (context + WEIGHTS.pairPrior) + open);
    if (seen > 0) known += 1;
    const likely = (1 - off) * Math.min(1, seen / context) + off * chance;
    score += Math.max(WEIGHTS.leastStep, Math.log(likely / chance));
  }
  return { score, known };
}

function shapeScore(table: CampaignTable, slot: number, { shape }: Reading, background: Background): number {
  let score = 0;
  for (const { of, key } of shape) {
    const context = table.counts.get(slot, of);
    if (context === 0) continue;
    const chance = (background.count(key) + UNSEEN_SHAPE) / (background.count(of) + PRIOR_SHAPES);
    const seen = table.counts.get(slot, key);
    score += Math.log((seen + WEIGHTS.shapePrior * chance) / (context + WEIGHTS.shapePrior) / chance);
  }
  return score;
}

// The best of several ties counts. A new host is as likely as the share of captures with a host seen once (Good-Turing).
function tieScore(table: CampaignTable, slot: number, { ties }: Reading, background: Background): number {
  const tied = table.tied[slot] ?? 0;
  if (ties.length === 0 || tied === 0) return 0;
  const novelty = Math.max(WEIGHTS.leastHost, Math.log(((table.onceTied[slot] ?? 0) + WEIGHTS.hostPrior) / (tied + 1)));
  let best = novelty;
  for (const { key, rarity } of ties) {
    const seen = table.counts.get(slot, key);
    if (seen === 0) continue;
    const share = Math.max(WEIGHTS.leastHostShare, Math.log(Math.min(1, seen / tied)));
    best = Math.max(best, rarity - Math.log1p(background.count(key)) + share);
  }
  return best;
}

// The rate of this campaign against that of new ones; out of its days it falls by a power of the time, in either direction.
function timeScore(table: CampaignTable, slot: number, { atMs, ties }: Reading): number {
  const [first, last] = [table.firstMs[slot] ?? 0, table.lastMs[slot] ?? 0];
  const awaySeconds = Math.max(0, first - atMs, atMs - last) / 1000;
  const members = Math.max(1, table.members[slot] ?? 1);
  const mean = table.gapSeconds[slot] ?? 0;
  const gap = Math.max(WEIGHTS.leastGapSeconds, (mean * (members - 1) + WEIGHTS.gapSeconds) / members);
  const scale = Math.max(WEIGHTS.agingSeconds, mean * WEIGHTS.agingGaps);
  const aged = Math.max(WEIGHTS.leastTime, -WEIGHTS.aging * Math.log1p(awaySeconds / scale));
  return Math.log(table.startGap(ties.length > 0) / gap) + aged;
}
