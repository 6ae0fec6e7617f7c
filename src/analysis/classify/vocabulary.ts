// Which terms the model knows, and how rare each is: a table of slots with a check byte, so that a term it does not know
// seldom passes for one that it does.
import type { Terms } from './terms.ts';

export const SLOT_BITS = 19;
export const SLOT_COUNT = 1 << SLOT_BITS;
/** One byte of rarity is this much of inverse document frequency. */
const RARITY_STEP = 1 / 24;
/** A term in fewer texts is not learnt from. */
const LEAST_TEXTS = 2;

export interface Vocabulary {
  /** By slot; 0 where it is empty. */
  readonly checks: Uint8Array;
  /** By slot: smoothed inverse document frequency in steps. */
  readonly rarities: Uint8Array;
}

/**
 * By slot, in one number of 32 bits: check byte, rarity, and the weights of the two questions that every text is asked, so
 * that a term costs one look at memory.
 */
export type Cells = Uint32Array;

/** @param first weights of the question asked most, and `second` of the other */
export function cellsOf({ checks, rarities }: Vocabulary, first?: Int8Array, second?: Int8Array): Cells {
  const cells = new Uint32Array(SLOT_COUNT);
  for (let slot = 0; slot < SLOT_COUNT; slot++) {
    const weights = ((first?.[slot] ?? 0) & 0xff) | (((second?.[slot] ?? 0) & 0xff) << 8);
    cells[slot] = (checks[slot] ?? 0) | ((rarities[slot] ?? 0) << 8) | (weights << 16);
  }
  return cells;
}

/** Weight of the first question in a cell. */
export const firstWeight = (cell: number): number => (cell << 8) >> 24;

/** Weight of the second question in a cell. */
export const secondWeight = (cell: number): number => cell >> 24;

/** Whether the vocabulary knows a term. */
export function isKnown(cells: Cells, hash: number): boolean {
  return ((cells[hash & (SLOT_COUNT - 1)] ?? 0) & 0xff) === checkOf(hash);
}

function checkOf(hash: number): number {
  return hash >>> 24 || 1;
}

/** In how many texts each term stands. */
export class TermCensus {
  readonly #texts = new Map<number, number>();
  #size = 0;

  add({ hashes, length }: Pick<Terms, 'hashes' | 'length'>): void {
    this.#size++;
    for (let at = 0; at < length; at++) {
      const hash = hashes[at] ?? 0;
      this.#texts.set(hash, (this.#texts.get(hash) ?? 0) + 1);
    }
  }

  /** The vocabulary of what was added; of two terms that want one slot the commoner has it. */
  vocabulary(): Vocabulary {
    const checks = new Uint8Array(SLOT_COUNT);
    const rarities = new Uint8Array(SLOT_COUNT);
    const holders = new Map<number, readonly [hash: number, texts: number]>();
    for (const [hash, texts] of this.#texts) {
      if (texts < LEAST_TEXTS) continue;
      const slot = hash & (SLOT_COUNT - 1);
      const [other, others] = holders.get(slot) ?? [0, 0];
      if (texts > others || (texts === others && hash < other)) holders.set(slot, [hash, texts]);
    }
    for (const [slot, [hash, texts]] of holders) {
      checks[slot] = checkOf(hash);
      const rarity = Math.log((1 + this.#size) / (1 + texts)) + 1;
      rarities[slot] = Math.max(1, Math.min(255, Math.round(rarity / RARITY_STEP)));
    }
    return { checks, rarities };
  }
}

/** Terms of a text as numbers: slots and their weight, each block (words, runs of characters) of length one. */
export interface Vector {
  readonly slots: Int32Array;
  readonly cells: Cells;
  readonly values: Float32Array;
  /** Place of each in the terms that it was made of. */
  readonly places: Int32Array;
  readonly length: number;
}

const MAX_TERMS = 8192;
const LOGS = Float64Array.from({ length: 256 }, (_value, count) => 1 + Math.log(Math.max(1, count)));

/** Makes vectors; reuse it, it holds its working memory, which the next call overwrites. */
export class Vectorizer {
  readonly #slots = new Int32Array(MAX_TERMS);
  readonly #cells = new Uint32Array(MAX_TERMS);
  readonly #values = new Float32Array(MAX_TERMS);
  readonly #places = new Int32Array(MAX_TERMS);

  of(terms: Terms, cells: Cells): Vector {
    const grams = this.#block(terms, 0, terms.grams, 0, cells);
    const length = this.#block(terms, terms.grams, terms.length, grams, cells);
    return { slots: this.#slots, cells: this.#cells, values: this.#values, places: this.#places, length };
  }

  #block({ hashes, counts }: Terms, from: number, to: number, start: number, cells: Cells): number {
    let [length, square] = [start, 0];
    for (let at = from; at < to; at++) {
      const hash = hashes[at] ?? 0;
      const slot = hash & (SLOT_COUNT - 1);
      const cell = cells[slot] ?? 0;
      if ((cell & 0xff) !== checkOf(hash)) continue;
      const value = (LOGS[Math.min(255, counts[at] ?? 1)] ?? 1) * ((cell >>> 8) & 0xff);
      this.#slots[length] = slot;
      this.#cells[length] = cell;
      this.#values[length] = value;
      this.#places[length++] = at;
      square += value * value;
    }
    const norm = 1 / Math.sqrt(Math.max(1e-9, square));
    for (let at = start; at < length; at++) this.#values[at] = (this.#values[at] ?? 0) * norm;
    return length;
  }
}
