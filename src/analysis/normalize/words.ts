// The words of a text: runs of letters, or of letters and digits. Most texts are ASCII and are cut by a walk over their
// units; the others by the Unicode classes.
import { isAscii } from './invisible.ts';

const NEITHER = /[^\p{L}\p{N}]+/u;
const NO_LETTER = /[^\p{L}]+/u;

// What no link goes without, so that the dots of sentences cost nothing.
const SIGN_OF_LINK = /:\/\/|\.[^\s.]|www\./i;

/** Whether it is worth looking for links; a text without a dot holds none. */
export function mayHoldLink(text: string): boolean {
  return text.includes('.') && SIGN_OF_LINK.test(text);
}

/** Runs of letters and digits (Unicode L and N), in order; none is empty. */
export function wordsOf(text: string): readonly string[] {
  return isAscii(text) ? asciiRuns(text, true) : text.split(NEITHER).filter((word) => word !== '');
}

/** Runs of letters (Unicode L), in order; none is empty. */
export function letterRunsOf(text: string): readonly string[] {
  return isAscii(text) ? asciiRuns(text, false) : text.split(NO_LETTER).filter((word) => word !== '');
}

function asciiRuns(text: string, withDigits: boolean): readonly string[] {
  const runs: string[] = [];
  let from = -1;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const lower = code | 0x20;
    if ((lower >= 0x61 && lower <= 0x7a) || (withDigits && code >= 0x30 && code <= 0x39)) {
      if (from < 0) from = at;
    } else if (from >= 0) {
      runs.push(text.slice(from, at));
      from = -1;
    }
  }
  if (from >= 0) runs.push(text.slice(from));
  return runs;
}
