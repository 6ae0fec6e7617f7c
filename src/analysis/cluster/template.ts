// The text that the members of a campaign share, for warnings: whatever differs, or could name a decoy, becomes `…`.
import { stripInvisible } from '../normalize/fold.ts';

/** Stands for a part that differs from message to message. */
export const SLOT = '…';
const MAX_WORDS = 400;
const MAX_MEMBERS = 64;
const MAX_CHARACTERS = 2000;

const ADDRESS = /[^\s<>"'(),;:@]{1,64}(@[^\s<>"'(),;:@]{1,253})/g;
const MENTION = /(?<![\p{L}\p{N}…])@[\p{L}\p{N}_.-]{1,64}/gu;
const LONG_TOKEN = /[A-Za-z0-9+/=_-]{24,}|(?<![\p{L}\p{N}])(?=[\p{L}_-]{0,60}\d)[\p{L}\p{N}_-]{10,}(?![\p{L}\p{N}])/gu;
const LINK_TAIL = /((?:https?|ftp):\/\/[^\s/?#]{1,260})([/?#][^\s]{0,2048})/gi;
const TAIL_TOKEN = /\d{3,}|[A-Za-z0-9_-]{16,}|(?<==)[^&\s]{1,512}/g;
const PERCENT = /%[0-9A-Fa-f]{2}/;

/** Cuts what may point at one target: names before and after an @, long tokens, given names, tokens of link paths. */
export function cutTargets(text: string, names: readonly string[] = []): string {
  let cut = stripInvisible(text).slice(0, MAX_CHARACTERS);
  for (const name of names) {
    for (const part of [name, name.split('@')[0] ?? '']) if (part.length > 2) cut = cutWord(cut, part);
  }
  return cut
    .replaceAll(ADDRESS, `${SLOT}$1`)
    .replaceAll(LINK_TAIL, (_whole, head: string, tail: string) => head + cutTail(tail))
    .replaceAll(MENTION, `@${SLOT}`)
    .replaceAll(LONG_TOKEN, SLOT)
    .replaceAll(/(?:…\s*){2,}/gu, `${SLOT} `)
    .trim();
}

function cutTail(tail: string): string {
  return PERCENT.test(tail) ? `/${SLOT}` : tail.replaceAll(TAIL_TOKEN, SLOT);
}

function cutWord(text: string, word: string): string {
  const lower = text.toLowerCase();
  const wanted = word.toLowerCase();
  if (lower.length !== text.length) return text.split(word).join(SLOT);
  const parts: string[] = [];
  let from = 0;
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, at + wanted.length)) {
    if (!isEdge(lower, at - 1) || !isEdge(lower, at + wanted.length)) continue;
    parts.push(text.slice(from, at), SLOT);
    from = at + wanted.length;
  }
  parts.push(text.slice(from));
  return parts.join('');
}

function isEdge(text: string, at: number): boolean {
  return at < 0 || at >= text.length || !/[\p{L}\p{N}]/u.test(text.charAt(at));
}

/**
 * Template of a campaign: its first text, with the words that other members lack replaced by slots.
 * @param texts members, oldest first; the first 64 count
 * @param names addresses and names that must not show, such as those of decoys
 */
export function templateOf(texts: readonly string[], names: readonly string[] = []): string {
  const members = texts.slice(0, MAX_MEMBERS).map((text) => words(cutTargets(text, names)));
  const [first, ...rest] = members;
  if (first === undefined) return '';
  let common: readonly string[] = first;
  for (const member of rest) common = align(common, member);
  return common.join(' ').replaceAll(/…(?: …)+/gu, SLOT);
}

function words(text: string): readonly string[] {
  return text
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, MAX_WORDS);
}

// Longest common subsequence of words; a gap on either side leaves one slot.
function align(a: readonly string[], b: readonly string[]): readonly string[] {
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const same = a[i] === b[j] ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1 : 0;
      lengths[i * width + j] = Math.max(same, lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0);
    }
  }
  const kept: string[] = [];
  let [i, j, gap] = [0, 0, false];
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      if (gap) kept.push(SLOT);
      kept.push(a[i] ?? '');
      [i, j, gap] = [i + 1, j + 1, false];
    } else {
      gap = true;
      if ((lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0)) i++;
      else j++;
    }
  }
  if (gap || i < a.length || j < b.length) kept.push(SLOT);
  return kept;
}
