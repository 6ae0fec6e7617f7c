// Dots written otherwise: in brackets and quotes, as a word, with spaces around.
import type { MappedText } from '../../normalize/mapped-text.ts';
import { isCommonWord, isPublicSuffix, isTelling, isUsualSuffix, PLAIN_SUFFIXES, SPOKEN_SUFFIXES } from '../suffix.ts';

/** Stretches of one text that are asked about; more are left as they are. */
const MAX_ASKED = 256;

const WORD = 'dot|d0t|dоt|punkt|punto|ponto|point|punt|kropka|nokta|точка|тчк|点|點|닷';
const OPEN = '[[({<【〔〖『「《〈⟨⟦]';
const CLOSE = '[\\])}>】〕〗』」》〉⟩⟧]';
const BRACKETED = new RegExp(`[ ]?${OPEN}{1,2}[ ]?(?:[.,。．｡․]|${WORD}|period|d o t)[ ]?${CLOSE}{1,2}[ ]?`, 'giu');
const HALF_BRACKETED = /(?<=[\p{L}\p{N}])(?:[[({]\.|\.[\])}]|\\\.)(?=[\p{L}\p{N}])/gu;
const BRACKETED_SUFFIX = /(?<=[\p{L}\p{N}])\.?[[({]\.?([a-z]{2,12})[\])}](?![\p{L}\p{N}])/giu;
const WRAPPED = /(?<=[\p{L}\p{N}])([-_*|~^"'`“”‘’=+]{1,2})(\.|dot|d0t)[-_*|~^"'`“”‘’=+]{1,2}(?=[\p{L}\p{N}]{2})/giu;
const WRAPPED_WORD = /(?<=[\p{L}\p{N}])[ ]?([-_*|~=+]{1,2})[ ]?d[o0]t[ ]?\1[ ]?(?=[\p{L}\p{N}]{2})/giu;
const GLUED = /(?<=[a-z0-9])DOT(?=[a-z]{2,24}(?:DOT|(?![\p{L}\p{N}-])))/gu;
const FALSE_SUFFIX = /(?<=[\p{L}\p{N}-])\.(?:(c[0°]m)|([0°]rg)|(n3t))(?![\p{L}\p{N}-])/giu;
const SPLIT_SUFFIX = /(?<=[\p{L}\p{N}-]{3})\.(c ?o ?m|n ?e ?t|o ?r ?g)(?=[/\s:]|$)/giu;
const COMMA =
  /(?<![p{L}p{N}.@,-])((?:https?:\/\/|www[.,])?[a-z0-9][a-z0-9-]{1,62}(?:[,.][a-z0-9-]{1,63}){0,3}),([a-z]{2,12})(?=(\/)|[\s?#:]|$)/gi;
const LABEL = '[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]|\\.(?=[\\p{L}\\p{N}])){0,62}';
const SPOKEN = new RegExp(
  `(?<![\\p{L}\\p{N}.@-])(?:${LABEL})(?:[ ]{1,2}(?:${WORD})[ ]{1,2}[\\p{L}\\p{N}][\\p{L}\\p{N}-]{0,62}){1,5}(?![\\p{L}\\p{N}])`,
  'giu',
);
const SPOKEN_DOT = new RegExp(`[ ]{1,2}(?:${WORD})[ ]{1,2}`, 'giu');
const SPOKEN_SLASHES =
  /(?<=[\p{L}\p{N}])(?:[ ](?:slash|слэш|barra)(?:[ ][\p{L}\p{N}#._?=&%-]{1,64}|(?![\p{L}\p{N}]))){1,8}/giu;
const SPOKEN_SLASH = /[ ](?:slash|слэш|barra)(?:[ ]|$)/giu;

/** Dots in brackets, quotes and other wrapping. */
export function unwrappedDots(mapped: MappedText): MappedText {
  const { text } = mapped;
  let plain = mapped;
  // What a pattern cannot match without is looked for first: apostrophes and dashes are everywhere.
  if (/[[({<【〔〖『「《〈⟨⟦]/.test(text)) plain = plain.rewrite(BRACKETED, () => '.');
  if (/[[({\\\])}]/.test(text)) {
    plain = plain.rewrite(HALF_BRACKETED, () => '.').rewrite(BRACKETED_SUFFIX, bracketedSuffix);
  }
  if (/[-_*|~^"'`“”‘’=+](?:\.|d[o0]t)[-_*|~^"'`“”‘’=+]/i.test(text))
    plain = plain.rewrite(WRAPPED, ([whole, before = '', dot = '']) =>
      whole.endsWith(mirrored(before)) || dot !== '.' ? '.' : undefined,
    );
  if (/[-_*|~=+] ?d[o0]t/i.test(text)) plain = plain.rewrite(WRAPPED_WORD, () => '.');
  if (text.includes('DOT')) plain = plain.rewrite(GLUED, gluedDot, MAX_ASKED);
  if (/\.(?:c[0°]m|[0°]rg|n3t)/i.test(text))
    plain = plain.rewrite(FALSE_SUFFIX, ([, com, org]) =>
      com !== undefined ? '.com' : org !== undefined ? '.org' : '.net',
    );
  if (/\.(?:c ?o|n ?e|o ?r) |\.[cno] [oer]/i.test(text))
    plain = plain.rewrite(SPLIT_SUFFIX, ([whole]) => (whole.includes(' ') ? whole.replaceAll(' ', '') : undefined));
  if (/,[a-z]{2,12}(?:[/\s?#:]|$)/i.test(text)) plain = plain.rewrite(COMMA, commaDot, MAX_ASKED);
  return plain;
}

/** `evil dot com slash login`, `evil punkt de`. */
export function spokenDots(mapped: MappedText): MappedText {
  if (!/ (?:d[o0о]t|punkt|punto|ponto|point|punt|kropka|nokta|точка|тчк|点|點|닷) /i.test(mapped.text)) return mapped;
  const plain = mapped.rewrite(SPOKEN, spokenHost, MAX_ASKED);
  if (plain === mapped || !/ (?:slash|слэш|barra)/i.test(plain.text)) return plain;
  return plain.rewrite(SPOKEN_SLASHES, (match) =>
    /\.[\p{L}]{2,24}$/u.test(match.input.slice(Math.max(0, match.index - 26), match.index))
      ? match[0].replaceAll(SPOKEN_SLASH, '/')
      : undefined,
  );
}

function mirrored(wrapping: string): string {
  const closing = { '“': '”', '‘': '’' }[wrapping];
  return closing ?? [...wrapping].reverse().join('');
}

function bracketedSuffix([whole, suffix = '']: RegExpExecArray): string | undefined {
  const sure = whole.includes('.') ? isUsualSuffix(suffix) : PLAIN_SUFFIXES.has(suffix) && !SPOKEN_SUFFIXES.has(suffix);
  return sure ? `.${suffix}` : undefined;
}

function gluedDot(match: RegExpExecArray): string | undefined {
  const next = /^[a-z]{2,24}/.exec(match.input.slice(match.index + 3, match.index + 27))?.[0] ?? '';
  return isUsualSuffix(next) ? '.' : undefined;
}

// `www,evil,com`, `http://evil,com/x`, `evil,com/x`: never a mere list of words.
function commaDot([, left = '', suffix = '', path]: RegExpExecArray): string | undefined {
  const sure = /^(?:https?:\/\/|www)/i.test(left);
  const host = `${left}.${suffix}`
    .replace(/^https?:\/\//i, '')
    .replaceAll(',', '.')
    .toLowerCase();
  if (!(sure || (path !== undefined && isTelling(left.toLowerCase()))) || !isUsualSuffix(suffix.toLowerCase()))
    return undefined;
  return isPublicSuffix(host) ? `${left.replaceAll(',', '.')}.${suffix}` : undefined;
}

function spokenHost(match: RegExpExecArray): string | undefined {
  const parts = match[0].split(SPOKEN_DOT);
  const next = match.input.charAt(match.index + match[0].length);
  const before = match.input.slice(Math.max(0, match.index - 8), match.index);
  const after = match.input.slice(match.index + match[0].length, match.index + match[0].length + 7);
  const sure = next === '/' || before.endsWith('://') || /^ slash/i.test(after);
  for (let count = parts.length; count > 1; count--) {
    const host = parts.slice(0, count).join('.').toLowerCase();
    if (!isSpokenHost(host, sure)) continue;
    return count === parts.length ? host : undefined;
  }
  return undefined;
}

function isSpokenHost(host: string, sure: boolean): boolean {
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(host)) return true;
  if (!isPublicSuffix(host)) return false;
  const suffix = host.slice(host.lastIndexOf('.') + 1);
  const left = host.slice(0, host.lastIndexOf('.'));
  if (isCommonWord(left)) return false;
  return sure || (PLAIN_SUFFIXES.has(suffix) && !isCommonWord(suffix)) || !isCommonWord(suffix) || isTelling(left);
}
