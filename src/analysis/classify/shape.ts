// What the model reads of a text: links as one token, a run of digits as its length, so that no number and no host can
// be learnt by heart; and traits of shape that words do not tell.
import { mayHoldLink, wordsOf } from '../normalize/words.ts';

/** Units of a text that the model looks at. */
const MAX_UNITS = 1500;
const LINK =
  /(?:https?:\/\/|www\.)[^\s<>"]+|(?<![\p{L}\p{N}@.])(?:[\p{L}\p{N}][\p{L}\p{N}-]{0,62}\.){1,6}(?:com|net|org|info|biz|me|ru|co|io|uk|cc|xyz|top|link|site|online|club|shop|tk|ly|gl|gd|in|de|fr|es|it|br|tr|cn|su|app|live|vip)(?![\p{L}\p{N}.])(?:\/[^\s<>"]*)?/giu;
/** Hashes, keys, addresses of memory: digits and letters of hexadecimal, long. */
const HEX = /(?<![\p{L}\p{N}])(?=[a-f]*\d)(?=\d*[a-f])[\da-f]{8,}(?![\p{L}\p{N}])/giu;
const DIGITS = /\p{Nd}+/gu;
const LONGEST_RUN = 12;
/** Stands for a link; spelled so that no text holds it. */
export const LINK_TOKEN = '\u0001url';

const SIGN_OF_HEX = /[\da-f]{8}/i;

const mayHoldHex = (text: string): boolean => SIGN_OF_HEX.test(text);

/** Folded text as the model's words: bounded, links and digits replaced. */
export function shapeOf(folded: string): string {
  let text = folded.length > MAX_UNITS ? folded.slice(0, MAX_UNITS) : folded;
  if (mayHoldLink(text)) text = text.replaceAll(LINK, ` ${LINK_TOKEN} `);
  if (!/\d/.test(text)) return text;
  if (mayHoldHex(text)) text = text.replaceAll(HEX, ' #hex ');
  return text.replaceAll(DIGITS, (run) => ` #${Math.min(LONGEST_RUN, run.length)} `);
}

/** Names of the traits, for reasons; their order is that of `traitsOf`. */
export const TRAITS = [
  'length',
  'length up to 200',
  'capitals',
  'digits',
  'numbers of 5 digits or more',
  'short numbers to send to',
  'telephone numbers',
  'exclamation marks',
  'sums of money',
  'links',
  'shouted words',
  'talk of I and you',
  'letters of two scripts in one word',
  'pictograms',
  'signs of code',
  'few letters',
] as const;

const PERSON: ReadonlySet<string> = new Set('i im me my u ur we я mы мы yo ich je eu io ben aku saya'.split(' '));
const RUPEES = /(?<![a-z])rs\.? ?\d/g;
const PICTOGRAM = /\p{Extended_Pictographic}/gu;

/**
 * Measures of shape, about 0 to 1 each.
 * @param plain the text with its capitals and its own letters @param folded the same, folded
 */
export function traitsOf(plain: string, folded: string, out: Float64Array): Float64Array {
  const text = plain.length > MAX_UNITS ? plain.slice(0, MAX_UNITS) : plain;
  const scan = scanned(withoutLinks(text));
  const size = Math.max(1, text.length);
  const short = folded.length > MAX_UNITS ? folded.slice(0, MAX_UNITS) : folded;
  let persons = 0;
  for (const word of wordsOf(short)) if (PERSON.has(word)) persons++;
  out[0] = Math.min(4, text.length / 160);
  out[1] = Math.min(text.length, 200) / 200;
  out[2] = scan.capitals / size;
  out[3] = scan.digits / size;
  out[4] = Math.min(4, scan.runs);
  out[5] = Math.min(4, scan.short);
  out[6] = Math.min(4, scan.phones);
  out[7] = Math.min(8, scan.exclamations);
  out[8] = Math.min(4, scan.money + (short.includes('rs') ? countOf(short, RUPEES) : 0));
  out[9] = mayHoldLink(short) ? Math.min(4, countOf(short, LINK)) : 0;
  out[10] = Math.min(8, scan.shouts);
  out[11] = Math.min(10, persons) / 10;
  out[12] = Math.min(4, scan.mixed) / 2;
  out[14] = Math.min(1, (4 * scan.code) / size);
  out[15] = scan.letters < FEW_LETTERS ? 1 - scan.letters / FEW_LETTERS : 0;
  out[13] = scan.beyondLatin ? Math.min(8, countOf(text, PICTOGRAM)) / 4 : 0;
  return out;
}

