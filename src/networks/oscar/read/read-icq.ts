// What a message of ICQ means, by its type: words, links, contacts, asking for leave.
import { hash } from 'node:crypto';
import type { CaptureKind } from '../../../core/capture.ts';
import {
  ICQ_ADDED,
  ICQ_AUTH_DENIED,
  ICQ_AUTH_GRANTED,
  ICQ_AUTH_REQUEST,
  ICQ_CHAT,
  ICQ_CONTACTS,
  ICQ_FILE,
  ICQ_MAIL_EXPRESS,
  ICQ_PAGER,
  ICQ_PLAIN,
  ICQ_SERVER,
  ICQ_URL,
  type IcqMessage,
  isStatusRequest,
  splitFields,
} from '../wire/icq-message.ts';
import { decodeLoose } from '../wire/text.ts';
import { type Draft, malformed, withText } from './reading.ts';
import { CONTACTS } from './vulnerability.ts';

/** Names and kinds of the types; others are kept as `unknown`. */
const TYPES: ReadonlyMap<number, readonly [string, CaptureKind]> = new Map([
  [ICQ_PLAIN, ['plain', 'message']],
  [ICQ_CHAT, ['chat-request', 'group-invite']],
  [ICQ_FILE, ['file-request', 'file-offer']],
  [ICQ_URL, ['url', 'message']],
  [ICQ_AUTH_REQUEST, ['authorisation-request', 'contact-request']],
  [ICQ_AUTH_DENIED, ['authorisation-denied', 'contact-change']],
  [ICQ_AUTH_GRANTED, ['authorisation-granted', 'contact-change']],
  [ICQ_SERVER, ['server', 'message']],
  [ICQ_ADDED, ['added-you', 'contact-change']],
  [ICQ_PAGER, ['web-pager', 'message']],
  [ICQ_MAIL_EXPRESS, ['e-mail-express', 'message']],
  [ICQ_CONTACTS, ['contacts', 'roster-push']],
]);
/** Hashes kept of the names of third parties. */
const MAX_HASHES = 100;
const FLAG_AUTOMATIC = 0x03;

/** Reads a message of channel 4, of the server relay, or of the store. */
export function readIcqMessage(message: IcqMessage, base: Draft): Draft {
  const [name, kind] = TYPES.get(message.type) ?? [
    isStatusRequest(message.type) ? 'status-request' : 'other',
    undefined,
  ];
  const meta = { ...base.meta, icqType: message.type, icqName: name };
  const draft: Draft = { ...base, kind: kind ?? (isStatusRequest(message.type) ? 'probe' : 'unknown'), meta };
  const read = readText(message, draft);
  return message.truncated ? malformed(read, 'an ICQ message says it is longer than it is') : read;
}

function readText(message: IcqMessage, draft: Draft): Draft {
  if (message.type === ICQ_CONTACTS) return readContacts(message, draft);
  const fields = message.type === ICQ_PLAIN ? [message.text] : splitFields(message.text);
  const decoded = fields.map((field) => decodeLoose(field, true));
  const words = decoded.map(({ text }) => text.trim()).filter((text) => text !== '');
  const charset = decoded.find((one) => one.charset !== 'utf-8')?.charset ?? 'utf-8';
  const automatic = message.flags === FLAG_AUTOMATIC && draft.kind === 'message';
  const meta = { ...draft.meta, charset, ...(automatic ? { automatic } : {}) };
  return withText({ ...draft, kind: automatic ? 'backscatter' : draft.kind, meta }, words.join(' '));
}

/** Count, then pairs of number and nick: people who did nothing, so only hashes of them are told. */
function readContacts(message: IcqMessage, draft: Draft): Draft {
  const [first, ...rest] = splitFields(message.text).map((field) => decodeLoose(field, true).text);
  const people = rest.filter((field) => field !== '');
  const uins = people.filter((_, at) => at % 2 === 0);
  const read: Draft = {
    ...draft,
    meta: { ...draft.meta, contacts: uins.length, contactHashes: uins.slice(0, MAX_HASHES).map(hashName) },
  };
  const count = Number(first);
  return count === uins.length && people.length === uins.length * 2
    ? read
    : malformed(read, 'a contact list whose count is wrong', CONTACTS);
}

/** Tells whether two lists name the same people without naming them. */
export const hashName = (name: string): string => hash('sha256', `oscar:${name}`, 'hex').slice(0, 16);
