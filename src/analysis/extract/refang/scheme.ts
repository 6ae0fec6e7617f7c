// The scheme of a link, written so that it cannot be clicked: `hxxp`, `h**p`, `http[:]//`, `h t t p : / /` …
import type { MappedText } from '../../normalize/mapped-text.ts';

const COLON = '(?:;(?=//)|[[({]:[\\])}]|[[({]:|:[\\])}]|:)';
const SLASHES = '(?:[/\\\\]{2,3}|[[({][/\\\\]{1,2}[\\])}](?:[[({]?[/\\\\][\\])}]?)?|[/\\\\][ ]?[[({]?[/\\\\][\\])}]?)';
// The middle may be anything that stands for two letters, since colon and slashes follow.
const NAME =
  '(?:[[({](?=[^\\s:]{3,7}[\\])}]))?(?:h[tx*_+!#?.-]{1,4}p?|(?<![a-z])t?tp|(?<![a-z])hp|meow|fxp)((?:s|\\(s\\))?)[\\])}]?';
const SCHEME = new RegExp(
  `${NAME}[ ]{0,2}(?:[[({]:[/\\\\]{2}[\\])}]|[[({]:[/\\\\][\\])}][/\\\\]|${COLON}[ ]{0,2}${SLASHES})(?:[ ]{1,2}(?=[\\p{L}\\p{N}-]{1,63}[.[({ ])|\\r?\\n(?=[\\p{L}\\p{N}-]{1,63}(?:\\r?\\n)?\\.))?`,
  'giu',
);
const ONE_SLASH = /(?<![a-z])(h[tx*_]{2}p)(s?):[/\\](?=[\p{L}\p{N}-]{2,63}\.)/giu;
const NO_COLON = /(?<![\p{L}\p{N}])(h[tx*_]{2}p)(s?)\/\/(?=[\p{L}\p{N}-]{1,63}\.)/giu;
const IN_WORDS =
  /(?<![\p{L}\p{N}])h[tx]{2}p(s?)[ ](?:colon|doppelpunkt|dos puntos|двоеточие)[ ](?:forward )?(?:slash|slesh|слэш)[ ](?:forward )?(?:slash|slesh|слэш)[ ]/giu;
const REPEATED = /(?:https?:\/\/){2,8}/gi;

/** Puts the scheme back to `http://` or `https://`. */
export function plainScheme(mapped: MappedText): MappedText {
  let plain = mapped;
  if (/[:/\\]/.test(plain.text)) {
    plain = plain.rewrite(SCHEME, schemeOf);
    if (/p:[/\\]|ps:[/\\]|ps?\/\//i.test(plain.text)) {
      plain = plain
        .rewrite(ONE_SLASH, ([, , secure]) => `http${secure === '' ? '' : 's'}://`)
        .rewrite(NO_COLON, ([, , secure]) => `http${secure === '' ? '' : 's'}://`)
        .rewrite(REPEATED, ([schemes]) => schemes.slice(schemes.lastIndexOf('http', schemes.length - 5)));
    }
  }
  if (/ colon | doppelpunkt | dos puntos | двоеточие /i.test(plain.text))
    plain = plain.rewrite(IN_WORDS, ([, secure]) => `http${secure === '' ? '' : 's'}://`);
  return plain;
}

function schemeOf(match: RegExpExecArray): string {
  const secure = match[1] !== '' || /^[[({]?h\S{1,5}ps/i.test(match[0]);
  return secure ? 'https://' : 'http://';
}
