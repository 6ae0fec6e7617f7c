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

/** The slot of a term, or -1 when the vocabulary does not know it. */
export function slotOf({ checks }: Pick<Vocabulary, 'checks'>, hash: number): number {
  const slot = hash & (SLOT_COUNT - 1);
  return checks[slot] === checkOf(hash) ? slot : -1;
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
  readonly #values = new Float32Array(MAX_TERMS);
  readonly #places = new Int32Array(MAX_TERMS);

  of(terms: Terms, vocabulary: Vocabulary): Vector {
    const grams = this.#block(terms, 0, terms.grams, 0, vocabulary);
    const length = this.#block(terms, terms.grams, terms.length, grams, vocabulary);
    return { slots: this.#slots, values: this.#values, places: this.#places, length };
  }

  #block({ hashes, counts }: Terms, from: number, to: number, start: number, vocabulary: Vocabulary): number {
    let [length, square] = [start, 0];
    for (let at = from; at < to; at++) {
      const slot = slotOf(vocabulary, hashes[at] ?? 0);
      if (slot < 0) continue;
      const value = (LOGS[Math.min(255, counts[at] ?? 1)] ?? 1) * (vocabulary.rarities[slot] ?? 0);
      this.#slots[length] = slot;
      this.#values[length] = value;
      this.#places[length++] = at;
      square += value * value;
    }
    const norm = 1 / Math.sqrt(Math.max(1e-9, square));
    for (let at = start; at < length; at++) this.#values[at] = (this.#values[at] ?? 0) * norm;
    return length;
  }
}
