// How often each campaign showed each word, pair of words and host: blocks of 64 counters out of one array, doubled as a
// campaign's wording grows. A counter is 24 bits of its key and 8 of a count that decays, so that drift is followed.
import type { WriteLog } from './write-log.ts';

const CELLS = 64;
/** Blocks that one campaign may have: 1024 counters. */
const MAX_BLOCKS = 16;
const MAX_COUNT = 255;
const KEY = 0xffff_ff00;
/** Filled cells a block from which a campaign gets twice the blocks. */
const CROWDED = 44;

export class WordCounts {
  readonly #cells: Uint32Array;
  /** First block of the free list, then how many blocks were ever handed out, then how many are free. */
  readonly #heads: Uint32Array;
  readonly #blocks: Uint32Array;
  readonly #sizes: Uint8Array;
  readonly #filled: Uint16Array;
  readonly #log: WriteLog;

  constructor(slots: number, blocks: number, log: WriteLog) {
    this.#cells = new Uint32Array((blocks + 1) * CELLS);
    this.#heads = new Uint32Array([0, 0, blocks]);
    this.#blocks = new Uint32Array(slots * MAX_BLOCKS);
    this.#sizes = new Uint8Array(slots);
    this.#filled = new Uint16Array(slots);
    this.#log = log;
  }

  get free(): number {
    return this.#heads[2] ?? 0;
  }

  /** Blocks that adding to a campaign may take at most. */
  static readonly MOST_TAKEN = MAX_BLOCKS;

