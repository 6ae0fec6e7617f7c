// Folding: what different spellings of one text have in common. The order of the steps matters (detection by
// near-duplicates stands and falls with it): invisible characters, NFKC, lower case, look-alikes, white space.
import { isAscii, isInvisible } from './invisible.ts';
import { LOOK_ALIKES } from './look-alikes.ts';

/** UTF-16 units of a text that analysis looks at; the rest is evidence but is not analysed. */
export const MAX_ANALYSED = 64 * 1024;

// One combining mark stays with its letter; the towers of "zalgo" text go.
const FIRST_MARK = 0x300;
const LAST_MARK = 0x36f;

/** Folds a text for comparison: never for display. Bounded to MAX_ANALYSED units in and out. */
export function foldText(text: string): string {
  const input = text.length > MAX_ANALYSED ? text.slice(0, MAX_ANALYSED) : text;
  if (isAscii(input)) return isSqueezed(input) ? input.toLowerCase().trim() : squeeze(input.toLowerCase());
  const compatible = stripInvisible(input).normalize('NFKC').slice(0, MAX_ANALYSED).toLowerCase();
  const units: string[] = [];
  let from = 0;
  for (let at = 0; at < compatible.length; at++) {
    const code = compatible.charCodeAt(at);
    const folded = LOOK_ALIKES[code] ?? code;
    const mark = code >= FIRST_MARK && code <= LAST_MARK;
    if (folded === code && !mark) continue;
    if (at > from) units.push(compatible.slice(from, at));
    if (!mark) units.push(String.fromCharCode(folded));
    from = at + 1;
  }
  units.push(compatible.slice(from));
  return squeeze(units.join(''));
}

/** The text without the characters nobody sees. */
export function stripInvisible(text: string): string {
  const kept: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.codePointAt(at) ?? 0;
    const width = code > 0xffff ? 2 : 1;
    if (isInvisible(code)) {
      if (at > from) kept.push(text.slice(from, at));
      from = at + width;
    }
    at += width - 1;
  }
  if (from === 0) return text;
  kept.push(text.slice(from));
  return kept.join('');
}

// Most texts have single spaces only, which the expression below would yet replace one by one.
function isSqueezed(ascii: string): boolean {
  let before = 0;
  for (let at = 0; at < ascii.length; at++) {
    const code = ascii.charCodeAt(at);
    if (code < 0x20 || code === 0x7f || (code === 0x20 && before === 0x20)) return false;
    before = code;
  }
  return true;
}

function squeeze(text: string): string {
  return text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
}
