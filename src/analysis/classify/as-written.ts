// Words that a reason names, as the message has them: folded ones are for comparing, and read badly.
import { foldText, stripInvisible } from '../normalize/fold.ts';
import { isAscii } from '../normalize/invisible.ts';

/** Units of a message in which words are looked for: what the model reads of it. */
const MAX_UNITS = 1500;
const SPACE = /[\s\p{Cc}]+/u;
const BORDER = /[\s\d]/;

/** The first word of `plain` that folds to `word`, without characters that nobody sees; `word` itself when there is none. */
export function asWritten(word: string, plain: string): string {
  const text = plain.slice(0, MAX_UNITS);
  return (isAscii(text) ? inAscii(word, text) : inAny(word, text)) ?? word;
}

// Folding ASCII changes case alone, so that places are the same.
function inAscii(word: string, text: string): string | undefined {
  const lower = text.toLowerCase();
  for (let at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + 1)) {
    if (endsAt(lower, at - 1) && endsAt(lower, at + word.length)) return text.slice(at, at + word.length);
  }
  return undefined;
}

function inAny(word: string, text: string): string | undefined {
  for (const written of text.split(SPACE)) {
    const folded = foldText(written);
    const at = folded.indexOf(word);
    if (at < 0) continue;
    const seen = stripInvisible(written);
    if (folded === word) return seen;
    // Beside digits; what stands around it may be a token made for one target.
    if (folded.length === seen.length && endsAt(folded, at - 1) && endsAt(folded, at + word.length))
      return seen.slice(at, at + word.length);
  }
  return undefined;
}

function endsAt(text: string, at: number): boolean {
  const unit = text.charAt(at);
  return unit === '' || BORDER.test(unit);
}
