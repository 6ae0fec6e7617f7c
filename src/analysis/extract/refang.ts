// Undoes what senders (and analysts) do to addresses so that filters miss them. Every pattern is bounded and linear.
import { isAscii, isInvisible } from '../normalize/invisible.ts';
import { MappedText } from './mapped-text.ts';
import { isCommonWord, isPublicSuffix, PLAIN_SUFFIXES } from './suffix.ts';

const SCHEME =
  /(?:h(?:tt|xx|\*\*|x\*|t\*|\*t|_?t_?t_?|\+\+)p?(s?)|meow(s?)|fxp(s?))[ ]?(?:\[:\]|\(:\)|\{:\}|:|\[:)[ ]?(?:\/\/|\\\\|\/\\|\/[ ]\/|\[\/\/?\]|\(\/\/?\)|\/\]\/|\/\/\])(?:\])?/gi;
const BRACKETED_DOT = /[ ]?[[({<]{1,2}[ ]?(?:\.|,|dot|d0t|punkt|punto|ponto|точка)[ ]?[\])}>]{1,2}[ ]?/gi;
const HALF_BRACKETED_DOT = /(?<=[\p{L}\p{N}])(?:[[({]\.|\.[\])}]|\\\.)(?=[\p{L}\p{N}])/gu;
const WRAPPED_WORD_DOT = /(?<=[\p{L}\p{N}])(?:[-_*|~]{1,2}|["'`])(?:dot|d0t)(?:[-_*|~]{1,2}|["'`])(?=[\p{L}\p{N}])/giu;
const BRACKETED_SLASH = /[[({]\/[\])}]/g;
const BRACKETED_AT = /[ ]?[[({][ ]?(?:@|at)[ ]?[\])}][ ]?/gi;
const WORD_DOT =
  /(?<![\p{L}\p{N}.@-])([\p{L}\p{N}](?:[\p{L}\p{N}-]|\.){0,62})[ ]{1,2}(?:dot|d0t|punkt|punto|ponto|точка)[ ]{1,2}([a-z]{2,24})(?:[ ]{1,2}(?:dot|d0t)[ ]{1,2}([a-z]{2,24}))?(?![\p{L}\p{N}])/giu;
const SPACED_DOT =
  /(?<![\p{L}\p{N}.@-])([\p{L}\p{N}][\p{L}\p{N}-]{2,62})(?:[ ]\.[ ]?|\.[ ])([a-z]{2,12})(?![\p{L}\p{N}])/giu;
const BROKEN_LINE =
  /(?<![\p{L}\p{N}.-])((?:https?:\/\/)?[\p{L}\p{N}][\p{L}\p{N}.-]{1,252})\r?\n[ ]{0,2}([\p{L}\p{N}.-][\p{L}\p{N}.-]{0,252})(?=[/?#:\s]|$)/giu;
const IDEOGRAPHIC_DOTS = /[\u3002\uff61\uff0e\u2024\u06d4\ufe52\u0701\u0702\u00b7\u2027\u30fb](?=[\p{L}\p{N}])/gu;

/** The text with its addresses put back to their plain form, each unit remembering where it stood. */
export function refang(text: string): MappedText {
  let mapped = new MappedText(text);
  if (!isAscii(text)) mapped = compatible(mapped);
  if (/[:[({]/.test(mapped.text)) mapped = mapped.rewrite(SCHEME, scheme);
  // What a pattern cannot match without is looked for first: apostrophes and dashes are everywhere.
  const bracketed = /[[({<]/.test(mapped.text);
  if (bracketed) mapped = mapped.rewrite(BRACKETED_DOT, () => '.');
  if (/[[({\\\])}]/.test(mapped.text)) mapped = mapped.rewrite(HALF_BRACKETED_DOT, () => '.');
  if (/[-_*|~"'`]d[o0]t[-_*|~"'`]/i.test(mapped.text)) mapped = mapped.rewrite(WRAPPED_WORD_DOT, () => '.');
  if (bracketed) mapped = mapped.rewrite(BRACKETED_SLASH, () => '/').rewrite(BRACKETED_AT, () => '@');
  if (/ (?:dot|d0t|punkt|punto|ponto|точка) /i.test(mapped.text)) mapped = mapped.rewrite(WORD_DOT, wordDot);
  if (/ \.|\. /.test(mapped.text)) mapped = mapped.rewrite(SPACED_DOT, spacedDot);
  if (mapped.text.includes('\n')) mapped = mapped.rewrite(BROKEN_LINE, joinLines);
  return mapped;
}

function compatible(mapped: MappedText): MappedText {
  return mapped
    .rewrite(IDEOGRAPHIC_DOTS, () => '.')
    .rewrite(/[\u00ad-\u{10ffff}]/gu, ([character]) => {
      const code = character.codePointAt(0) ?? 0;
      if (isInvisible(code)) return '';
      if (code >= 0x300 && code <= 0x36f) return undefined;
      const plain = character.normalize('NFKC');
      return plain === character || plain.length > 8 ? undefined : plain;
    });
}

function scheme(match: RegExpExecArray): string {
  const secure = `${match[1] ?? ''}${match[2] ?? ''}${match[3] ?? ''}` !== '' || /^h\S{1,5}ps/i.test(match[0]);
  return secure ? 'https://' : 'http://';
}

function wordDot(match: RegExpExecArray): string | undefined {
  const [, left = '', middle = '', last] = match;
  const host = [left, middle, ...(last === undefined ? [] : [last])].join('.').toLowerCase();
  if (!isPublicSuffix(host) || isCommonWord(left.toLowerCase())) return undefined;
  const next = match.input.charAt(match.index + match[0].length);
  const suffix = (last ?? middle).toLowerCase();
  if (next !== '/' && !PLAIN_SUFFIXES.has(suffix) && isCommonWord(suffix)) return undefined;
  return host;
}

// `evil . com`: only with suffixes that are no words, since a full stop between two words is everyday English.
function spacedDot(match: RegExpExecArray): string | undefined {
  const [, left = '', right = ''] = match;
  const suffix = right.toLowerCase();
  if (!PLAIN_SUFFIXES.has(suffix) || right !== suffix || isCommonWord(left.toLowerCase())) return undefined;
  return suffix === 'net' && !match[0].includes(' .') ? undefined : `${left}.${right}`;
}

// One line break inside a host: joined only when the first half is no host yet and the whole is.
function joinLines(match: RegExpExecArray): string | undefined {
  const [, left = '', right = ''] = match;
  const schemed = left.includes('://');
  const first = schemed ? left.slice(left.indexOf('://') + 3) : left;
  const joined = `${first}${right}`.toLowerCase();
  if (!isPublicSuffix(joined)) return undefined;
  if (schemed) return isPublicSuffix(first.toLowerCase()) && !right.startsWith('.') ? undefined : `${left}${right}`;
  const glued = first.endsWith('.') || first.endsWith('-') || right.startsWith('.');
  const suffix = joined.slice(joined.lastIndexOf('.') + 1);
  const half = first.endsWith('.') ? first.slice(0, -1) : first;
  return glued && PLAIN_SUFFIXES.has(suffix) && !isCommonWord(half.toLowerCase()) ? `${left}${right}` : undefined;
}
