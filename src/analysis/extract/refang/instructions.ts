// Instructions to the reader that undo what was done to a link: `remove the spaces`, `replace * with a dot`, `read it
// backwards`. Followed only where the result is a host name.
import type { MappedText } from '../../normalize/mapped-text.ts';
import { isPublicSuffix, isTelling, PLAIN_SUFFIXES } from '../suffix.ts';

/** Stretches of one text that are asked about; more are left as they are. */
const MAX_ASKED = 256;

// Endings have a most length: over a text of one such word, an open one would be tried at every word to the text's end.
const TAKE_OUT =
  '(?:remov\\w{0,8}|delet\\w{0,8}|without|take out|drop|strip|erase|omit|убер\\w{0,8}|удал\\w{0,8}|без|ohne|entfern\\w{0,8}|sin|quit\\w{0,8}|borra\\w{0,8}|sans|enlev\\w{0,8}|retir\\w{0,8}|senza|togli\\w{0,8}|tira\\w{0,8}|usuń\\w{0,8})';
const SPACES = new RegExp(
  `${TAKE_OUT}[^.\\n]{0,16}?[ ](?:spaces?|gaps?|blanks?|пробел\\w{0,8}|leerzeichen|espacios?|espaces?|spazi\\w{0,8}|espaços?|spacj\\w{0,8})`,
  'iu',
);
const SIGN = new RegExp(`${TAKE_OUT}[^.\\n]{0,12}?[ "'(]([*_~^#!$|+=]{1,3})(?![\\p{L}\\p{N}])`, 'iu');
const SIGN_NAME = new RegExp(
  `${TAKE_OUT}[^.\\n]{0,12}?[ ](?:(asterisks?|stars?|sternchen|asteriscos?|звезд\\w{0,8}|звёзд\\w{0,8})|(underscores?|unterstrich\\w{0,8}|подч[её]ркив\\w{0,8})|(dash(?:es)?|hyphens?))`,
  'iu',
);
const REPLACE =
  /(?:replac\w{0,8}|swap|chang\w{0,8}|substitut\w{0,8}|замен\w{0,8}|ersetz\w{0,8}|reempla\w{0,8}|remplac\w{0,8}|cambi\w{0,8})[ ](?:the |all |every |each )?["'(]?([*_~^#!$|+=,;-]{1,3}|[\p{L}]{2,8})["')]?[ ](?:with|by|to|for|into|на|durch|mit|por|par|con)[ ](?:an? |the |eine?n? |un )?["'(]?(?:\.|dots?\b|full stop|точк\w{1,8}|punkt|punto|ponto|point)/iu;
const BACKWARDS = /backwards?|revers(?:e|ed|o)|наоборот|rückwärts|al rev[eé]s|[aà] l'envers|\/\/:s?ptth/iu;
const TOKEN = /\S{4,300}/gu;
const SPLIT_HOST = /(?<=:\/\/)[ ]?[\p{L}\p{N}.-]{1,63}(?:[ ]{1,2}[\p{L}\p{N}.-]{1,63}){1,6}/giu;
const INSERTED =
  /[[({<][ ]?(?:remove|delete|del|erase)(?:[ _-]?(?:this|me|it))?[ ]?[\])}>]|(?:REMOVE|DELETE)[_-]?(?:THIS|ME)/g;

/** Whether the text asks for spaces to be taken out. */
export function asksForSpacesOut(text: string): boolean {
  return SPACES.test(text);
}

/** Follows the instructions of a text; without any it is left as it is. */
export function followInstructions(mapped: MappedText): MappedText {
  const { text } = mapped;
  let plain = mapped;
  if (/(?:remove|delete|erase|del)[ _-]?(?:this|me|it)?[ ]?[\])}>]|(?:REMOVE|DELETE)[_-]?(?:THIS|ME)/.test(text))
    plain = plain.rewrite(INSERTED, () => '');
  const replaced = REPLACE.exec(text)?.[1];
  if (replaced !== undefined)
    plain = plain.rewrite(TOKEN, ([token]) => hostOnly(token, token.replaceAll(replaced, '.')), MAX_ASKED);
  const taken = signToTakeOut(text);
  if (taken !== undefined)
    plain = plain.rewrite(TOKEN, ([token]) => hostOnly(token, token.replaceAll(taken, '')), MAX_ASKED);
  if (asksForSpacesOut(text)) plain = plain.rewrite(SPLIT_HOST, ([split]) => joinedUntilHost(split), MAX_ASKED);
  if (BACKWARDS.test(text)) plain = plain.rewrite(TOKEN, ([token]) => backwards(token), MAX_ASKED);
  return plain;
}

function signToTakeOut(text: string): string | undefined {
  const sign = SIGN.exec(text)?.[1];
  if (sign !== undefined) return sign;
  const named = SIGN_NAME.exec(text);
  if (named === null) return undefined;
  return named[1] !== undefined ? '*' : named[2] !== undefined ? '_' : '-';
}

function hostOnly(token: string, changed: string): string | undefined {
  if (changed === token) return undefined;
  const host = /^(?:https?:\/\/)?([\p{L}\p{N}.-]{3,253})/iu.exec(changed)?.[1]?.toLowerCase() ?? '';
  return isPublicSuffix(host) ? changed : undefined;
}

// `evil si te.com/login`: joined up to the first piece that ends in a known suffix.
function joinedUntilHost(split: string): string | undefined {
  const pieces = split.trim().split(/[ ]+/);
  for (let count = 1; count <= pieces.length; count++) {
    const host = pieces.slice(0, count).join('').toLowerCase();
    if (!isPublicSuffix(host) || (count < pieces.length && pieces[count]?.startsWith('.') === true)) continue;
    if (count === 1) return undefined;
    return [pieces.slice(0, count).join(''), ...pieces.slice(count)].join(' ');
  }
  return undefined;
}

function backwards(token: string): string | undefined {
  const turned = [...token].reverse().join('');
  if (/^https?:\/\//i.test(turned)) return turned;
  const host = /^[a-z0-9.-]{4,253}(?=[/?#:]|$)/i.exec(turned)?.[0].toLowerCase() ?? '';
  const [suffix, left] = [host.slice(host.lastIndexOf('.') + 1), host.slice(0, host.lastIndexOf('.'))];
  return isPublicSuffix(host) &&
    left.length > 3 &&
    (isTelling(left) || (PLAIN_SUFFIXES.has(suffix) && suffix.length > 2))
    ? turned
    : undefined;
}

const OVERRIDDEN = /\u202e([^\u202c\u202d\u2066-\u2069\n]{4,300})\u202c?/g;

/** Text that a right-to-left override shows backwards (UAX 9), turned when that makes a host of it. */
export function turnedOverrides(mapped: MappedText): MappedText {
  return mapped.rewrite(OVERRIDDEN, ([, inner = '']) => {
    const token = inner.trim();
    const turned = [...token].reverse().join('');
    return /^(?:https?:\/\/|www\.)/i.test(turned) || backwards(token) !== undefined ? ` ${turned} ` : undefined;
  });
}
