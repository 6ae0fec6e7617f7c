// Masking: what changes from message to message of one campaign is cut before texts are compared.
import { mayHoldLink, wordsOf } from '../normalize/words.ts';

const LINK = /(?:https?:\/\/|www\.)[^\s<>"]+|[a-z0-9](?:[a-z0-9-]{0,62}\.){1,8}[a-z]{2,24}(?:\/[^\s<>"]*)?/g;
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;
const DIGITS = /\p{N}+/gu;
const TOKEN = /(?<![\p{L}\p{N}])(?=[a-z]{0,40}\d)[a-z\d]{8,128}(?![\p{L}\p{N}])/gu;
const NAMED = /(?<![\p{L}\p{N}])@[\p{L}\p{N}_.-]{1,64}/gu;
const ADDRESSED = /^[^\s:,]{1,32}[:,] /;

// Classification and fingerprint ask for the same text, one after the other.
let last = { folded: '', masked: '' };

/** Folded text with links, mentions, tokens and digits replaced, punctuation dropped: what members of a campaign share. */
export function maskText(folded: string): string {
  if (folded !== last.folded) last = { folded, masked: mask(folded) };
  return last.masked;
}

function mask(folded: string): string {
  let text = folded;
  if (text.includes('@')) text = text.replaceAll(NAMED, ' ');
  if (mayHoldLink(text)) text = text.replaceAll(LINK, ' \u0001 ');
  if (/\d/.test(text)) text = text.replaceAll(TOKEN, ' \u0002 ').replaceAll(DIGITS, '0');
  if (text.includes('\u0001')) text = text.replaceAll('\u0001', 'lll');
  if (text.includes('\u0002')) text = text.replaceAll('\u0002', 'ttt');
  return wordsOf(text).join(' ');
}

// What senders sprinkle in so that no two messages are alike.
const FILLERS: ReadonlySet<string> = new Set(
  'hi hey heyy hello hallo hola ola yo sup lol lmao rofl omg haha hahaha hehe heh xd d p plz pls please there bro man'.split(
    ' ',
  ),
);

/** A masked text without greetings and laughter; the text itself when nothing else is in it. */
export function withoutFillers(masked: string): string {
  const words = masked.split(' ');
  const kept = words.filter((word) => !FILLERS.has(word));
  return kept.length === 0 || kept.length === words.length ? masked : kept.join(' ');
}

const MASKS: ReadonlySet<string> = new Set(['lll', 'ttt', '0']);

/** Letters and digits that masking leaves besides the masks: how much a text says by itself. */
export function weightOf(masked: string): number {
  let weight = 0;
  for (const word of masked.split(' ')) if (!MASKS.has(word)) weight += word.length;
  return weight;
}

/** The text without a name at its start (`alice: hi`), as IRC and group chats write it. */
export function withoutAddressee(folded: string): string {
  const [addressed = ''] = ADDRESSED.exec(folded) ?? [];
  if (addressed === '') return folded;
  if (folded.includes('://') && folded.indexOf(':') === folded.indexOf('://')) return folded;
  const rest = folded.slice(addressed.length);
  return LETTER_OR_DIGIT.test(rest) ? rest : folded;
}
