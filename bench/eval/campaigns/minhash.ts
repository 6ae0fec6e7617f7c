// MinHash (Broder 1997) over character 5-grams: the share of equal positions estimates the Jaccard similarity of the
// two texts' 5-gram sets. One rolling hash per gram, then 48 multiply-xor permutations; no allocation but the result.

export const MINHASH_SIZE = 48;
const GRAM = 5;
/** Units of text that are shingled: a template shows in its first pages. */
const MAX_UNITS = 4096;
/** Texts of fewer grams say too little for an estimate. */
const MIN_GRAMS = 12;

const UPPER_BIT = 0x8000_0000 | 0;
const MULTIPLIERS = new Int32Array(MINHASH_SIZE);
const OFFSETS = new Int32Array(MINHASH_SIZE);
let seed = 0x9e3779b9;
for (let at = 0; at < MINHASH_SIZE; at++) {
  seed = mix(seed + 0x6d2b79f5);
  MULTIPLIERS[at] = seed | 1;
  seed = mix(seed + 0x6d2b79f5);
  OFFSETS[at] = seed;
}

// Final mixing of MurmurHash3 (public domain): every input bit moves every output bit.
function mix(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Signature of a masked text, or an empty array when the text is too short to compare. */
export function minhash(masked: string): Uint32Array {
  const length = Math.min(masked.length, MAX_UNITS);
  if (length < MIN_GRAMS + GRAM - 1) return new Uint32Array(0);
  const signature = new Int32Array(MINHASH_SIZE).fill(0x7fff_ffff);
  const power = Math.imul(Math.imul(31, 31), Math.imul(31, 31));
  let rolling = 0;
  for (let at = 0; at < length; at++) {
    if (at >= GRAM) rolling = (rolling - Math.imul(masked.charCodeAt(at - GRAM), power)) | 0;
    rolling = (Math.imul(rolling, 31) + masked.charCodeAt(at)) | 0;
    if (at >= GRAM - 1) lower(signature, mix(rolling));
  }
  for (let at = 0; at < MINHASH_SIZE; at++) signature[at] = (signature[at] ?? 0) ^ UPPER_BIT;
  return new Uint32Array(signature.buffer);
}

// Compared as signed numbers with the upper bit turned over, which orders them as unsigned ones do: those are machine words
// to the engine, unsigned ones are not.
function lower(signature: Int32Array, gram: number): void {
  for (let at = 0; at < MINHASH_SIZE; at++) {
    const product = Math.imul(gram ^ (OFFSETS[at] ?? 0), MULTIPLIERS[at] ?? 1);
    const hash = product ^ (product >>> 15) ^ UPPER_BIT;
    if (hash < (signature[at] ?? 0)) signature[at] = hash;
  }
}

/** Estimated Jaccard similarity of two signatures, 0 to 1; 0 when one is empty. */
export function similarity(a: Uint32Array, b: Uint32Array): number {
  if (a.length !== MINHASH_SIZE || b.length !== MINHASH_SIZE) return 0;
  let equal = 0;
  for (let at = 0; at < MINHASH_SIZE; at++) if (a[at] === b[at]) equal++;
  return equal / MINHASH_SIZE;
}
