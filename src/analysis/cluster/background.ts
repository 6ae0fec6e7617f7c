// How many campaigns use a word, a pair of words or a host: what is common to all says little of one. Counted once a
// campaign, so that a large one does not make its own words common. A table of fixed size: rare entries give way.
import type { WriteLog } from './write-log.ts';

const WAYS = 4;
/** Numbers of a bucket, side by side in memory: its keys, then their counts. */
const BUCKET = WAYS * 2;

export class Background {
  readonly #mask: number;
  readonly #cells: Uint32Array;
  readonly #total = new Float64Array(1);
  readonly #log: WriteLog;

  /** @param buckets a power of two */
  constructor(buckets: number, log: WriteLog) {
    this.#mask = buckets - 1;
    this.#cells = new Uint32Array(buckets * BUCKET);
    this.#log = log;
  }

  /** Sum of all counts of words. */
  get total(): number {
    return this.#total[0] ?? 0;
  }

  count(key: number): number {
    const from = this.#bucketOf(key);
    for (let at = from; at < from + WAYS; at++) if (this.#cells[at] === key) return this.#cells[at + WAYS] ?? 0;
    return 0;
  }

  add(key: number, isWord: boolean): void {
    if (isWord) this.#log.set(this.#total, 0, this.total + 1);
    const from = this.#bucketOf(key);
    let [place, least] = [from, Number.POSITIVE_INFINITY];
    for (let at = from; at < from + WAYS; at++) {
      const count = this.#cells[at + WAYS] ?? 0;
      if (this.#cells[at] === key && count > 0) {
        this.#log.set(this.#cells, at + WAYS, count + 1);
        return;
      }
      if (count < least) [place, least] = [at, count];
    }
    this.#log.set(this.#cells, place, key);
    this.#log.set(this.#cells, place + WAYS, 1);
  }

  #bucketOf(key: number): number {
    return ((Math.imul(key, 0x9e3779b1) >>> 7) & this.#mask) * BUCKET;
  }
}
