// The campaigns that are remembered, as columns of fixed length: a row is a slot that is used again when its campaign is
// forgotten. A reference names a slot and its generation, so that one to a forgotten campaign is known to be stale.
import { WEIGHTS } from './weights.ts';
import { WordCounts } from './word-counts.ts';
import type { WriteLog } from './write-log.ts';

const ID = Buffer.alloc(16);
const SLOT_BITS = 20;
const SLOT_MASK = (1 << SLOT_BITS) - 1;
const GENERATIONS = 1 << 12;
/** Slots looked at to find the one that is forgotten. */
const LOOKED_AT = 24;
/** What a member more is worth in staying remembered, as a share of all slots. */
const WEIGHT_SHARE = 1 / 8;
const MAX_WEIGHT = 32;
/** Merges followed from a campaign to the one that it belongs to. */
const MAX_HOPS = 8;

export class CampaignTable {
  readonly counts: WordCounts;
  readonly firstMs: Float64Array;
  readonly lastMs: Float64Array;
  /** Mean time between two captures, seconds. */
  readonly gapSeconds: Float64Array;
  readonly members: Uint32Array;
  /** Steps from word to word that members took, and those of them that were new; of late more than of old. */
  readonly steps: Float64Array;
  readonly novel: Float64Array;
  /** Members with a host or file of their own, how often that was new, and how many of those were seen once only. */
  readonly tied: Uint32Array;
  readonly newTies: Uint32Array;
  readonly onceTied: Uint32Array;
  /** Reference of the campaign that this one turned out to belong to. */
  readonly mergedInto: Uint32Array;
  /** Campaign that may be the same, and the evidence for it, in nats. For a part on trial: the campaign it is part of. */
  readonly rival: Uint32Array;
  readonly evidence: Float64Array;
  readonly onTrial: Uint8Array;
  /** Time of the last start of a campaign, ms, and mean time between two, seconds: untied ones, then tied ones. */
  readonly #startsMs = new Float64Array(2);
  readonly #startGaps = new Float64Array([WEIGHTS.newGapSeconds, WEIGHTS.newGapSeconds]);
  readonly #log: WriteLog;
  readonly #ids: Uint32Array;
  readonly #ticks: Uint32Array;
  readonly #generations: Uint16Array;
  /** Tick, slots used, clock hand, slots free again. */
  readonly #state = new Uint32Array(4);
  readonly #free: Uint32Array;

  constructor(slots: number, blocks: number, log: WriteLog) {
    const length = slots + 1; // slot 0 is none
    this.#log = log;
    this.counts = new WordCounts(length, blocks, log);
    this.firstMs = new Float64Array(length);
    this.lastMs = new Float64Array(length);
    this.gapSeconds = new Float64Array(length);
    this.members = new Uint32Array(length);
    this.steps = new Float64Array(length);
    this.novel = new Float64Array(length);
    this.tied = new Uint32Array(length);
    this.newTies = new Uint32Array(length);
    this.onceTied = new Uint32Array(length);
    this.mergedInto = new Uint32Array(length);
    this.rival = new Uint32Array(length);
    this.evidence = new Float64Array(length);
    this.onTrial = new Uint8Array(length);
    this.#ids = new Uint32Array(length * 4);
    this.#ticks = new Uint32Array(length);
    this.#generations = new Uint16Array(length);
    this.#free = new Uint32Array(length);
  }

  /** Mean seconds between two campaigns that start. */
  startGap(isTied: boolean): number {
    return this.#startGaps[isTied ? 1 : 0] ?? 0;
  }

  /** Takes note that a campaign started. */
  started(isTied: boolean, atMs: number): void {
    const at = isTied ? 1 : 0;
    const last = this.#startsMs[at] ?? 0;
    const gap = Math.min(WEIGHTS.newGapSeconds, Math.max(WEIGHTS.leastGapSeconds, Math.abs(atMs - last) / 1000));
    const mean = this.#startGaps[at] ?? 0;
    if (last !== 0) this.#log.set(this.#startGaps, at, mean + (gap - mean) * WEIGHTS.startMemory);
    this.#log.set(this.#startsMs, at, atMs);
  }

  get slots(): number {
    return this.members.length - 1;
  }

