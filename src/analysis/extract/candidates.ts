// Finds where addresses stand in a refanged text: links with a scheme, and bare names with a dot. One pass each.
import type { MappedText } from '../normalize/mapped-text.ts';
import { isBareHost, isPublicSuffix } from './suffix.ts';

/** A stretch of the refanged text that may be an address. */
export interface Candidate {
  readonly from: number;
  readonly to: number;
  readonly value: string;
}

/** Characters of one address; longer ones are cut. */
export const MAX_ADDRESS = 2048;
const MAX_CANDIDATES = 128;
/** Dots of one text that are looked at, whether or not a host stands around them. */
const MAX_DOTS = 2048;

// A bar ends a link (`<link|label>`), but for eDonkey's; so does Markdown's end of a label.
const SCHEMED =
  /ed2k:\/\/\|[^\s<>"`^\p{Cc}]{1,2048}|(?:https?|ftps?|ircs?|wss?|magnet):\/?\/?(?:[^\s<>"`^|\]“”«»‹›、。」』】》\p{Cc}]|\](?!\()){1,2048}/giu;
const OPENING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** Links with a scheme, trimmed of the punctuation of the sentence around them. */
export function schemedLinks(text: string): readonly Candidate[] {
  if (!text.includes(':')) return [];
  const found: Candidate[] = [];
  for (const match of text.matchAll(SCHEMED)) {
    const value = trimTail(cutAuthority(match[0]));
    found.push({ from: match.index, to: match.index + value.length, value });
    if (found.length >= MAX_CANDIDATES) break;
  }
  return found;
}

// The host ends where no host goes on: `http://evil.com,thanks`, `http://evil.com点击`. Before an `@` anything may stand.
function cutAuthority(link: string): string {
  const start = link.indexOf('://') + 3;
  if (start < 3 || /^(?:ed2k|magnet)/i.test(link)) return link;
  const end = start + (/[/?#\\]/.exec(link.slice(start, start + MAX_ADDRESS))?.index ?? link.length - start);
  const authority = link.slice(start, end);
  if (authority.includes('@')) return link;
  const twice = /^(.+?)https?:$/i.exec(authority)?.[1];
  if (twice !== undefined && link.startsWith('//', end)) return `${link.slice(0, start)}${twice}`;
  const sound = /^[\p{L}\p{N}\p{M}\p{So}.\-_:%[\]]*/u.exec(authority)?.[0] ?? '';
  if (sound.length < authority.length) return link.slice(0, start + sound.length);
  return asciiTail(sound) === undefined ? link : `${link.slice(0, start)}${asciiTail(sound)}`;
}

// Letters of another script glued to the end of an ASCII host: the host alone, when it is one.
function asciiTail(host: string): string | undefined {
  const [, ascii = '', glued = ''] = /^([!-~]*\.[a-z-]{2,24})([^ -~].*)$/isu.exec(host) ?? [];
  return glued !== '' && isPublicSuffix(ascii.toLowerCase()) ? ascii : undefined;
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
export function bareHosts(mapped: MappedText, taken: readonly Candidate[]): readonly Candidate[] {
  const { text } = mapped;
  const found: Candidate[] = [];
  let next = 0;
  let at = text.indexOf('.');
  for (let tried = 0; at >= 0 && tried < MAX_DOTS && found.length < MAX_CANDIDATES; tried++) {
    const from = leftOf(text, at, next);
    const to = rightOf(text, at);
    next = Math.max(to, at + 1);
    const candidate = from < at && to > at + 1 ? hostAt(mapped, from, to, taken) : undefined;
    if (candidate !== undefined) {
      found.push(candidate);
      next = Math.max(next, candidate.to);
    }
    at = text.indexOf('.', next);
  }
  return found;
}

function hostAt(mapped: MappedText, start: number, end: number, taken: readonly Candidate[]): Candidate | undefined {
  const { text } = mapped;
  if (end - start > 253) return undefined;
  if (taken.some((other) => other.from < end && start < other.to)) return undefined;
  if (isPartOfMore(text, start)) return undefined;
  let [from, to] = withoutGlue(text, start, end);
  while (to > from && /[.\-_]/.test(text.charAt(to - 1))) to--;
  while (from < to && /[.\-_]/.test(text.charAt(from))) from++;
  const host = text.slice(from, to);
  if (!host.includes('.') || host.includes('..') || host.includes('_')) return undefined;
  const after = text.charAt(to);
  if (after === '@' || after === '(') return undefined;
  const tail =
    /^(?::\d{1,5})?(?:\/[^\s<>"`^|]{0,2048}|[?#]\w[^\s<>"`^|]{0,2048})?/.exec(text.slice(to, to + MAX_ADDRESS))?.[0] ??
    '';
  const disguised = mapped.seen(from, to).toLowerCase() !== host.toLowerCase();
  if (!isBareHost({ host, path: tail.length > 0, disguised })) return undefined;
  const value = trimTail(`${host}${tail}`);
  return { from, to: from + value.length, value };
}

// After `@`, in a path or behind a sign that belongs to the word (`velvet*944.ru`), it is no host by itself.
function isPartOfMore(text: string, start: number): boolean {
  const before = text.charAt(start - 1);
  if (before === '@' || before === '\\' || before === '$') return true;
  if (before === '/') return !/(?:^|[\s([{<"'])\/\/$/.test(text.slice(Math.max(0, start - 3), start));
  return before === '*' && /[\p{L}\p{N}]/u.test(text.charAt(start - 2));
}

// Scripts that are written without spaces, around an ASCII name: `看evil.com吧`.
function withoutGlue(text: string, start: number, end: number): [from: number, to: number] {
  const whole = text.slice(start, end);
  const ascii = /[a-z0-9][a-z0-9.-]*\.[a-z]{2,24}/i.exec(whole);
  if (ascii === null || ascii[0].length === whole.length) return [start, end];
  const [before, after] = [whole.slice(0, ascii.index), whole.slice(ascii.index + ascii[0].length)];
  const glued = before === '' || /[\u0e00-\u0eff\u3040-\ud7ff]$/.test(before);
  if (!glued || /^[a-z0-9.-]/i.test(after) || !isPublicSuffix(ascii[0].toLowerCase())) return [start, end];
  return [start + ascii.index, start + ascii.index + ascii[0].length];
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
