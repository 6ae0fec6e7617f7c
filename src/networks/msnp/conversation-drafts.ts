// Messages of a switchboard as drafts of captures: texts, datacasts, invitations, emoticons.

import type { CaptureDraft, Peer } from '../../core/capture.ts';
import type { Weakness } from '../../core/weakness.ts';
import { decodeHeaders, type Headers } from '../http/headers.ts';
import { VULNERABILITIES } from './vulnerabilities.ts';
import { decodeImFormat, MAX_FONT_CHARACTERS } from './wire/im-format.ts';
import { decodeInvitation, FILE_TRANSFER_GUID, VOICE_GUID } from './wire/invite.ts';
import { type MimeMessage, textOf } from './wire/mime.ts';
import { readAttributes } from './wire/small-xml.ts';

const MAX_FIELD = 512;
/** What any file system allows. */
const MAX_FILE_NAME = 255;
const MAX_EMOTICONS = 32;

/** An instant message. */
export function draftOfText(message: MimeMessage, peer: Peer): CaptureDraft {
  const { headers } = message;
  const text = textOf(message);
  const format = decodeImFormat(headers.get('x-mms-im-format') ?? '');
  // A name that the sender gives itself over that of its account.
  const shownName = headers.get('p4-context')?.slice(0, MAX_FIELD);
  const draft = { peer, ...(text === '' ? {} : { text }) };
  const meta = {
    ...(Object.keys(format).length === 0 ? {} : { format }),
    ...(shownName === undefined ? {} : { shownName }),
    ...chunkOf(headers),
  };
  if ((format.font?.length ?? 0) <= MAX_FONT_CHARACTERS * 2) return { ...draft, kind: 'message', meta };
  const reason = 'a font name that no font has';
  return { ...draft, kind: 'malformed', meta: { ...meta, reason, ...VULNERABILITIES.font } };
}

/** Long texts come in several messages with one id. */
function chunkOf(headers: Headers): { readonly part?: Readonly<Record<string, string>> } {
  const id = headers.get('message-id')?.slice(0, 64);
  if (id === undefined) return {};
  const [of, number] = [headers.get('chunks')?.slice(0, 8), headers.get('chunk')?.slice(0, 8)];
  return { part: { id, ...(of === undefined ? {} : { of }), ...(number === undefined ? {} : { number }) } };
}

const DATACASTS: ReadonlyMap<string, string> = new Map([
  ['1', 'nudge'],
  ['2', 'wink'],
  ['3', 'voice-clip'],
  ['4', 'action'],
]);

/** A nudge, and what else makes a window jump: winks, voice clips, action texts. */
export function draftOfDatacast(message: MimeMessage, peer: Peer): CaptureDraft {
  const fields = decodeHeaders(Buffer.from(message.body).toString('utf8'));
  const id = (fields.get('id') ?? '').slice(0, 8);
  const data = fields.get('data') ?? '';
  const datacast = DATACASTS.get(id) ?? id;
  if (datacast === 'action')
    return { kind: 'message', peer, ...(data === '' ? {} : { text: data }), meta: { datacast } };
  const object = objectOf(data);
  const meta = { datacast, ...(object === undefined ? {} : { object }) };
  return hasPath(object) ? traversal(peer, meta) : { kind: 'nudge', peer, meta };
}

/** Custom emoticons: shortcut and object by turns, with tabs between. */
export function draftOfEmoticons(message: MimeMessage, peer: Peer): CaptureDraft {
  const parts = textOf(message).split('\t', MAX_EMOTICONS * 2);
  const objects = parts.map(objectOf).filter((object) => object !== undefined);
  const meta = { type: 'emoticons', objects };
  return objects.some(hasPath) ? traversal(peer, meta) : { kind: 'unknown', peer, meta };
}

const traversal = (peer: Peer, meta: Readonly<Record<string, unknown>>): CaptureDraft => ({
  kind: 'malformed',
  peer,
  meta: { ...meta, reason: 'a path where an object has a name', ...VULNERABILITIES.traversal },
});

type MsnObject = Readonly<Record<string, string>>;
const OBJECT_KEYS = ['Creator', 'Size', 'Type', 'Location', 'Friendly', 'SHA1D', 'SHA1C'];

/** The attributes of a `msnobj` that are kept. */
export function objectOf(xml: string): MsnObject | undefined {
  if (!xml.trimStart().startsWith('<msnobj')) return undefined;
  const attributes = readAttributes(xml);
  const known = OBJECT_KEYS.flatMap((key) => {
    const value = attributes[key];
    return value === undefined ? [] : [[key.toLowerCase(), value.slice(0, MAX_FIELD)] as const];
  });
  return Object.fromEntries(known);
}

/** Locations are names such as `TFR2C.tmp`. */
export function hasPath(object: MsnObject | undefined): boolean {
  return /\.\.|[/\\]/.test(object?.location ?? '');
}

/** An invitation of the old style. */
export function draftOfInvitation(message: MimeMessage, peer: Peer): CaptureDraft {
  const { file, address, ...invitation } = decodeInvitation(message.body);
  const aimed = address === undefined ? peer : { ...peer, address: `${address.host}:${address.port}` };
  const internal = address?.internal === undefined ? {} : { internal: address.internal };
  const meta = { invitation, ...internal };
  if (invitation.command === 'CANCEL') return { kind: 'backscatter', peer: aimed, meta };
  if (invitation.cookie !== '' && !/^\d{1,10}$/.test(invitation.cookie)) {
    return malformed(aimed, meta, 'an Invitation-Cookie that is no number', VULNERABILITIES.cookie);
  }
  if (file !== undefined && file.name.length > MAX_FILE_NAME) {
    return { ...malformed(aimed, meta, 'a file name too long for any disk', VULNERABILITIES.fileName), file };
  }
  if (file !== undefined) return { kind: 'file-offer', peer: aimed, file, meta };
  if (invitation.guid === VOICE_GUID) return { kind: 'call', peer: aimed, meta };
  // An answer with an address says where a file lies that was taken up.
  const transfers = invitation.guid === FILE_TRANSFER_GUID || invitation.command === 'INVITE' || address !== undefined;
  return { kind: transfers ? 'transfer-request' : 'unknown', peer: aimed, meta };
}

function malformed(
  peer: Peer,
  meta: Readonly<Record<string, unknown>>,
  reason: string,
  weakness: Weakness,
): CaptureDraft {
  return { kind: 'malformed', peer, meta: { ...meta, reason, ...weakness } };
}
