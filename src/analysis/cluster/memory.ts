// All that the clusterer remembers, sized once: campaigns, everybody's words, and the ways that lead to campaigns.
import { Background } from './background.ts';
import { CampaignTable } from './campaign-table.ts';
import { type Lore, learn } from './learn.ts';
import { keyOf, type Reading, readCapture } from './reading.ts';
import { RecentIndex, WAYS } from './recent-index.ts';
import { WEIGHTS } from './weights.ts';
import { WriteLog } from './write-log.ts';

const EXACT_VOTE = 50;
const TIE_VOTE = 20;
const SENDER_VOTE = 5;
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
  readonly #senders: RecentIndex;
  /** Votes for each slot, and the slots that have any: of one capture, and nothing between two. */
  readonly #votes: Float64Array;
  readonly #voted: number[] = [];

  constructor(campaigns: number) {
    const slots = Math.min(MAX_CAMPAIGNS, Math.max(MIN_CAMPAIGNS, campaigns));
    const buckets = 2 ** Math.ceil(Math.log2(slots));
    this.table = new CampaignTable(slots, slots * BLOCKS_A_CAMPAIGN + SPARE_BLOCKS, this.log);
    this.#votes = new Float64Array(slots + 1);
    this.background = new Background(buckets * 2, this.log);
    this.pairs = new RecentIndex(buckets * 2, this.log);
    this.keys = new RecentIndex(buckets, this.log);
    this.#senders = new RecentIndex(buckets, this.log);
  }

  read(fingerprint: Parameters<typeof readCapture>[0], atMs: number): Reading {
    return readCapture(fingerprint, atMs, this.background);
  }

  /** Slots of the campaigns that share most with a capture, weighed by how rare it is; the likeliest first. */
  candidates({ exact, ties, pairs, rarities, sender }: Reading): readonly number[] {
    this.#voted.length = 0;
    if (sender !== 0) this.#vote(this.#senders, sender, SENDER_VOTE);
    this.#vote(this.keys, exact, EXACT_VOTE);
    for (const { key } of ties) this.#vote(this.keys, key, TIE_VOTE);
    for (let at = 0; at < pairs.length; at++) this.#vote(this.pairs, pairs[at] ?? 0, rarities[at] ?? 0);
    const best: number[] = [];
    for (const slot of this.#voted) this.#rank(best, slot);
    for (const slot of this.#voted) this.#votes[slot] = 0;
    return best;
  }

  #vote(index: RecentIndex, key: number, worth: number): void {
    const from = index.bucketOf(key);
    for (let at = from; at < from + WAYS; at++) {
      const reference = index.referenceAt(at, key);
      if (reference === 0) continue;
      const slot = this.table.resolve(reference);
      if (slot === 0 || this.table.onTrial[slot] === 1) continue;
      if (this.#votes[slot] === 0) this.#voted.push(slot);
      this.#votes[slot] = (this.#votes[slot] ?? 0) + worth;
    }
  }

  // Insertion into a short list in order of votes; of equals the older slot first.
  #rank(best: number[], slot: number): void {
    const votes = this.#votes[slot] ?? 0;
    let at = best.length;
    while (at > 0 && this.#isBehind(best[at - 1] ?? 0, slot, votes)) at -= 1;
    if (at >= WEIGHTS.candidates) return;
    best.splice(at, 0, slot);
    if (best.length > WEIGHTS.candidates) best.pop();
  }

  #isBehind(other: number, slot: number, votes: number): boolean {
    const held = this.#votes[other] ?? 0;
    return held < votes || (held === votes && other > slot);
  }

  /** Learns a member of a campaign and lets what it shows lead there. */
  join(slot: number, reading: Reading): void {
    learn(this, slot, reading);
    this.lead(slot, reading);
  }

  /** Campaigns that the sender of a capture wrote for; none when they are so many that the sender tells nothing. */
  campaignsOf({ sender }: Reading): readonly number[] {
    if (sender === 0) return [];
    const slots = new Set<number>();
    this.#senders.each(sender, (reference) => {
      const slot = this.table.resolve(reference);
      if (slot !== 0) slots.add(slot);
    });
    return slots.size > WEIGHTS.senderCampaigns ? [] : [...slots];
  }

  lead(slot: number, { exact, ties, pairs, sender }: Reading): void {
    const reference = this.table.referenceOf(slot);
    this.keys.add(exact, reference, this.table);
    if (sender !== 0) this.#senders.add(sender, reference, this.table);
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
