// Where a brand stands in a name, a few letters off: approximate search with bit-parallel columns (Myers, JACM 1999).

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';
/** A word fits into one machine integer. */
const MAX_WORD = 30;

/** A word prepared for approximate search. */
export interface SearchWord {
  readonly word: string;
  /** For each letter or digit, the places where the word has it, as bits. */
  readonly places: Int32Array;
  /** Its letters, as bits. */
  readonly letters: number;
}

/** The letters `a` to `z` that a text holds, as bits. */
export function lettersOf(text: string): number {
  let letters = 0;
  for (let at = 0; at < text.length; at++) {
    const letter = letterIndex(text.charCodeAt(at));
    if (letter < 26) letters |= 1 << letter;
  }
  return letters;
}

/** How many bits are set. */
export function bitCount(bits: number): number {
  let count = 0;
  for (let left = bits; left !== 0; left &= left - 1) count++;
  return count;
}

// Index of a lower-case letter or digit; 36 for anything else.
function letterIndex(code: number): number {
  if (code >= 0x61 && code <= 0x7a) return code - 0x61;
  return code >= 0x30 && code <= 0x39 ? code - 0x30 + 26 : LETTERS.length;
}

/** Prepares a word of at most 30 letters and digits. */
export function searchWord(word: string): SearchWord {
  const places = new Int32Array(LETTERS.length + 1);
  for (let at = 0; at < Math.min(word.length, MAX_WORD); at++) {
    const letter = letterIndex(word.charCodeAt(at));
    places[letter] = (places[letter] ?? 0) | (1 << at);
  }
  places[LETTERS.length] = 0;
  return { word, places, letters: lettersOf(word) };
}

/**
 * The least number of insertions, deletions and replacements that make the word of some stretch of the text, or of all
 * of it when `whole`.
 */
export function editDistance({ word, places }: SearchWord, text: string, whole = false): number {
  const last = 1 << (word.length - 1);
  let [plus, minus, distance, best] = [-1, 0, word.length, word.length];
  for (let at = 0; at < text.length; at++) {
    const equal = places[letterIndex(text.charCodeAt(at))] ?? 0;
    const vertical = equal | minus;
    const horizontal = ((((equal & plus) + plus) | 0) ^ plus) | equal;
    let up = minus | ~(horizontal | plus);
    const down = plus & horizontal;
    if ((up & last) !== 0) distance++;
    else if ((down & last) !== 0) distance--;
    up = whole ? (up << 1) | 1 : up << 1;
    plus = (down << 1) | ~(vertical | up);
    minus = up & vertical;
    if (distance < best) best = distance;
  }
  return whole ? distance : best;
}
