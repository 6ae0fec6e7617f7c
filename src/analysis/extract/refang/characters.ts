// Characters written otherwise: compatibility forms, what nobody sees, references and escapes.
import { decodeReference, REFERENCE } from '../../normalize/entities.ts';
import { isInvisible } from '../../normalize/invisible.ts';
import type { Edit, MappedText } from '../../normalize/mapped-text.ts';

const REFERENCE_ROUNDS = 3;
const ESCAPE = /\\(?:u00|x)([2-7][0-9a-f])/gi;
const PERCENT_DOT = /%(?:25){0,2}2e/gi;
// Full stops of other scripts, bullets and raised dots, between two letters.
const DOTS =
  /[\u3002\uff61\uff0e\u2024\u06d4\ufe52\u0701\u0702\u00b7\u2027\u30fb\u2022\u2219\u22c5\u2e31\u25cf\u2e33\ua78f\u25cb\u25c9\u23fa\u26aa\u26ab\u{1f534}\u{1f535}\u{1f7e0}-\u{1f7e4}](?=[\p{L}\p{N}])/gu;
const SLASHES = /[\u2044\u2215\u29f8\u2571]/g;
const COLONS = /[\u2236\ua789\u02d0\u05c3\u0589\ufe13\ufe55\u02f8](?=[/\\\u2044\u2215\u29f8\uff0f])/g;
const MARKED = /([\x21-\x7e])([\u0300-\u036f\u20d0-\u20ff]{1,64})/g;
const ALONE = /(?<=[\x21-\x7e])[\u0300-\u036f\u20d0-\u20ff]{1,64}/g;
/** Characters whose compatibility form is remembered. */
const MAX_REMEMBERED = 4096;
const remembered = new Map<number, string | undefined>();
const PICTURES_AROUND_DOT =
  /(?<=[\p{L}\p{N}])\p{Extended_Pictographic}{1,3}\.\p{Extended_Pictographic}{0,3}(?=[a-z])/gu;

const SCHEMED_HOST = /https?:\/\/[a-z0-9.\-\p{Extended_Pictographic}]{3,253}/giu;
const PICTURES = /(?![0-9])\p{Extended_Pictographic}/gu;

/** Undoes compatibility forms (NFKC), look-alikes of dots and slashes, invisible characters and stray marks. */
export function plainCharacters(mapped: MappedText): MappedText {
  return eachCompatible(
    mapped
      .rewrite(DOTS, () => '.')
      .rewrite(COLONS, () => ':')
      .rewrite(SLASHES, () => '/'),
  )
    .rewrite(MARKED, ([, base = '', marks = '']) => composed(base, marks))
    .rewrite(ALONE, () => '')
    .rewrite(PICTURES_AROUND_DOT, () => '.');
}

/**
 * Takes pictures out of the hosts of links, where they are but strewn in. Names with pictures of their own are sold under
 * a few countries' suffixes only; no other registry takes them (ICANN SAC095).
 */
export function withoutPictures(mapped: MappedText): MappedText {
  return mapped.rewrite(SCHEMED_HOST, ([whole]) => {
    const plain = whole.replaceAll(PICTURES, '');
    return /\.(?:ws|to|fm|la|je|kz|st|ai|am|cf|ga|gq|ml|tk)$/i.test(plain) || !/[a-z0-9]$/i.test(whole)
      ? undefined
      : plain;
  });
}

/** Decodes `&#46;`, `&period;` and the like in plain text, also when encoded twice; a name needs its semicolon there. */
export function decodedReferences(mapped: MappedText): MappedText {
  let decoded = mapped;
  for (let round = 0; round < REFERENCE_ROUNDS && decoded.text.includes('&'); round++) {
    const next = decoded.rewrite(REFERENCE, (match) =>
      match[3] === undefined || match[0].endsWith(';') ? decodeReference(match) : undefined,
    );
    if (next === decoded) break;
    decoded = next;
  }
  return decoded;
}

/** Undoes escapes of programs (`\u002e`, `\x2e`) and percent-encoded dots. */
export function decodedEscapes(mapped: MappedText): MappedText {
  let decoded = mapped;
  if (decoded.text.includes('%')) decoded = decoded.rewrite(PERCENT_DOT, () => '.');
  if (decoded.text.includes('\\'))
    decoded = decoded.rewrite(ESCAPE, ([, code = '']) => String.fromCharCode(Number.parseInt(code, 16)));
  return decoded;
}

function eachCompatible(mapped: MappedText): MappedText {
  const { text } = mapped;
  const edits: Edit[] = [];
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) < 0xa0) continue;
    const code = text.codePointAt(at) ?? 0;
    const width = code > 0xffff ? 2 : 1;
    if (!remembered.has(code)) {
      if (remembered.size >= MAX_REMEMBERED) remembered.clear();
      remembered.set(code, compatible(text.slice(at, at + width)));
    }
    const by = remembered.get(code);
    if (by !== undefined) edits.push({ from: at, to: at + width, by });
    at += width - 1;
  }
  return mapped.edit(edits);
}

function compatible(character: string): string | undefined {
  const code = character.codePointAt(0) ?? 0;
  if (isInvisible(code)) return '';
  if (code >= 0x300 && code <= 0x36f) return undefined;
  // Letters white on black have no compatibility form: NEGATIVE CIRCLED and NEGATIVE SQUARED LATIN CAPITAL LETTER A to Z.
  if (code >= 0x1f150 && code <= 0x1f169) return String.fromCharCode(0x41 + code - 0x1f150);
  if (code >= 0x1f170 && code <= 0x1f189) return String.fromCharCode(0x41 + code - 0x1f170);
  // PARENTHESIZED LATIN SMALL LETTER A to Z: the letter, without the parentheses that NFKC would make.
  if (code >= 0x249c && code <= 0x24b5) return String.fromCharCode(0x61 + code - 0x249c);
  const plain = character.normalize('NFKC');
  return plain === character || plain.length > 8 ? undefined : plain;
}

// An accent that makes a letter of its own stays; strokes through letters and towers of marks go.
function composed(base: string, marks: string): string {
  const letter = `${base}${marks.charAt(0)}`.normalize('NFC');
  return letter.length === 1 && /\p{L}/u.test(letter) ? letter : base;
}
