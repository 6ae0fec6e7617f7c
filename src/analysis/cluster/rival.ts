// Two campaigns that turn out to be one: each keeps the likeliest other and gathers evidence, capture by capture, on whether
// the other explains its captures as well as itself does.
import { unite } from './learn.ts';
import type { Memory } from './memory.ts';
import type { Reading } from './reading.ts';
import { wordingScore } from './score.ts';
import { WEIGHTS } from './weights.ts';

/** A campaign that might have taken a capture, and the evidence of words and time for it. */
export interface Contender {
  readonly slot: number;
  readonly evidence: number;
}

/**
 * Weighs a capture of `slot` for a union with another campaign.
 * @returns the slot of the younger campaign, merged into the older, and the older; `undefined` when they stay apart
 */
export function tryUnion(
  memory: Memory,
  slot: number,
  reading: Reading,
  contenders: readonly Contender[],
): { readonly into: number; readonly from: number } | undefined {
  const { table, log } = memory;
  const challenger = likeliest(contenders, slot);
  let rival = table.resolve(table.rival[slot] ?? 0);
  let evidence = rival === 0 || rival === slot ? 0 : (table.evidence[slot] ?? 0) + gainOf(memory, slot, rival, reading);
  if (rival === 0 || rival === slot || (evidence < WEIGHTS.mostAgainstRival && challenger !== 0)) {
    if (challenger === 0) return undefined;
    rival = challenger;
    evidence = gainOf(memory, slot, rival, reading);
  }
  log.set(table.rival, slot, table.referenceOf(rival));
  log.set(table.evidence, slot, evidence);
  if (evidence <= WEIGHTS.merge) return undefined;
  const isOlder = (table.firstMs[rival] ?? 0) <= (table.firstMs[slot] ?? 0);
  const [into, from] = isOlder ? [rival, slot] : [slot, rival];
  unite(memory, into, from);
  return { into, from };
}

function likeliest(contenders: readonly Contender[], slot: number): number {
  let [best, most] = [0, WEIGHTS.leastRival];
  for (const one of contenders) if (one.slot !== slot && one.evidence > most) [best, most] = [one.slot, one.evidence];
  return best;
}

function gainOf({ table, background }: Memory, slot: number, rival: number, reading: Reading): number {
  const more = wordingScore(table, rival, reading, background) - wordingScore(table, slot, reading, background);
  const shared = reading.ties.some(({ key }) => table.counts.get(slot, key) > 0 && table.counts.get(rival, key) > 0);
  return Math.min(WEIGHTS.mostForMerge, more) - WEIGHTS.mergeCost + (shared ? WEIGHTS.sharedHost : 0);
}