  get(slot: number, key: number): number {
    const size = this.#sizes[slot] ?? 0;
    if (size === 0) return 0;
    const at = this.#find(this.#blockOf(slot, size, key), key);
    return at < 0 ? 0 : (this.#cells[at] ?? 0) & MAX_COUNT;
  }

  /** Counts a key once. @returns whether the campaign had not shown it */
  add(slot: number, key: number): boolean {
    this.#makeRoom(slot);
    const block = this.#blockOf(slot, this.#sizes[slot] ?? 1, key);
    const at = this.#find(block, key);
    if (at >= 0) {
      const cell = this.#cells[at] ?? 0;
      if ((cell & MAX_COUNT) === MAX_COUNT) this.#halve(slot);
      this.#log.set(this.#cells, at, (this.#cells[at] ?? 0) + 1);
      return false;
    }
    if (this.#put(block, ((key & KEY) | 1) >>> 0)) this.#log.set(this.#filled, slot, (this.#filled[slot] ?? 0) + 1);
    return true;
  }

  /** Calls back with every counter of a campaign: upper 24 bits of the key, and the count. */
  each(slot: number, take: (key: number, count: number) => void): void {
    for (let nth = 0; nth < (this.#sizes[slot] ?? 0); nth++) {
      const from = (this.#blocks[slot * MAX_BLOCKS + nth] ?? 0) * CELLS;
      for (let at = from; at < from + CELLS; at++) {
        const cell = this.#cells[at] ?? 0;
        if (cell !== 0) take((cell & KEY) >>> 0, cell & MAX_COUNT);
      }
    }
  }

  /** Takes counts back; a counter that falls to nothing stays with 1, since chains run over it. */
  subtract(slot: number, key: number, count: number): void {
    const size = this.#sizes[slot] ?? 0;
    const at = size === 0 ? -1 : this.#find(this.#blockOf(slot, size, key), key);
    if (at < 0) return;
    const cell = this.#cells[at] ?? 0;
    const left = Math.max(0, (cell & MAX_COUNT) - count);
    this.#log.set(this.#cells, at, ((cell & KEY) | left) >>> 0);
  }

  /** Adds counts of another campaign. */
  addMany(slot: number, key: number, count: number): void {
    this.add(slot, key);
    const at = this.#find(this.#blockOf(slot, this.#sizes[slot] ?? 1, key), key);
    if (at < 0) return;
    const cell = this.#cells[at] ?? 0;
    this.#log.set(this.#cells, at, ((cell & KEY) | Math.min(MAX_COUNT, (cell & MAX_COUNT) + count - 1)) >>> 0);
  }

  release(slot: number): void {
    for (let nth = 0; nth < (this.#sizes[slot] ?? 0); nth++) this.#give(this.#blocks[slot * MAX_BLOCKS + nth] ?? 0);
    this.#log.set(this.#sizes, slot, 0);
    this.#log.set(this.#filled, slot, 0);
  }

  #blockOf(slot: number, size: number, key: number): number {
    return this.#blocks[slot * MAX_BLOCKS + ((key >>> 14) & (size - 1))] ?? 0;
  }

  /** Place of a key in a block, -1 when it is not there. */
  #find(block: number, key: number): number {
    const from = block * CELLS;
    const wanted = key >>> 8;
    for (let step = 0, at = (key >>> 8) & (CELLS - 1); step < CELLS; step++, at = (at + 1) & (CELLS - 1)) {
      const cell = this.#cells[from + at] ?? 0;
      if (cell === 0) return -1;
      if (cell >>> 8 === wanted) return from + at;
    }
    return -1;
  }

  // A full block gives up its rarest counter: the chain behind stays whole, since the new one takes its very place.
  #put(block: number, cell: number): boolean {
    const from = block * CELLS;
    let [rarest, least] = [from, MAX_COUNT + 1];
    for (let step = 0, at = (cell >>> 8) & (CELLS - 1); step < CELLS; step++, at = (at + 1) & (CELLS - 1)) {
      const held = this.#cells[from + at] ?? 0;
      if (held === 0) {
        this.#log.set(this.#cells, from + at, cell);
        return true;
      }
      if ((held & MAX_COUNT) < least) [rarest, least] = [from + at, held & MAX_COUNT];
    }
    this.#log.set(this.#cells, rarest, cell);
    return false;
  }

  #makeRoom(slot: number): void {
    const size = this.#sizes[slot] ?? 0;
    if (size === 0) this.#grow(slot, 0, 1);
    else if (size < MAX_BLOCKS && (this.#filled[slot] ?? 0) >= size * CROWDED && this.free >= size) {
      this.#grow(slot, size, size * 2);
    }
  }

  #grow(slot: number, from: number, to: number): void {
    const held: number[] = [];
    this.each(slot, (key, count) => held.push((key | count) >>> 0));
    for (let nth = 0; nth < from; nth++) this.#clear(this.#blocks[slot * MAX_BLOCKS + nth] ?? 0);
    for (let nth = from; nth < to; nth++) this.#log.set(this.#blocks, slot * MAX_BLOCKS + nth, this.#take());
    this.#log.set(this.#sizes, slot, to);
    for (const cell of held) this.#put(this.#blockOf(slot, to, cell), cell);
  }

  #halve(slot: number): void {
    for (let nth = 0; nth < (this.#sizes[slot] ?? 0); nth++) {
      const from = (this.#blocks[slot * MAX_BLOCKS + nth] ?? 0) * CELLS;
      for (let at = from; at < from + CELLS; at++) {
        const cell = this.#cells[at] ?? 0;
        if (cell !== 0) this.#log.set(this.#cells, at, ((cell & KEY) | (((cell & MAX_COUNT) + 1) >> 1)) >>> 0);
      }
    }
  }

  #take(): number {
    const [head = 0, used = 0, free = 0] = this.#heads;
    this.#log.set(this.#heads, 2, free - 1);
    if (head === 0) {
      this.#log.set(this.#heads, 1, used + 1);
      return used + 1;
    }
    this.#log.set(this.#heads, 0, this.#cells[head * CELLS] ?? 0);
    this.#log.set(this.#cells, head * CELLS, 0);
    return head;
  }

  #give(block: number): void {
    this.#clear(block);
    this.#log.set(this.#cells, block * CELLS, this.#heads[0] ?? 0);
    this.#log.set(this.#heads, 0, block);
    this.#log.set(this.#heads, 2, this.free + 1);
  }

  #clear(block: number): void {
    for (let at = block * CELLS; at < (block + 1) * CELLS; at++) {
      if (this.#cells[at] !== 0) this.#log.set(this.#cells, at, 0);
    }
  }
}
