// What the notification server says, as captures: pure functions from a command to a draft.

import type { CaptureDraft, Peer } from '../../core/capture.ts';
import { REMOVED_YOU } from '../../core/contact-list.ts';
import { decodeHeaders } from '../http/headers.ts';
import { bareAddress } from './session/ring.ts';
import type { Ring } from './session/types.ts';
import { LIST_PENDING, LIST_REVERSE, readListEntry, readListNotice } from './wire/contact-list.ts';
import type { MsnpFrame } from './wire/frame.ts';
import { decodeMime, mediaTypeOf } from './wire/mime.ts';
import { type OfflineMessage, type OfflineNotice, readNotices } from './wire/offline.ts';
import { decodePercent } from './wire/percent.ts';
import { readLeaves } from './wire/small-xml.ts';

/** On a list of ours: forward, allow or block. */
const HANDLED = 7;
const MAX_NAME = 512;

export interface MsnpReader {
  /** The decoy's own address. */
  readonly address: string;
  /** Host of the notification server. */
  readonly server: string;
  readonly dialect: number;
}

/** A peer whose address the own server vouches for. */
export function peerOf(address: string, name = ''): Peer {
  const shown = name === '' || name === address ? {} : { name: name.slice(0, MAX_NAME) };
  return { id: address === '' ? '?' : address, ...shown, verifiedBy: 'own-server' };
}

/** Reads a command of the notification server. @returns undefined for what no peer did */
export function draftOfNotification(frame: MsnpFrame, reader: MsnpReader): CaptureDraft | undefined {
  switch (frame.command) {
    case 'ADC':
    case 'ADD':
    case 'REM':
      return draftOfListNotice(frame);
    case 'LST':
      return draftOfListEntry(frame, reader);
    case 'ILN':
    case 'NLN':
      return draftOfPresence(frame);
    case 'UBX':
      return draftOfPersonalMessage(frame);
    case 'MSG':
      return draftOfNotice(frame, reader);
    case 'OUT':
      return serverNotice(reader, { reason: frame.args[0] ?? '', signedInElsewhere: frame.args[0] === 'OTH' });
    default:
      return undefined;
  }
}

function draftOfListNotice(frame: MsnpFrame): CaptureDraft | undefined {
  const contact = readListNotice(frame);
  if (contact === undefined || (contact.lists & (LIST_REVERSE | LIST_PENDING)) === 0) return undefined;
  const peer = peerOf(contact.address, contact.name);
  const meta = { command: frame.command };
  if (frame.command === 'REM') {
    // What goes from the pending list may have gone to the reverse list.
    const removed = (contact.lists & LIST_REVERSE) !== 0 ? { event: REMOVED_YOU } : {};
    return { kind: 'contact-change', peer, meta: { ...meta, ...removed } };
  }
  return { kind: 'contact-request', native: addedId(contact.address), peer, meta };
}

/** The list says it again at every sign-on, so who added the decoy counts once, by address. */
const addedId = (address: string): string => `added:${address.toLowerCase()}`.slice(0, MAX_NAME);

/** Added while the decoy was away, or before. */
function draftOfListEntry(frame: MsnpFrame, reader: MsnpReader): CaptureDraft | undefined {
  const contact = readListEntry(frame, reader.dialect);
  if (contact === undefined || (contact.lists & (LIST_REVERSE | LIST_PENDING)) === 0) return undefined;
  // Dialect 7 lists each list by itself. Who was dealt with before is told in one piece (`reverseContact`).
  if ((contact.lists & HANDLED) !== 0) return undefined;
  const meta = { command: 'LST', offline: true };
  return {
    kind: 'contact-request',
    native: addedId(contact.address),
    peer: peerOf(contact.address, contact.name),
    meta,
  };
}

