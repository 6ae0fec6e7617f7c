// From a key (word pair, host, hash) to the campaigns that showed it last: a table of fixed size, eight entries a bucket.
// A full bucket gives up the entry whose campaign was seen longest ago, so that lookup and memory stay flat.
import type { WriteLog } from './write-log.ts';

/** Entries in a bucket. */
export const WAYS = 8;
/** Numbers of a bucket, side by side in memory: its keys, then their references. */
const BUCKET = WAYS * 2;

/** What the index has to know of campaigns: which references still stand, and when they were seen. */
export interface Seen {
  /** Tick of the campaign's last capture; -1 when the reference stands for a campaign that is gone. */
  lastTick(reference: number): number;
}

export class RecentIndex {
  readonly #mask: number;
  readonly #cells: Uint32Array;
  readonly #log: WriteLog;

  /** @param buckets a power of two */
  constructor(buckets: number, log: WriteLog) {
    this.#mask = buckets - 1;
    this.#cells = new Uint32Array(buckets * BUCKET);
    this.#log = log;
  }

  /** Place of the first entry that may stand for a key; the others follow it. */
  bucketOf(key: number): number {
    return (spread(key) & this.#mask) * BUCKET;
  }

  /** The reference at a place, 0 when it stands for another key or for none. */
  referenceAt(at: number, key: number): number {
    return this.#cells[at] === key ? (this.#cells[at + WAYS] ?? 0) : 0;
  }

  /** Calls back with every reference under a key; 0 is no reference. */
  each(key: number, take: (reference: number) => void): void {
    const from = this.bucketOf(key);
    for (let at = from; at < from + WAYS; at++) {
      const reference = this.referenceAt(at, key);
      if (reference !== 0) take(reference);
    }
  }

  add(key: number, reference: number, seen: Seen): void {
    const from = this.bucketOf(key);
    for (let at = from; at < from + WAYS; at++) {
      if (this.#cells[at] === key && this.#cells[at + WAYS] === reference) return;
    }
    let [place, oldest] = [from, Number.POSITIVE_INFINITY];
    for (let at = from; at < from + WAYS; at++) {
      const held = this.#cells[at + WAYS] ?? 0;
      const tick = held === 0 ? -2 : seen.lastTick(held);
      if (tick < oldest) [place, oldest] = [at, tick];
    }
    this.#log.set(this.#cells, place, key);
    this.#log.set(this.#cells, place + WAYS, reference);
  }
}

function spread(key: number): number {
  const hash = Math.imul(key ^ (key >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
