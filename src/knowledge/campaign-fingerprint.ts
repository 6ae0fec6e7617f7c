// Fingerprints as the store keeps them: hashes only, no word and no host of a capture in clear but its links.
import type { Fingerprint } from '../analysis/types.ts';
import { cutText } from './indicator-store.ts';

const MAX_KEY = 300;
const MAX_LINKS = 20;

/** `e` exact, `w` words (base64, little-endian), `s` shape, `l` links. */
export interface StoredFingerprint {
  readonly e: string;
  readonly w: string;
  readonly s?: number;
  readonly l?: readonly string[];
}

export function storeFingerprint({ exact, words, shape, links = [] }: Fingerprint): StoredFingerprint {
  return {
    e: cutText(exact, MAX_KEY),
    w: Buffer.from(words.buffer, words.byteOffset, words.byteLength).toString('base64'),
    ...(shape === undefined ? {} : { s: shape }),
    ...(links.length === 0 ? {} : { l: links.slice(0, MAX_LINKS).map((link) => cutText(link, MAX_KEY)) }),
  };
}

export function loadFingerprint({ e, w, s, l = [] }: StoredFingerprint): Fingerprint {
  const bytes = Uint8Array.from(Buffer.from(w, 'base64')); // aligned, and not a view of a shared buffer
  const words = new Uint32Array(bytes.buffer, 0, bytes.byteLength >> 2);
  return { exact: e, words, links: l, ...(s === undefined ? {} : { shape: s }) };
}
