// How many campaigns use a word, a pair of words or a host: what is common to all says little of one. Counted once a
// campaign, so that a large one does not make its own words common. A table of fixed size: rare entries give way.
import type { WriteLog } from './write-log.ts';

const WAYS = 4;

export class Background {
  readonly #mask: number;
  readonly #keys: Uint32Array;
  readonly #counts: Uint32Array;
  readonly #total = new Float64Array(1);
  readonly #log: WriteLog;

  /** @param buckets a power of two */
  constructor(buckets: number, log: WriteLog) {
    this.#mask = buckets - 1;
    this.#keys = new Uint32Array(buckets * WAYS);
    this.#counts = new Uint32Array(buckets * WAYS);
    this.#log = log;
  }

  /** Sum of all counts of words. */
  get total(): number {
    return this.#total[0] ?? 0;
  }

  count(key: number): number {
    const from = (Math.imul(key, 0x9e3779b1) >>> 7) & this.#mask;
    for (let at = from * WAYS; at < (from + 1) * WAYS; at++) {
      if (this.#keys[at] === key) return this.#counts[at] ?? 0;
    }
    return 0;
  }

  add(key: number, isWord: boolean): void {
    if (isWord) this.#log.set(this.#total, 0, this.total + 1);
    const from = (Math.imul(key, 0x9e3779b1) >>> 7) & this.#mask;
    let [place, least] = [from * WAYS, Number.POSITIVE_INFINITY];
    for (let at = from * WAYS; at < (from + 1) * WAYS; at++) {
      const count = this.#counts[at] ?? 0;
      if (this.#keys[at] === key && count > 0) {
        this.#log.set(this.#counts, at, count + 1);
        return;
      }
      if (count < least) [place, least] = [at, count];
    }
    this.#log.set(this.#keys, place, key);
    this.#log.set(this.#counts, place, 1);
  }
}
