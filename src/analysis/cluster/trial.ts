// A host that is new to a campaign is on trial: its captures also form a part of their own, and when that part explains
// them better than the whole campaign does, it is split off. Until then they belong to the campaign.
import { learn, part as takeApart } from './learn.ts';
import type { Memory } from './memory.ts';
import { pairKey, type Reading } from './reading.ts';
import { wordingScore } from './score.ts';
import { WEIGHTS } from './weights.ts';

const TRIAL = 5;
const LEAST_MEMBERS = 1;

/**
 * Tries a capture that joins a campaign.
 * @param support evidence by which it joined
 * @param id the campaign's, should it be split off
 * @returns the slot that was split off and holds the capture, 0 when it stays
 */
export function tryPart(memory: Memory, slot: number, reading: Reading, support: number, id: () => string): number {
  const { table, background, log, keys } = memory;
  const [tie, second] = reading.ties;
  if (tie === undefined || second !== undefined || !tie.isHost) return 0;
  const key = pairKey(TRIAL, tie.key);
  const found = findPart(memory, key, slot);
  if (found === 0) {
    if (table.counts.get(slot, tie.key) === 0 && keepsHosts(memory, slot))
      openPart(memory, slot, reading, support, id());
    return 0;
  }
  const gain = wordingScore(table, slot, reading, background) - wordingScore(table, found, reading, background);
  const evidence = (table.evidence[found] ?? 0) + gain;
  log.set(table.evidence, found, Math.min(WEIGHTS.mostForPart, evidence));
  learn(memory, found, reading, true);
  if (evidence < -WEIGHTS.split) {
    takeApart(memory, slot, found);
    memory.lead(found, reading);
    return found;
  }
  if ((table.members[found] ?? 0) > WEIGHTS.trialCaptures) table.forget(found);
  else keys.add(key, table.referenceOf(found), table);
  return 0;
}

function findPart({ table, keys }: Memory, key: number, slot: number): number {
  let found = 0;
  keys.each(key, (reference) => {
    const part = table.slotOf(reference);
    if (part !== 0 && table.onTrial[part] === 1 && table.resolve(table.rival[part] ?? 0) === slot) found = part;
  });
  return found;
}

function keepsHosts({ table }: Memory, slot: number): boolean {
  const tied = table.tied[slot] ?? 0;
  return tied >= LEAST_MEMBERS && (table.newTies[slot] ?? 0) < tied * WEIGHTS.manyHosts;
}

function openPart(memory: Memory, slot: number, reading: Reading, support: number, id: string): void {
  const { table, log, keys } = memory;
  const whole = table.referenceOf(slot);
  const part = table.open(id);
  log.set(table.onTrial, part, 1);
  log.set(table.rival, part, whole);
  log.set(table.evidence, part, Math.min(WEIGHTS.mostForPart, support));
  learn(memory, part, reading, true);
  for (const { key } of reading.ties) keys.add(pairKey(TRIAL, key), table.referenceOf(part), table);
}
