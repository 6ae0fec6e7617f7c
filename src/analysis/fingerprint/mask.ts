// Masking: what changes from message to message of one campaign is cut before texts are compared.

const LINK = /(?:https?:\/\/|www\.)[^\s<>"]+|[a-z0-9](?:[a-z0-9-]{0,62}\.){1,8}[a-z]{2,24}(?:\/[^\s<>"]*)?/g;
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;
const SEPARATORS = /[^\p{L}\p{N}]+/gu;
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
  if (text.includes('.')) text = text.replaceAll(LINK, ' \u0001 ');
  if (/\d/.test(text)) text = text.replaceAll(TOKEN, ' \u0002 ').replaceAll(DIGITS, '0');
  return text.replaceAll('\u0001', 'lll').replaceAll('\u0002', 'ttt').replaceAll(SEPARATORS, ' ').trim();
}

// What senders sprinkle in so that no two messages are alike.
const FILLERS: ReadonlySet<string> = new Set(
  'hi hey heyy hello hallo hola ola yo sup lol lmao rofl omg haha hahaha hehe heh xd d p plz pls please there bro man'.split(
    ' ',
  ),
);

/** A masked text without greetings and laughter; the text itself when nothing else is in it. */
export function withoutFillers(masked: string): string {
  const kept = masked.split(' ').filter((word) => !FILLERS.has(word));
  return kept.length === 0 ? masked : kept.join(' ');
}

/** Letters and digits that masking leaves besides the masks: how much a text says by itself. */
export function weightOf(masked: string): number {
  return masked.replaceAll(/\b(?:lll|ttt|0)\b| /g, '').length;
}

/** The text without a name at its start (`alice: hi`), as IRC and group chats write it. */
export function withoutAddressee(folded: string): string {
  return folded.includes('://') && folded.indexOf(':') === folded.indexOf('://')
    ? folded
    : LETTER_OR_DIGIT.test(folded.replace(ADDRESSED, ''))
      ? folded.replace(ADDRESSED, '')
      : folded;
}
