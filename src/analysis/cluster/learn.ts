// What a campaign takes from a member, and from another campaign that turns out to be itself.
import type { Background } from './background.ts';
import type { CampaignTable } from './campaign-table.ts';
import type { Reading } from './reading.ts';
import { WEIGHTS } from './weights.ts';
import type { WriteLog } from './write-log.ts';

const DAY_SECONDS = 86_400;
/** Weight of the newest gap in the mean, once there are many. */
const NEWEST = 0.1;

export interface Lore {
  readonly log: WriteLog;
  readonly table: CampaignTable;
  readonly background: Background;
}

/** @param aside a part on trial learns for itself: everybody's words were counted with the campaign it is part of */
export function learn({ log, table, background }: Lore, slot: number, reading: Reading, aside = false): void {
  const { counts } = table;
  const common = (key: number, isWord: boolean): void => {
    if (!aside) background.add(key, isWord);
  };
  const isFirst = (table.members[slot] ?? 0) === 0;
  let [steps, novel] = [0, 0];
  for (const [at, context] of reading.contexts.entries()) {
    const pair = reading.pairs[at] ?? 0;
    const isKnown = counts.get(slot, context) > 0;
    if (counts.add(slot, context)) common(context, true);
    const isNew = counts.add(slot, pair);
    if (isNew) common(pair, false);
    if (isKnown) steps += 1;
    if (isKnown && isNew) novel += 1;
  }
  for (const { of, key } of reading.shape) {
    if (counts.add(slot, of)) common(of, false);
    if (counts.add(slot, key)) common(key, false);
  }
  if (!isFirst) {
    log.set(table.steps, slot, (table.steps[slot] ?? 0) * WEIGHTS.memory + steps);
    log.set(table.novel, slot, (table.novel[slot] ?? 0) * WEIGHTS.memory + novel);
  }
  learnTies(table, slot, reading, log, common);
  learnTime(table, slot, reading.atMs, log);
  log.add(table.members, slot, 1);
  table.touch(slot);
}

function learnTies(
  table: CampaignTable,
  slot: number,
  { ties }: Reading,
  log: WriteLog,
  common: (key: number, isWord: boolean) => void,
): void {
  if (ties.length === 0) return;
  let fresh = 0;
  for (const { key } of ties) {
    const isSecond = table.counts.get(slot, key) === 1;
    if (isSecond) log.set(table.onceTied, slot, Math.max(0, (table.onceTied[slot] ?? 0) - 1));
    if (!table.counts.add(slot, key)) continue;
    fresh = 1;
    common(key, false);
  }
  log.add(table.tied, slot, 1);
  log.add(table.newTies, slot, fresh);
  log.add(table.onceTied, slot, fresh);
}

function learnTime(table: CampaignTable, slot: number, atMs: number, log: WriteLog): void {
  const members = table.members[slot] ?? 0;
  const [first, last, mean] = [table.firstMs[slot] ?? 0, table.lastMs[slot] ?? 0, table.gapSeconds[slot] ?? 0];
  if (members > 0) {
    const gap = Math.min(DAY_SECONDS, Math.abs(atMs - last) / 1000);
    log.set(table.gapSeconds, slot, members === 1 ? gap : mean + (gap - mean) * Math.max(NEWEST, 1 / members));
  }
  if (members === 0 || atMs < first) log.set(table.firstMs, slot, atMs);
  if (members === 0 || atMs > last) log.set(table.lastMs, slot, atMs);
}

/** Puts everything of `from` into `into`; `from` leads there afterwards. */
export function unite({ log, table }: Lore, into: number, from: number): void {
  table.counts.each(from, (key, count) => table.counts.addMany(into, key, count));
  for (const column of [table.members, table.steps, table.novel, table.tied, table.newTies, table.onceTied]) {
    log.add(column, into, column[from] ?? 0);
  }
  log.set(table.firstMs, into, Math.min(table.firstMs[into] ?? 0, table.firstMs[from] ?? 0));
  log.set(table.lastMs, into, Math.max(table.lastMs[into] ?? 0, table.lastMs[from] ?? 0));
  table.counts.release(from);
  log.set(table.mergedInto, from, table.referenceOf(into));
  log.set(table.rival, into, 0);
  log.set(table.evidence, into, 0);
}

/** Takes out of `from` what `part` brought to it; the part stands for itself afterwards. */
export function part({ log, table }: Lore, from: number, part: number): void {
  table.counts.each(part, (key, count) => table.counts.subtract(from, key, count));
  for (const column of [table.members, table.steps, table.novel, table.tied, table.newTies]) {
    const left = (column[from] ?? 0) - (column === table.newTies ? 1 : (column[part] ?? 0));
    log.set(column, from, Math.max(1, left));
  }
  log.set(table.onTrial, part, 0);
  log.set(table.rival, part, 0);
  log.set(table.evidence, part, 0);
}
