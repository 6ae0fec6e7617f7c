// What a packet of the server means as captures: a pure function, one case for each service that a peer can cause.
import type { CaptureDraft } from '../../../core/capture.ts';
import { textOf } from '../wire/fields.ts';
import type { Packet } from '../wire/packet.ts';
import { decodePairs, type Pair } from '../wire/pairs.ts';
import { SERVICE, STATUS } from '../wire/services.ts';
import { readAuthorisation, readNewContact, readRejected, readStatusLines } from './contacts.ts';
import { readFileInfo15, readFileOffer15, readP2pFile, readPeerToPeer, readStoredFile } from './files.ts';
import { readChatInvite, readConferenceChange, readConferenceInvite } from './invites.ts';
import { readMessages, readNotify, readRoomText, readSystemText } from './messages.ts';
import { markOddities } from './oddities.ts';
import { baseOf, type Draft, named, withMeta, withText, type YmsgReader } from './reading.ts';

type Read = (packet: Packet, pairs: readonly Pair[], reader: YmsgReader) => readonly Draft[] | Draft | undefined;

const conferenceChange =
  (key: number): Read =>
  (packet, pairs, reader) =>
    readConferenceChange(packet, pairs, key, reader);

const call: Read = (packet, pairs, reader) =>
  withText({ ...baseOf(packet, pairs, [4, 1], reader), kind: 'call' }, pairs, 14);

/** Pictures and sounds: what they link to is recorded and never fetched. */
const linked: Read = (packet, pairs, reader) =>
  withMeta(
    { ...baseOf(packet, pairs, [4, 1], reader), kind: 'presence' },
    {
      url: textOf(pairs, 20)?.slice(0, 4096),
      checksum: named(textOf(pairs, 192)),
    },
  );

const READERS: ReadonlyMap<number, Read> = new Map<number, Read>([
  [SERVICE.MESSAGE, readMessages],
  [SERVICE.MASS_MESSAGE, readMessages],
  [SERVICE.NOTIFY, readNotify],
  [SERVICE.SYSTEM_MESSAGE, readSystemText],
  [SERVICE.PROTOCOL_ERROR, readSystemText],
  [SERVICE.NEW_CONTACT, readNewContact],
  [SERVICE.AUTHORISATION, readAuthorisation],
  [SERVICE.REJECT_CONTACT, readRejected],
  [SERVICE.LOGON, readStatusLines],
  [SERVICE.LOGOFF, readStatusLines],
  [SERVICE.IS_AWAY, readStatusLines],
  [SERVICE.IS_BACK, readStatusLines],
  [SERVICE.STATUS_UPDATE, readStatusLines],
  [SERVICE.STATUS_15, readStatusLines],
  [SERVICE.CONFERENCE_INVITE, readConferenceInvite],
  [SERVICE.CONFERENCE_ADD_INVITE, readConferenceInvite],
  [SERVICE.CONFERENCE_LOGON, conferenceChange(53)],
  [SERVICE.CONFERENCE_DECLINE, conferenceChange(54)],
  [SERVICE.CONFERENCE_LOGOFF, conferenceChange(56)],
  [SERVICE.CONFERENCE_MESSAGE, (...all) => room(all, { room: 57, from: 3, text: 14 })],
  [SERVICE.CHAT_INVITE, readChatInvite],
  [SERVICE.CHAT_INVITE_OLD, readChatInvite],
  [SERVICE.CHAT_COMMENT, (...all) => room(all, { room: 104, from: 109, text: 117 })],
  [SERVICE.CHAT_MESSAGE_OLD, (...all) => room(all, { room: 104, from: 109, text: 117 })],
  [SERVICE.P2P_FILE, readP2pFile],
  [SERVICE.FILE_TRANSFER, readStoredFile],
  [SERVICE.FILE_OFFER_15, readFileOffer15],
  [SERVICE.FILE_INFO_15, readFileInfo15],
  [SERVICE.FILE_ACCEPT_15, readFileInfo15],
  [SERVICE.PEER_TO_PEER, readPeerToPeer],
  [SERVICE.VOICE_CHAT, call],
  [SERVICE.WEBCAM, call],
  [SERVICE.PICTURE, linked],
  [SERVICE.PICTURE_UPDATE, linked],
]);

function room(
  [packet, pairs, reader]: Parameters<Read>,
  keys: { readonly room: number; readonly from: number; readonly text: number },
): Draft {
  return readRoomText(packet, pairs, keys, reader);
}

/** Presence lists and offline messages hold many senders. */
function repeatsSenders(packet: Packet): boolean {
  return packet.service !== SERVICE.MESSAGE
    ? packet.service === SERVICE.LOGON
    : packet.status === STATUS.OFFLINE_OR_MORE;
}

/**
 * Reads one packet. Empty for what no peer did to the decoy and for the decoy's own doings.
 * @throws SundewError WIRE_MALFORMED, WIRE_TOO_LARGE when the body cannot be read
 */
export function readPacket(packet: Packet, reader: YmsgReader): readonly CaptureDraft[] {
  const { pairs, anomalies } = decodePairs(packet.body);
  const read = READERS.get(packet.service) ?? readUnknown;
  const result = read(packet, pairs, reader);
  const drafts = result === undefined ? [] : 'kind' in result ? [result] : result;
  return drafts
    .filter((draft) => draft.peer.id !== reader.user)
    .map((draft) => markOddities(draft, pairs, anomalies, repeatsSenders(packet)));
}

/** A service that is not known here; a capture when somebody is named as its sender. */
function readUnknown(packet: Packet, pairs: readonly Pair[], reader: YmsgReader): Draft | undefined {
  if (textOf(pairs, 4) === undefined) return undefined;
  return withText(baseOf(packet, pairs, [4], reader), pairs, 14);
}

/** Bytes that are no packet, or a packet whose body cannot be read. */
export function draftOfMalformed(reason: string, reader: YmsgReader): CaptureDraft {
  return { kind: 'malformed', peer: { id: reader.server, verifiedBy: 'own-server' }, meta: { reason } };
}
