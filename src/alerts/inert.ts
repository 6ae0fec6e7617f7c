// Captured text on its way into a message: one line, bounded, without anything that acts in a header or on a screen.
import { defang } from '../analysis/defang.ts';

/** Header values are cut here (RFC 5322 2.1.1 allows 998 octets a line; nobody reads that). */
export const MAX_HEADER_CHARS = 200;

/** C0, C1, line and paragraph separators, bidirectional and other format characters (Unicode Cc, Zl, Zp, Cf). */
const ACTIVE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/** One line of at most `max` characters; cut with an ellipsis. */
export function oneLine(text: string, max: number): string {
  // Far more than needed, cut first, so that a long text costs nothing.
  const flat = text
    .slice(0, max * 4 + 64)
    .toWellFormed()
    .replace(ACTIVE, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const characters = [...flat];
  return characters.length <= max
    ? flat
    : `${characters
        .slice(0, max - 1)
        .join('')
        .trimEnd()}…`;
}

/** A header's value: one line, at most 200 characters. */
export function headerText(text: string): string {
  return oneLine(text, MAX_HEADER_CHARS);
}

/** Captured text as it may be shown: one line, links dead. */
export function inertLine(text: string, max: number): string {
  return oneLine(defang(text.slice(0, max * 4 + 64)), max);
}