function withoutLinks(text: string): string {
  const words = mayHoldLink(text) ? text.replaceAll(LINK, ' ') : text;
  return mayHoldHex(words) ? words.replaceAll(HEX, ' ') : words;
}

interface Scan {
  capitals: number;
  digits: number;
  runs: number;
  short: number;
  phones: number;
  exclamations: number;
  money: number;
  shouts: number;
  mixed: number;
  code: number;
  letters: number;
  beyondLatin: boolean;
}

/** Signs that programs and their output are full of, and talk is not. */
const CODE = Uint8Array.from({ length: 0x80 }, (_value, code) =>
  '\\_=|{}<>;`~^[]'.includes(String.fromCharCode(code)) ? 1 : 0,
);
const FEW_LETTERS = 16;
const DOLLAR = 0x24;
const POUND = 0xa3;
const EURO = 0x20ac;
const ROUBLE = 0x20bd;

// One pass over the units; a word ends where neither letter nor digit stands.
function scanned(text: string): Scan {
  const scan: Scan = {
    capitals: 0,
    digits: 0,
    runs: 0,
    short: 0,
    phones: 0,
    exclamations: 0,
    money: 0,
    shouts: 0,
    mixed: 0,
    code: 0,
    letters: 0,
    beyondLatin: false,
  };
  let [run, upper, letters, latin, cyrillic] = [0, 0, 0, 0, 0];
  for (let at = 0; at <= text.length; at++) {
    const code = at < text.length ? text.charCodeAt(at) : 0x20;
    if (code >= 0x30 && code <= 0x39) {
      scan.digits++;
      run++;
      continue;
    }
    // Digits that letters follow are rather a size, a key or an address of memory than a number to call.
    if (run > 0) {
      const isLetter = (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
      if (isLetter) run = Math.min(run, 4);
      if (run >= 5) scan.runs++;
      if (run === 5) scan.short++;
      if (run >= 10) scan.phones++;
      run = 0;
    }
    const isUpper = (code >= 0x41 && code <= 0x5a) || (code >= 0x400 && code <= 0x42f);
    const isLatin = isUpper ? code < 0x400 : code >= 0x61 && code <= 0x7a;
    const isCyrillic = code >= 0x400 && code <= 0x52f;
    if (isLatin || isCyrillic) {
      letters++;
      scan.letters++;
      if (isUpper) upper++;
      if (isLatin) latin++;
      else cyrillic++;
      continue;
    }
    scan.capitals += upper;
    if (letters >= 3 && upper === letters) scan.shouts++;
    if (latin > 0 && cyrillic > 0) scan.mixed++;
    upper = 0;
    letters = 0;
    latin = 0;
    cyrillic = 0;
    if (code === 0x21) scan.exclamations++;
    else if (code === POUND || code === EURO || code === ROUBLE) scan.money++;
    else if (code === DOLLAR && isByDigit(text, at)) scan.money++;
    if (code > 0x2000) scan.beyondLatin = true;
    if (code < 0x80) scan.code += CODE[code] ?? 0;
  }
  return scan;
}

// `$9` and `9 $` are money, `$HOME` is not.
function isByDigit(text: string, at: number): boolean {
  return /\d ?\$|\$ ?\d/.test(text.slice(Math.max(0, at - 2), at + 3));
}

function countOf(text: string, pattern: RegExp): number {
  pattern.lastIndex = 0;
  let count = 0;
  while (count < 64 && pattern.test(text)) count++;
  return count;
}
