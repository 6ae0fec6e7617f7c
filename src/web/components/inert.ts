// Captured text is hostile: control, invisible and direction-changing characters are made visible, nothing is a link.

/** A run of harmless text, or one character that would hide or reorder others, with its name. */
export type InertSegment =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'mark'; readonly label: string; readonly code: string };

/** Longest text shown; the rest is told as a count. */
export const MAX_SHOWN = 20_000;

const NAMES: Readonly<Record<number, string>> = {
  0: 'NUL',
  7: 'BEL',
  8: 'BS',
  13: 'CR',
  27: 'ESC',
  127: 'DEL',
  173: 'SHY',
  1564: 'ALM',
  8203: 'ZWSP',
  8204: 'ZWNJ',
  8205: 'ZWJ',
  8206: 'LRM',
  8207: 'RLM',
  8234: 'LRE',
  8235: 'RLE',
  8236: 'PDF',
  8237: 'LRO',
  8238: 'RLO',
  8288: 'WJ',
  8294: 'LRI',
  8295: 'RLI',
  8296: 'FSI',
  8297: 'PDI',
  65279: 'BOM',
};

// Cc without tab and line feed, Cf (format: bidi, zero width, tags), line and paragraph separators, Hangul fillers,
// private use, lone surrogates. Combining marks stay: they are letters' business, and the box clips their stacking.
const MARKED = /[\p{Cf}\p{Co}\p{Cs}\u2028\u2029\u115f\u1160\u3164\uffa0]|(?![\t\n])\p{Cc}/u;

/** Cuts a text into runs that are safe to show and marks for what is not. */
export function inertSegments(text: string): readonly InertSegment[] {
  const segments: InertSegment[] = [];
  let run = '';
  for (const char of text.replaceAll('\r\n', '\n')) {
    if (!MARKED.test(char)) {
      run += char;
      continue;
    }
    if (run !== '') segments.push({ kind: 'text', text: run });
    run = '';
    const point = char.codePointAt(0) ?? 0xfffd;
    const code = `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
    segments.push({ kind: 'mark', label: NAMES[point] ?? code, code });
  }
  if (run !== '') segments.push({ kind: 'text', text: run });
  return segments;
}

/** The text cut to what is shown, not inside a surrogate pair, and how many characters are left out. */
export function shorten(text: string, max: number = MAX_SHOWN): { readonly shown: string; readonly hidden: number } {
  if (text.length <= max) return { shown: text, hidden: 0 };
  const end = /[\ud800-\udbff]/.test(text.charAt(max - 1)) ? max - 1 : max;
  return { shown: text.slice(0, end), hidden: text.length - end };
}

/** A stretch of a text, pointed out or not. */
export interface Stretch {
  readonly from: number;
  readonly text: string;
  readonly pointedOut: boolean;
}

/** Cuts a text where pieces of it stand, each the first time; pieces that overlap an earlier one are left out. */
export function stretches(text: string, pieces: readonly string[]): readonly Stretch[] {
  const found: { readonly from: number; readonly to: number }[] = [];
  for (const piece of [...pieces].sort((a, b) => b.length - a.length)) {
    const from = piece === '' ? -1 : text.indexOf(piece);
    const to = from + piece.length;
    if (from >= 0 && !found.some((other) => other.from < to && from < other.to)) found.push({ from, to });
  }
  const cut: Stretch[] = [];
  let at = 0;
  for (const { from, to } of found.sort((a, b) => a.from - b.from)) {
    if (from > at) cut.push({ from: at, text: text.slice(at, from), pointedOut: false });
    cut.push({ from, text: text.slice(from, to), pointedOut: true });
    at = to;
  }
  if (at < text.length || cut.length === 0) cut.push({ from: at, text: text.slice(at), pointedOut: false });
  return cut;
}

/** Whether anything is left to show: a template may be all slots. */
export const hasWords = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);
