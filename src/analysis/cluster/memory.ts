// All that the clusterer remembers, sized once: campaigns, everybody's words, and the ways that lead to campaigns.
import { Background } from './background.ts';
import { CampaignTable } from './campaign-table.ts';
import { type Lore, learn } from './learn.ts';
import { keyOf, type Reading, readCapture } from './reading.ts';
import { RecentIndex } from './recent-index.ts';
import { WEIGHTS } from './weights.ts';
import { WriteLog } from './write-log.ts';

const EXACT_VOTE = 50;
const TIE_VOTE = 20;
const MIN_CAMPAIGNS = 16;
/** References have 20 bits for the slot. */
const MAX_CAMPAIGNS = (1 << 20) - 2;
const BLOCKS_A_CAMPAIGN = 2;
const SPARE_BLOCKS = 64;

export class Memory implements Lore {
  readonly log = new WriteLog();
  readonly table: CampaignTable;
  readonly background: Background;
  readonly pairs: RecentIndex;
  readonly keys: RecentIndex;
  readonly #votes = new Map<number, number>();

  constructor(campaigns: number) {
    const slots = Math.min(MAX_CAMPAIGNS, Math.max(MIN_CAMPAIGNS, campaigns));
    const buckets = 2 ** Math.ceil(Math.log2(slots));
    this.table = new CampaignTable(slots, slots * BLOCKS_A_CAMPAIGN + SPARE_BLOCKS, this.log);
    this.background = new Background(buckets * 2, this.log);
    this.pairs = new RecentIndex(buckets * 2, this.log);
    this.keys = new RecentIndex(buckets, this.log);
  }

  read(fingerprint: Parameters<typeof readCapture>[0], atMs: number): Reading {
    return readCapture(fingerprint, atMs, this.background);
  }

  /** Slots of the campaigns that share most with a capture, weighed by how rare it is; the likeliest first. */
  candidates(reading: Reading): readonly number[] {
    const votes = this.#votes;
    votes.clear();
    let worth = EXACT_VOTE;
    const take = (reference: number): void => {
      const slot = this.table.resolve(reference);
      if (slot !== 0 && this.table.onTrial[slot] === 0) votes.set(slot, (votes.get(slot) ?? 0) + worth);
    };
    this.keys.each(reading.exact, take);
    worth = TIE_VOTE;
    for (const { key } of reading.ties) this.keys.each(key, take);
    for (const pair of reading.pairs) {
      worth = 1 / (1 + this.background.count(pair));
      this.pairs.each(pair, take);
    }
    return [...votes]
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .slice(0, WEIGHTS.candidates)
      .map(([slot]) => slot);
  }

  /** Learns a member of a campaign and lets what it shows lead there. */
  join(slot: number, reading: Reading): void {
    learn(this, slot, reading);
    this.lead(slot, reading);
  }

  lead(slot: number, { exact, ties, pairs }: Reading): void {
    const reference = this.table.referenceOf(slot);
    this.keys.add(exact, reference, this.table);
    for (const { key } of ties) this.keys.add(key, reference, this.table);
    for (const pair of pairs) this.pairs.add(pair, reference, this.table);
  }

  /** Lets the id of a campaign lead to it. */
  name(slot: number): void {
    this.keys.add(keyOf(this.table.idOf(slot)), this.table.referenceOf(slot), this.table);
  }

  /** Slot of the campaign of that id, 0 when it was never named or is forgotten. */
  named(id: string): number {
    let found = 0;
    this.keys.each(keyOf(id), (reference) => {
      const slot = this.table.slotOf(reference);
      if (slot !== 0 && this.table.idOf(slot) === id) found = slot;
    });
    return found;
  }
}
