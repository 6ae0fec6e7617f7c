// Finds where addresses stand in a refanged text: links with a scheme, and bare names with a dot. One pass each.
import { isBareHost } from './suffix.ts';

/** A stretch of the refanged text that may be an address. */
export interface Candidate {
  readonly from: number;
  readonly to: number;
  readonly value: string;
}

/** Characters of one address; longer ones are cut. */
export const MAX_ADDRESS = 2048;
const MAX_CANDIDATES = 128;

const SCHEMED = /(?:https?|ftps?|ircs?|wss?|ed2k|magnet):\/?\/?[^\s<>"`^\p{Cc}]{1,2048}/giu;
const OPENING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** Links with a scheme, trimmed of the punctuation of the sentence around them. */
export function schemedLinks(text: string): readonly Candidate[] {
  if (!text.includes(':')) return [];
  const found: Candidate[] = [];
  for (const match of text.matchAll(SCHEMED)) {
    const value = trimTail(match[0]);
    found.push({ from: match.index, to: match.index + value.length, value });
    if (found.length >= MAX_CANDIDATES) break;
  }
  return found;
}

/** Cuts closing punctuation, unbalanced brackets and glued words (`,plz`) off the end of a link. */
export function trimTail(link: string): string {
  let end = link.length;
  const opened = { '(': 0, '[': 0, '{': 0 };
  const closed = { ')': 0, ']': 0, '}': 0 };
  for (let at = 0; at < link.length; at++) {
    const character = link.charAt(at);
    if (character in opened) opened[character as keyof typeof opened]++;
    if (character in closed) closed[character as keyof typeof closed]++;
  }
  for (; end > 0; end--) {
    const character = link.charAt(end - 1);
    const opening = OPENING[character];
    if (opening !== undefined) {
      const closing = character as keyof typeof closed;
      if (closed[closing] <= opened[opening as keyof typeof opened]) break;
      closed[closing]--;
    } else if (!/[.,;:!?'"*_~|…»”’>]/u.test(character)) break;
  }
  const trimmed = link.slice(0, end);
  return trimmed.replace(/,[a-z]{1,12}$/i, '');
}

/** Bare host names with what follows them, outside the stretches already taken. */
export function bareHosts(text: string, taken: readonly Candidate[]): readonly Candidate[] {
  const found: Candidate[] = [];
  let next = 0;
  let at = text.indexOf('.');
  while (at >= 0 && found.length < MAX_CANDIDATES) {
    const from = leftOf(text, at, next);
    const to = rightOf(text, at);
    next = Math.max(to, at + 1);
    const candidate = from < at && to > at + 1 ? hostAt(text, from, to, taken) : undefined;
    if (candidate !== undefined) {
      found.push(candidate);
      next = Math.max(next, candidate.to);
    }
    at = text.indexOf('.', next);
  }
  return found;
}

function hostAt(text: string, start: number, end: number, taken: readonly Candidate[]): Candidate | undefined {
  if (end - start > 253) return undefined;
  if (taken.some((other) => other.from < end && start < other.to)) return undefined;
  const before = text.charAt(start - 1);
  if (before === '@' || before === '\\' || before === '/' || before === '$') return undefined;
  let to = end;
  let from = start;
  while (to > from && /[.\-_]/.test(text.charAt(to - 1))) to--;
  while (from < to && /[.\-_]/.test(text.charAt(from))) from++;
  const host = text.slice(from, to);
  if (!host.includes('.') || host.includes('..') || host.includes('_')) return undefined;
  const after = text.charAt(to);
  if (after === '@' || after === '(') return undefined;
  const tail = /^(?::\d{1,5})?(?:[/?#][^\s<>"`^]{0,2048})?/.exec(text.slice(to, to + MAX_ADDRESS))?.[0] ?? '';
  if (!isBareHost({ host, path: tail.length > 0 })) return undefined;
  const value = trimTail(`${host}${tail}`);
  return { from, to: from + value.length, value };
}

function leftOf(text: string, dot: number, floor: number): number {
  let from = dot;
  while (from > floor && dot - from < 254 && isHostUnit(text.charCodeAt(from - 1))) from--;
  return from;
}

function rightOf(text: string, dot: number): number {
  let to = dot + 1;
  while (to < text.length && to - dot < 254 && (isHostUnit(text.charCodeAt(to)) || text.charCodeAt(to) === 0x2e)) to++;
  return to;
}

// Letters, digits, dash, underscore; any letter beyond ASCII, for internationalised names.
function isHostUnit(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x41 && code <= 0x5a) ||
    code === 0x2d ||
    code === 0x5f ||
    (code >= 0xc0 && code < 0x2000) ||
    (code >= 0x3040 && code < 0xd800)
  );
}
