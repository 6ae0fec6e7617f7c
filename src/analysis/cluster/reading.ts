// One capture as the model of campaigns reads it: pairs of neighbouring words, the parts around its link, what it is tied by.
import type { Fingerprint } from '../types.ts';
import type { Background } from './background.ts';
import { WEIGHTS } from './weights.ts';

/** Stand before the first word and after the last. */
export const START = 1;
const END = 2;
const PARTS_AFTER = 3;
const PARTS_BEFORE = 4;
const UNKNOWN_PARTS = 15;
/** Words of everybody's that are believed in before there are any, and the share of a word not met yet. */
const PRIOR_WORDS = 50;
const UNSEEN_WORD = 0.1;

export interface Reading {
  /** Keys of the words, START first: what each pair begins with. */
  readonly contexts: Uint32Array;
  /** Keys of the pairs; the last ends the text. */
  readonly pairs: Uint32Array;
  /** Probability of each pair's second word after its first, among all campaigns. */
  readonly chances: Float64Array;
  /** What a pair in common is worth in finding candidates: less, the more campaigns use it. */
  readonly rarities: Float64Array;
  /** Keys of the parts around the link, each with what it is a value of. */
  readonly shape: readonly { readonly of: number; readonly key: number }[];
  /** Keys of hosts of its own, payload hashes, and the whole of a capture without words. */
  readonly ties: readonly Tie[];
  readonly exact: number;
  /** Key of the sender; 0 when none is known. */
  readonly sender: number;
  readonly atMs: number;
}

export interface Tie {
  readonly key: number;
  readonly rarity: number;
  readonly isHost: boolean;
}

export function readCapture(fingerprint: Fingerprint, atMs: number, background: Background): Reading {
  const { links = [], shape = 0 } = fingerprint;
  const exact = keyOf(fingerprint.exact);
  const wordless = fingerprint.words.length === 0;
  // Its whole is its one word: that nothing was said is no wording that two have in common.
  const words = wordless ? Uint32Array.of(exact) : fingerprint.words;
  const contexts = new Uint32Array(words.length + 1);
  contexts[0] = START;
  contexts.set(words, 1);
  const pairs = new Uint32Array(contexts.length);
  const chances = new Float64Array(contexts.length);
  const rarities = new Float64Array(contexts.length);
  const total = background.total + PRIOR_WORDS;
  let usedBefore = background.count(START);
  for (let at = 0; at < contexts.length; at++) {
    const before = contexts[at] ?? START;
    const word = words[at] ?? END;
    const pair = pairKey(before, word);
    pairs[at] = pair;
    const usedAlone = background.count(word);
    const alone = (usedAlone + UNSEEN_WORD) / total;
    const prior = at === 0 ? WEIGHTS.basePrior + WEIGHTS.startPrior : WEIGHTS.basePrior;
    const used = background.count(pair);
    rarities[at] = 1 / (1 + used);
    const chance = (used + prior * alone) / (usedBefore + prior);
    chances[at] = Math.min(1, chance);
    usedBefore = usedAlone;
  }
  const ties = links.map(tieOf);
  if (wordless) ties.push({ key: exact, rarity: WEIGHTS.hostRarity, isHost: false });
  const sender = fingerprint.sender === undefined ? 0 : keyOf(fingerprint.sender);
  return { contexts, pairs, chances, rarities, shape: shapeKeys(shape), ties, exact, sender, atMs };
}

function tieOf(link: string): Tie {
  const isHost = link.startsWith('host:');
  return { key: keyOf(link), rarity: isHost ? WEIGHTS.hostRarity : WEIGHTS.fileRarity, isHost };
}

/** Key of two neighbours; order counts. */
export function pairKey(first: number, second: number): number {
  let hash = Math.imul(first ^ 0x7feb352d, 0x846ca68b) ^ second;
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 14)) | 0x10) >>> 0;
}

/** FNV-1a, mixed once more; below 16 stand the marks above. */
export function keyOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return ((hash ^ (hash >>> 13)) | 0x10) >>> 0;
}

// Whether something follows the link is known of every text; how many parts there are only where separators show it.
function shapeKeys(code: number): Reading['shape'] {
  if (code === 0) return [];
  const [after, before] = [(code - 1) >> 4, (code - 1) & 15];
  const follows = shapeKey(PARTS_AFTER, Math.min(after, 1));
  return before === UNKNOWN_PARTS ? [follows] : [follows, shapeKey(PARTS_BEFORE, before * 16 + after)];
}

function shapeKey(of: number, value: number): { readonly of: number; readonly key: number } {
  return { of: pairKey(of, 0), key: pairKey(of, value + 1) };
}
