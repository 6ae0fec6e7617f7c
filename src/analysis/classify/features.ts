// Features of a text for the linear model: words, word pairs, character 3- to 5-grams, all hashed into one table, and a
// few traits of shape. Digits are masked first, so that no number can be learnt.
import { maskText } from '../fingerprint/mask.ts';

export const FEATURE_BITS = 18;
export const FEATURE_COUNT = 1 << FEATURE_BITS;
/** Units of masked text that are looked at. */
const MAX_UNITS = 1500;
const MAX_FEATURES = 8192;
const INDEX_MASK = FEATURE_COUNT - 1;
const PRIME = 0x0100_0193;

const TRAITS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['link', /https?:\/\/|www\./],
  ['long-number', /\d{5,}/],
  ['number', /\d/],
  ['money', /[£$€₽]|\b(?:usd|eur|gbp|btc|eth)\b/],
  ['shout', /!{2,}/],
  ['mention', /@\w/],
];

/** Distinct feature indexes of one text; reuse the extractor, it holds its working memory. */
export class FeatureExtractor {
  readonly #seen = new Uint32Array(FEATURE_COUNT);
  readonly #out = new Int32Array(MAX_FEATURES);
  #epoch = 0;
  #count = 0;

  /** @param folded folded text @returns a view that the next call overwrites */
  of(folded: string): Int32Array {
    this.#epoch++;
    this.#count = 0;
    const text = ` ${maskText(folded).slice(0, MAX_UNITS)} `;
    this.#words(text);
    this.#grams(text);
    for (const [name, pattern] of TRAITS) if (pattern.test(folded)) this.#add(hashOf(`trait:${name}`));
    this.#add(hashOf(`length:${Math.min(8, Math.floor(Math.log2(text.length + 1)))}`));
    return this.#out.subarray(0, this.#count);
  }

  #words(text: string): void {
    let before = 0;
    let hash = 0x811c_9dc5;
    for (let at = 1; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code !== 0x20) {
        hash = Math.imul(hash ^ code, PRIME);
        continue;
      }
      this.#add(hash);
      if (before !== 0) this.#add(Math.imul(before ^ 0x5bd1_e995, PRIME) ^ hash);
      before = hash;
      hash = 0x811c_9dc5;
    }
  }

  #grams(text: string): void {
    for (let at = 0; at + 2 < text.length; at++) {
      let hash = 0x1234_5677;
      for (let width = 0; width < 5 && at + width < text.length; width++) {
        hash = Math.imul(hash ^ text.charCodeAt(at + width), PRIME);
        if (width >= 2) this.#add(hash + width);
      }
    }
  }

  #add(hash: number): void {
    const index = (Math.imul(hash ^ (hash >>> 15), 0x2c1b_3c6d) >>> 12) & INDEX_MASK;
    if (this.#seen[index] === this.#epoch || this.#count >= MAX_FEATURES) return;
    this.#seen[index] = this.#epoch;
    this.#out[this.#count++] = index;
  }
}

function hashOf(text: string): number {
  let hash = 0x7feb_352d;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), PRIME);
  return hash;
}
