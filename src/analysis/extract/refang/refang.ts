// Undoes what senders (and analysts) do to addresses so that filters miss them. Every pattern is bounded and linear, and
// each is tried only where a sign stands that it cannot match without.
import { isAscii } from '../../normalize/invisible.ts';
import { MappedText } from '../../normalize/mapped-text.ts';
import { decodedEscapes, decodedReferences, plainCharacters, withoutPictures } from './characters.ts';
import { spokenDots, unwrappedDots } from './dots.ts';
import { asksForSpacesOut, followInstructions, turnedOverrides } from './instructions.ts';
import { plainScheme } from './scheme.ts';
import { joinedDots, joinedLetters, joinedLines } from './splits.ts';

const BRACKETED_SLASH = /[[({]\/[\])}]/g;
const BRACKETED_COLON = /[[({]:[\])}]/g;
const BRACKETED_AT = /[ ]?[[({][ ]?(?:@|at)[ ]?[\])}][ ]?/gi;
const ASKS =
  /remov|delet|eras|without|take out|drop|strip|omit|replac|swap|chang|substitut|backward|revers|ptth|убер|удал|без |замен|наоборот|ohne|entfern|ersetz|rückw|sin |quit|borra|reempla|cambi|revés|sans|enlev|retir|remplac|envers|senza|togli|tira|usuń/i;

/** The text with its addresses put back to their plain form, each unit remembering where it stood. */
export function refang(text: string | MappedText): MappedText {
  let mapped = typeof text === 'string' ? new MappedText(text) : text;
  if (mapped.text.includes('&')) mapped = decodedReferences(mapped);
  if (!isAscii(mapped.text)) {
    if (mapped.text.includes('\u202e')) mapped = turnedOverrides(mapped);
    mapped = plainCharacters(mapped);
  }
  if (/[%\\]/.test(mapped.text)) mapped = decodedEscapes(mapped);
  const asks = ASKS.test(mapped.text);
  const spacesOut = asks && asksForSpacesOut(mapped.text);
  mapped = joinedLetters(mapped);
  mapped = plainScheme(mapped);
  if (!isAscii(mapped.text)) mapped = withoutPictures(mapped);
  if (/[[({]/.test(mapped.text)) {
    mapped = mapped
      .rewrite(BRACKETED_COLON, () => ':')
      .rewrite(BRACKETED_SLASH, () => '/')
      .rewrite(BRACKETED_AT, () => '@');
  }
  mapped = unwrappedDots(mapped);
  mapped = spokenDots(mapped);
  mapped = joinedDots(mapped, spacesOut);
  if (asks) mapped = followInstructions(mapped);
  return joinedLines(mapped);
}
