// The build of a text around its link, without its words: how many parts stand before and after, where separators show it.
import { mayHoldLink } from '../normalize/words.ts';

const LINK = /(?:https?:\/\/|www\.)[^\s<>"]+|[a-z0-9](?:[a-z0-9-]{0,62}\.){1,8}[a-z]{2,24}(?:\/[^\s<>"]*)?/;
const MAX_UNITS = 2048;
const SEPARATOR_BEFORE = /(\s[-–—|~•]|[,.;:!?|])\s*$/;
const SEPARATOR_AFTER = /^\s*[-–—|~•,.;:!?]+(?=\s|$)/;
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;
const MAX_PARTS = 7;
/** Parts before the link cannot be told apart. */
const UNKNOWN = 15;
const NO_LINK = 0;

export interface Shape {
  /** 0 without a link; else parts before (15 unknown) and after. */
  readonly code: number;
  /** What stands after the link when it has no letter or digit (an emoticon, as a rule); empty otherwise. */
  readonly tail: string;
}

/** A text cut at its first link and, where a separator shows them, into its parts. */
export interface Parts {
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly isSeparated: boolean;
}

/** @param folded folded text, with links still in it @returns undefined without a link */
export function partsOf(folded: string): Parts | undefined {
  const text = folded.slice(0, MAX_UNITS);
  const link = mayHoldLink(text) ? LINK.exec(text) : null;
  if (link === null) return undefined;
  const before = text.slice(0, link.index);
  const found = link[0].replace(/[.,;:!?)\]]+$/, '');
  const after = text
    .slice(link.index + found.length)
    .replace(SEPARATOR_AFTER, '')
    .trim();
  const separator = SEPARATOR_BEFORE.exec(before)?.[1];
  if (separator === undefined) {
    return { before: nonEmpty([before]), after: nonEmpty([after]), isSeparated: before.trim() === '' };
  }
  const parts = before.split(`${separator} `);
  parts[parts.length - 1] = (parts.at(-1) ?? '').replace(SEPARATOR_BEFORE, '');
  return { before: nonEmpty(parts), after: after === '' ? [] : after.split(`${separator} `), isSeparated: true };
}

function nonEmpty(parts: readonly string[]): readonly string[] {
  return parts.filter((part) => part.trim() !== '');
}

/** @param folded folded text, with links still in it */
export function shapeOf(folded: string): Shape {
  const parts = partsOf(folded);
  if (parts === undefined) return { code: NO_LINK, tail: '' };
  const { before, after, isSeparated } = parts;
  const known = isSeparated ? Math.min(MAX_PARTS, before.length) : UNKNOWN;
  const rest = after.join(' ');
  return {
    code: 1 + Math.min(MAX_PARTS, after.length) * 16 + known,
    tail: LETTER_OR_DIGIT.test(rest) ? '' : rest.slice(0, 8),
  };
}
