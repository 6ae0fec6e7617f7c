// The terms of a shaped text, counted: words and pairs of words, and the runs of 2 to 6 characters within a word and its
// borders. A term is its 32-bit hash; what it was, nobody needs to know.

const TABLE_BITS = 14;
const TABLE_SIZE = 1 << TABLE_BITS;
/** Distinct terms of one text; more are dropped. */
const MAX_TERMS = TABLE_SIZE / 2;
const LONGEST_GRAM = 6;
const PRIME = 0x0100_0193;
const WORD_SEED = 0x811c_9dc5;
const PAIR_SEED = 0x5bd1_e995;
const GRAM_SEED = 0x1234_5677;
const SPACE = 0x20;

/** What the counter found; arrays are its own and are overwritten by the next call. */
export interface Terms {
  readonly hashes: Uint32Array;
  readonly counts: Uint16Array;
  /** For each term the last word (0, 1, …) that held it. */
  readonly words: Uint16Array;
  /** How many terms there are. */
  readonly length: number;
  /** Terms before this one are words and pairs, the others runs of characters. */
  readonly grams: number;
}

/** Counts terms; reuse it, it holds its working memory. */
export class TermCounter {
  readonly #table = new Int16Array(TABLE_SIZE).fill(-1);
  readonly #hashes = new Uint32Array(MAX_TERMS);
  readonly #counts = new Uint16Array(MAX_TERMS);
  readonly #words = new Uint16Array(MAX_TERMS);
  readonly #slots = new Uint16Array(MAX_TERMS);
  #length = 0;

  of(shaped: string): Terms {
    for (let at = 0; at < this.#length; at++) this.#table[this.#slots[at] ?? 0] = -1;
    this.#length = 0;
    this.#countWords(shaped);
    const grams = this.#length;
    this.#countGrams(shaped);
    return { hashes: this.#hashes, counts: this.#counts, words: this.#words, length: this.#length, grams };
  }

  #countWords(text: string): void {
    let [hash, before, word, inside] = [WORD_SEED, 0, 0, false];
    for (let at = 0; at <= text.length; at++) {
      const code = at < text.length ? text.charCodeAt(at) : SPACE;
      if (code !== SPACE) {
        hash = Math.imul(hash ^ code, PRIME);
        inside = true;
        continue;
      }
      if (!inside) continue;
      this.#add(hash, word);
      if (before !== 0) this.#add(Math.imul(before ^ PAIR_SEED, PRIME) ^ hash, word);
      [before, hash, inside] = [hash, WORD_SEED, false];
      word++;
    }
  }

  #countGrams(text: string): void {
    let word = 0;
    for (let at = 0; at < text.length; ) {
      if (text.charCodeAt(at) === SPACE) {
        at++;
        continue;
      }
      let end = at;
      while (end < text.length && text.charCodeAt(end) !== SPACE) end++;
      this.#gramsOf(text, at - 1, end + 1, word++);
      at = end + 1;
    }
  }

  // From the space before the word to the one behind it.
  #gramsOf(text: string, from: number, to: number, word: number): void {
    for (let start = from; start < to - 1; start++) {
      let hash = GRAM_SEED;
      const end = Math.min(to, start + LONGEST_GRAM);
      for (let at = start; at < end; at++) {
        const code = at < 0 || at >= text.length ? SPACE : text.charCodeAt(at);
        hash = Math.imul(hash ^ code, PRIME);
        if (at > start) this.#add(hash, word);
      }
    }
  }

  #add(raw: number, word: number): void {
    const hash = mixed(raw);
    let slot = hash & (TABLE_SIZE - 1);
    for (let place = this.#table[slot] ?? -1; place >= 0; place = this.#table[slot] ?? -1) {
      if (this.#hashes[place] === hash) {
        this.#counts[place] = Math.min(0xffff, (this.#counts[place] ?? 0) + 1);
        return;
      }
      slot = (slot + 1) & (TABLE_SIZE - 1);
    }
    if (this.#length >= MAX_TERMS) return;
    this.#table[slot] = this.#length;
    this.#slots[this.#length] = slot;
    this.#hashes[this.#length] = hash;
    this.#counts[this.#length] = 1;
    this.#words[this.#length++] = word;
  }
}

function mixed(value: number): number {
  let hash = Math.imul(value ^ (value >>> 16), 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
