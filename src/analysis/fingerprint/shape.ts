// The build of a text around its link, without its words: how many parts stand before and after, where separators show it.
const LINK = /(?:https?:\/\/|www\.)[^\s<>"]+|[a-z0-9](?:[a-z0-9-]{0,62}\.){1,8}[a-z]{2,24}(?:\/[^\s<>"]*)?/;
const MAX_UNITS = 2048;
const SEPARATOR_BEFORE = /(\s[-–—|~•]|[,.;:!?|])\s*$/;
const MAX_PARTS = 7;
/** Parts before the link cannot be told apart. */
const UNKNOWN = 15;
const NO_LINK = 0;

/** What stands after the link when it has no letter or digit (an emoticon, as a rule); empty otherwise. */
export interface Shape {
  /** 0 without a link; else parts before (15 unknown) and after. */
  readonly code: number;
  readonly tail: string;
}

/** @param folded folded text, with links still in it */
export function shapeOf(folded: string): Shape {
  const text = folded.slice(0, MAX_UNITS);
  const link = text.includes('.') ? LINK.exec(text) : null;
  if (link === null) return { code: NO_LINK, tail: '' };
  const before = text.slice(0, link.index);
  const found = link[0].replace(/[.,;:!?)\]]+$/, '');
  const after = text.slice(link.index + found.length);
  const separator = SEPARATOR_BEFORE.exec(before)?.[1];
  const rest = after.replace(/^\s*[-–—|~•,.;:!?]+(?=\s|$)/, '').trim();
  const partsAfter = rest === '' ? 0 : 1 + (separator === undefined ? 0 : parts(rest, separator) - 1);
  const partsBefore = before.trim() === '' ? 0 : separator === undefined ? UNKNOWN : parts(before, separator) - 1;
  return {
    code:
      1 + Math.min(MAX_PARTS, partsAfter) * 16 + (partsBefore === UNKNOWN ? UNKNOWN : Math.min(MAX_PARTS, partsBefore)),
    tail: /[\p{L}\p{N}]/u.test(rest) ? '' : rest.slice(0, 8),
  };
}

function parts(text: string, separator: string): number {
  return text.split(`${separator} `).length;
}
