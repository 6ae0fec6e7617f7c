// The words of a masked text as hashes, in order: what the clusterer learns the wording of a campaign from.

/** Words taken of one text: a template shows in its first page. */
export const MAX_WORDS = 160;
/** Scripts without spaces between words: each letter counts as one. */
const UNSPACED_FROM = 0x2e80;
const UNSPACED_TO = 0xd7ff;
const THAI_TO_KHMER_FROM = 0x0e00;
const THAI_TO_KHMER_TO = 0x0eff;

const room = new Uint32Array(MAX_WORDS);

/** Hashes of the words of a masked text; what comes beyond the first 160 is left out. */
export function hashWords(masked: string): Uint32Array {
  let [count, hash, open] = [0, 0, false];
  for (let at = 0; at <= masked.length && count < MAX_WORDS; at++) {
    const unit = at < masked.length ? masked.charCodeAt(at) : 0x20;
    const alone = isUnspaced(unit);
    if ((unit === 0x20 || alone) && open) {
      room[count++] = finish(hash);
      open = false;
    }
    if (alone && count < MAX_WORDS) room[count++] = finish(unit);
    else if (unit !== 0x20) {
      hash = open ? Math.imul(hash ^ unit, 0x01000193) : unit ^ 0x811c9dc5;
      open = true;
    }
  }
  return room.slice(0, count);
}

function isUnspaced(unit: number): boolean {
  if (unit < THAI_TO_KHMER_FROM) return false;
  return unit <= THAI_TO_KHMER_TO || (unit >= UNSPACED_FROM && unit <= UNSPACED_TO);
}

// Final mixing of MurmurHash3 (public domain). 0 to 15 are kept for marks of the clusterer.
function finish(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) | 0x10) >>> 0;
}