  get size(): number {
    return (this.#state[1] ?? 0) - (this.#state[3] ?? 0);
  }

  referenceOf(slot: number): number {
    return (((this.#generations[slot] ?? 0) << SLOT_BITS) | slot) >>> 0;
  }

  /** Slot of a reference, 0 when its campaign was forgotten. */
  slotOf(reference: number): number {
    const slot = reference & SLOT_MASK;
    return slot !== 0 && this.referenceOf(slot) === reference && (this.members[slot] ?? 0) > 0 ? slot : 0;
  }

  lastTick(reference: number): number {
    const slot = this.slotOf(reference);
    return slot === 0 ? -1 : (this.#ticks[slot] ?? 0);
  }

  idOf(slot: number): string {
    for (let at = 0; at < 4; at++) ID.writeUInt32BE(this.#ids[slot * 4 + at] ?? 0, at * 4);
    const hex = ID.toString('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }

  /** The slot of a reference, or of the campaign that it was merged into; 0 when that was forgotten. */
  resolve(reference: number): number {
    let slot = this.slotOf(reference);
    for (let hop = 0; hop < MAX_HOPS && slot !== 0; hop++) {
      const next = this.mergedInto[slot] ?? 0;
      if (next === 0) return slot;
      this.touch(slot);
      slot = this.slotOf(next);
    }
    return slot;
  }

  touch(slot: number): void {
    const tick = (this.#state[0] ?? 0) + 1;
    this.#log.set(this.#state, 0, tick);
    this.#log.set(this.#ticks, slot, tick);
  }

  /** A slot for a campaign of that id (UUID), empty; another campaign is forgotten when there is no room. */
  open(id: string): number {
    while (this.counts.free <= WordCounts.MOST_TAKEN) this.forget(this.#leastWanted());
    const slot = this.#takeSlot();
    const hex = id.replaceAll('-', '');
    for (let at = 0; at < 4; at++) {
      this.#log.set(this.#ids, slot * 4 + at, Number.parseInt(hex.slice(at * 8, at * 8 + 8), 16) >>> 0);
    }
    for (const column of this.#columns()) this.#log.set(column, slot, 0);
    return slot;
  }

  forget(slot: number): void {
    if ((this.members[slot] ?? 0) === 0) return;
    this.counts.release(slot);
    this.#log.set(this.members, slot, 0);
    this.#log.set(this.#generations, slot, ((this.#generations[slot] ?? 0) + 1) % GENERATIONS);
    const free = this.#state[3] ?? 0;
    this.#log.set(this.#free, free, slot);
    this.#log.set(this.#state, 3, free + 1);
  }

  #columns(): readonly (Float64Array | Uint32Array | Uint8Array)[] {
    return [
      this.firstMs,
      this.lastMs,
      this.gapSeconds,
      this.members,
      this.steps,
      this.novel,
      this.tied,
      this.newTies,
      this.onceTied,
      this.mergedInto,
      this.rival,
      this.evidence,
      this.onTrial,
    ];
  }

  #takeSlot(): number {
    const [, used = 0, , free = 0] = this.#state;
    if (free === 0 && used < this.slots) {
      this.#log.set(this.#state, 1, used + 1);
      return used + 1;
    }
    if (free === 0) this.forget(this.#leastWanted());
    const left = (this.#state[3] ?? 1) - 1;
    this.#log.set(this.#state, 3, left);
    return this.#free[left] ?? 0;
  }

  // A clock hand goes round; of the next slots the one of least age and weight is given up.
  #leastWanted(): number {
    const used = Math.max(1, this.#state[1] ?? 1);
    let hand = this.#state[2] ?? 0;
    let [worst, least] = [0, Number.POSITIVE_INFINITY];
    for (let looked = 0; looked < LOOKED_AT || (worst === 0 && looked < used); looked++) {
      hand = (hand % used) + 1;
      const members = this.members[hand] ?? 0;
      if (members === 0) continue;
      const wanted = (this.#ticks[hand] ?? 0) + (Math.min(members, MAX_WEIGHT) - 1) * this.slots * WEIGHT_SHARE;
      if (wanted < least) [worst, least] = [hand, wanted];
    }
    this.#log.set(this.#state, 2, hand);
    return worst;
  }
}