/** Address of who has the decoy on its list and was let in or shut out before: whom an operator planted, for one. */
export function reverseContact(frame: MsnpFrame, dialect: number): string | undefined {
  const contact = frame.command === 'LST' ? readListEntry(frame, dialect) : undefined;
  if (contact === undefined || (contact.lists & LIST_REVERSE) === 0) return undefined;
  return (contact.lists & HANDLED) === 0 ? undefined : contact.address;
}

/** Contacts only: a decoy has none unless its operator gave it some. */
function draftOfPresence(frame: MsnpFrame): CaptureDraft {
  const [status = '', address = '', name = ''] = frame.command === 'ILN' ? frame.args.slice(1) : frame.args;
  const peer = peerOf(bareAddress(address), decodePercent(name));
  return { kind: 'presence', peer, meta: { command: frame.command, status: status.slice(0, 8) } };
}

function draftOfPersonalMessage(frame: MsnpFrame): CaptureDraft | undefined {
  const xml = Buffer.from(frame.payload ?? []).toString('utf8');
  const text = readLeaves(xml).find(({ path }) => path === 'Data/PSM')?.text;
  if (text === undefined) return undefined;
  return { kind: 'presence', peer: peerOf(bareAddress(frame.args[0] ?? '')), text, meta: { command: 'UBX' } };
}

function draftOfNotice(frame: MsnpFrame, reader: MsnpReader): CaptureDraft | undefined {
  const { headers, body } = decodeMime(frame.payload ?? new Uint8Array());
  if (mediaTypeOf(headers) !== 'application/x-msmsgssystemmessage') return undefined;
  const fields = decodeHeaders(Buffer.from(body).toString('utf8'));
  const field = (key: string): string => (fields.get(key) ?? '').slice(0, 100);
  return serverNotice(reader, { type: field('type'), minutes: field('arg1') });
}

const serverNotice = (reader: MsnpReader, meta: Readonly<Record<string, unknown>>): CaptureDraft => ({
  kind: 'service-notice',
  peer: { id: reader.server, verifiedBy: 'own-server' },
  meta,
});

/** Bytes of the server after which nothing can be read. */
export function draftOfBrokenStream(reason: string, reader: MsnpReader): CaptureDraft {
  return { kind: 'malformed', peer: { id: reader.server, verifiedBy: 'own-server' }, meta: { reason } };
}

/** Someone opened a conversation with the decoy; what is said in it follows on the switchboard. */
export function draftOfRing(ring: Ring): CaptureDraft {
  const meta = { command: 'RNG', session: ring.session, switchboard: `${ring.host}:${ring.port}` };
  return { kind: 'connection', peer: peerOf(ring.inviter, ring.name), meta };
}

/** Offline messages that wait. @returns undefined when the command is no such notice */
export function readOfflineNotices(frame: MsnpFrame): readonly OfflineNotice[] | undefined {
  if (frame.command !== 'MSG') return undefined;
  const { headers, body } = decodeMime(frame.payload ?? new Uint8Array());
  const type = mediaTypeOf(headers);
  const waiting = type === 'text/x-msmsgsinitialmdatanotification' || type === 'text/x-msmsgsoimnotification';
  if (!waiting) return undefined;
  const data = decodeHeaders(Buffer.from(body).toString('utf8')).get('mail-data') ?? '';
  return readNotices(data) ?? [];
}

/** An offline message; without one the notice alone. */
export function draftOfOffline(notice: OfflineNotice, message?: OfflineMessage): CaptureDraft {
  const { text, sentAt, senderAddress, headers } = message ?? {};
  const peer = peerOf(notice.sender);
  const run = headers?.get('x-oim-run-id')?.slice(0, 64);
  return {
    kind: 'message',
    native: `oim:${notice.id}`,
    peer: senderAddress === undefined ? peer : { ...peer, address: senderAddress },
    ...(text === undefined || text === '' ? {} : { text }),
    ...(sentAt === undefined ? {} : { sentAt }),
    meta: {
      offline: true,
      ...(message === undefined ? { fetched: false } : {}),
      ...(run === undefined ? {} : { run }),
    },
  };
}
