// Links taken apart by spaces and line breaks.
import type { MappedText } from '../../normalize/mapped-text.ts';
import { isCommonWord, isPublicSuffix, isTelling, isTopLevel, PLAIN_SUFFIXES, SPOKEN_SUFFIXES } from '../suffix.ts';

const LETTERS = /(?<!\S)\S(?:[ ]{1,2}\S){5,300}(?!\S)/gu;
const SPACED =
  /(?<![\p{L}\p{N}.@-])((?:https?:\/\/)?[\p{L}\p{N}][\p{L}\p{N}-]{0,62}(?:\.[\p{L}\p{N}-]{1,63}){0,4})((?:[ \t\u00a0]{0,2}\.[ \t\u00a0]{0,2}[a-z0-9][a-z0-9-]{0,62}){1,5})(?![\p{L}\p{N}])/giu;
const BROKEN =
  /(?<![\p{L}\p{N}.-])((?:https?:\/\/)?[\p{L}\p{N}][\p{L}\p{N}.-]{0,252})\r?\n[ ]{0,2}([\p{L}\p{N}.-][\p{L}\p{N}.-]{0,252})(?=[/?#:\s]|$)/giu;
const LABEL_AFTER_DOT = /\.[ \t\u00a0]{0,2}([a-z0-9][a-z0-9-]{0,62})/giu;
/** Stretches of one text that are asked about; more are left as they are. */
const MAX_ASKED = 256;
const GAPS = /[ \t\u00a0]+/g;
// Suffixes that a space after a full stop may stand before: no words in any language we know of.
const AFTER_STOP: ReadonlySet<string> = new Set(
  'com org ru xyz cn uk jp kr vn cz sk hu bg tk ml cf gq icu biz ua pl cyou sbs cfd'.split(' '),
);

/** `e v i l . c o m` to `evil.com`. */
export function joinedLetters(mapped: MappedText): MappedText {
  if (!/(?:^|\s)\S [ ]?\S [ ]?\S [ ]?\S /.test(mapped.text)) return mapped;
  return mapped.rewrite(
    LETTERS,
    ([letters]) => {
      const joined = letters.replaceAll(' ', '');
      if (/^h[tx*]{2}ps?:[/\\]{2}/i.test(joined)) return joined;
      const host = /^(?:www\.)?[\p{L}\p{N}.-]{1,253}/u.exec(joined)?.[0].toLowerCase() ?? '';
      const suffix = host.slice(host.lastIndexOf('.') + 1);
      return isPublicSuffix(host) && suffix.length > 1 && (PLAIN_SUFFIXES.has(suffix) || host.length > 12)
        ? joined
        : undefined;
    },
    MAX_ASKED,
  );
}

/** `evil . com`, `www .evil. com`; with `asked`, the text says that spaces are to be taken out. */
export function joinedDots(mapped: MappedText, asked: boolean): MappedText {
  if (!/[ \t\u00a0]\.|\.[ \t\u00a0]/.test(mapped.text) || !endsInSuffix(mapped.text)) return mapped;
  return mapped.rewrite(SPACED, (match) => spacedHost(match, asked), MAX_ASKED);
}

/** A host broken over two lines. */
export function joinedLines(mapped: MappedText): MappedText {
  if (!mapped.text.includes('\n')) return mapped;
  const once = mapped.rewrite(BROKEN, joinLines, MAX_ASKED);
  return once === mapped ? mapped : once.rewrite(BROKEN, joinLines, MAX_ASKED);
}

// Most sentences end before a word that is no suffix.
function endsInSuffix(text: string): boolean {
  for (const [, label = ''] of text.matchAll(LABEL_AFTER_DOT)) if (isTopLevel(label.toLowerCase())) return true;
  return false;
}

function spacedHost(match: RegExpExecArray, asked: boolean): string | undefined {
  const [whole, left = '', tail = ''] = match;
  if (!/\s/.test(whole)) return undefined;
  const joined = whole.replaceAll(GAPS, '');
  const schemed = /^https?:\/\//i.test(left);
  const host = (schemed ? joined.slice(joined.indexOf('://') + 3) : joined).toLowerCase();
  const labels = host.split('.');
  const suffix = labels.at(-1) ?? '';
  if (!isPublicSuffix(host)) return undefined;
  const path = match.input.charAt(match.index + whole.length) === '/';
  const front = host.slice(0, -suffix.length - 1);
  if (schemed)
    return isPublicSuffix(left.slice(left.indexOf('://') + 3).toLowerCase()) && !/\s\./.test(tail) ? undefined : joined;
  if ((labels.length === 2 || !path) && labels.slice(0, -1).some(isCommonWord)) return undefined;
  if (asked || labels[0] === 'www') return joined;
  // What follows a full stop and is a host by itself stays apart: `btw. site.org`.
  if (!/\s\./.test(tail)) return AFTER_STOP.has(suffix) && tail.endsWith(suffix) && isBroken(tail) ? joined : undefined;
  if (path) return PLAIN_SUFFIXES.has(suffix) || isTelling(front) ? joined : undefined;
  if (!/\s\.\s?[a-z0-9-]+$/i.test(tail) || !tail.endsWith(suffix)) return undefined;
  const word = suffix === 'net' || SPOKEN_SUFFIXES.has(suffix) || isCommonWord(suffix);
  // `the ip without .com`: a space before the dot alone is also how people name a suffix.
  const named =
    tail === ` .${suffix}` &&
    !isTelling(front) &&
    !/^(?:\s{0,2}$|[/?#:,!)])/.test(match.input.slice(match.index + whole.length));
  return ((PLAIN_SUFFIXES.has(suffix) && !word) || isTelling(front)) && !named ? joined : undefined;
}

function isBroken(tail: string): boolean {
  const last = tail.slice(tail.lastIndexOf(' ') + 1);
  return !isPublicSuffix(last.toLowerCase());
}

// One line break inside a host: joined only when the first half is no host yet and the whole is.
function joinLines(match: RegExpExecArray): string | undefined {
  const [, left = '', right = ''] = match;
  const schemed = left.includes('://');
  const first = schemed ? left.slice(left.indexOf('://') + 3) : left;
  const joined = `${first}${right}`.toLowerCase();
  if (!isPublicSuffix(joined)) return undefined;
  const open = first.endsWith('.') || first.endsWith('-') || right.startsWith('.');
  if (schemed)
    return isPublicSuffix(first.toLowerCase()) &&
      !open &&
      !isBrokenSuffix(first, right, match.input.charAt(match.index + match[0].length))
      ? undefined
      : `${left}${right}`;
  const suffix = joined.slice(joined.lastIndexOf('.') + 1);
  const half = first.endsWith('.') ? first.slice(0, -1) : first;
  return open && PLAIN_SUFFIXES.has(suffix) && !isCommonWord(half.toLowerCase()) ? `${left}${right}` : undefined;
}

// `http://steamcommunity.st` + `eams.ga/x`: a rare suffix that ends the line, and the rest of a name below it.
function isBrokenSuffix(first: string, right: string, next: string): boolean {
  const suffix = first.slice(first.lastIndexOf('.') + 1).toLowerCase();
  if (next === '/' && /^[a-z]{1,2}$/.test(right) && PLAIN_SUFFIXES.has(`${suffix}${right}`)) return true;
  return suffix.length === 2 && !PLAIN_SUFFIXES.has(suffix) && /^[a-z0-9-]{2,63}\.[a-z]{2}/i.test(right);
}
