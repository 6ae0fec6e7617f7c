// Offers between clients (ICBM channel 2): files, direct connections, rooms, buddy lists, icons, relayed ICQ messages.
import { hash } from 'node:crypto';
import type { CaptureKind } from '../../../core/capture.ts';
import { type CapabilityName, capabilityName } from '../wire/capability.ts';
import { equalBytes, hexOf, u16Of } from '../wire/fields.ts';
import type { IcbmToClient } from '../wire/icbm.ts';
import { decodeRelayMessage } from '../wire/icq-message.ts';
import {
  type Addresses,
  decodeRendezvous,
  RENDEZVOUS_PROPOSE,
  type Rendezvous,
  readAddresses,
  TLV_INVITATION,
  TLV_NAME_CHARSET,
  TLV_REQUEST_NUMBER,
  TLV_SERVICE_DATA,
} from '../wire/rendezvous.ts';
import { decodeBuddyList, decodeFileOffer, decodeIcon, decodeRoomOffer, MAX_ICON_BYTES } from '../wire/service-data.ts';
import { decodeLoose } from '../wire/text.ts';
import { findTlv } from '../wire/tlv.ts';
import { hashName, readIcqMessage } from './read-icq.ts';
import { type Draft, fileName, malformed, roomName, withText } from './reading.ts';
import {
  dangerousFileName,
  LONG_FILE_NAME,
  MAX_HONEST_NAME_BYTES,
  overlongRequest,
  RELAYED_LENGTH,
} from './vulnerability.ts';

const STATUS = ['propose', 'cancel', 'accept', 'decline'] as const;
/** TLVs with addresses of downloads. */
const URL_TLVS = [0x06, 0x07, 0x08];
const MAX_URL = 4096;
const MAX_HASHES = 100;

/** @throws SundewError WIRE_MALFORMED, WIRE_TOO_LARGE */
export function readRendezvous(data: Uint8Array, icbm: IcbmToClient, base: Draft): Draft {
  const offer = decodeRendezvous(data);
  const { tlvs, truncated } = offer.list;
  const service = capabilityName(offer.capability);
  const addresses = readAddresses(tlvs);
  const oddities = equalBytes(offer.cookie, icbm.cookie)
    ? addresses.oddities
    : [...addresses.oddities, 'cookies differ'];
  const invitation = decodeLoose(findTlv(tlvs, TLV_INVITATION) ?? new Uint8Array(0), false).text;
  const host = addresses.verified ?? addresses.claimed;
  const draft = withText(
    {
      ...base,
      peer: { ...base.peer, ...(host === undefined ? {} : { address: `${host}:${addresses.port ?? 0}` }) },
      meta: { ...base.meta, rendezvous: factsOf(offer, service, addresses, oddities) },
    },
    [invitation, ...urlsOf(offer)].filter((text) => text !== '').join(' '),
  );
  const read = readService(service, offer, draft);
  if (truncated !== undefined) return malformed(read, 'a TLV says it is longer than its offer');
  return read;
}

function factsOf(
  offer: Rendezvous,
  service: CapabilityName | undefined,
  addresses: Addresses,
  oddities: readonly string[],
): Readonly<Record<string, unknown>> {
  const { oddities: _, ...where } = addresses;
  const request = u16Of(findTlv(offer.list.tlvs, TLV_REQUEST_NUMBER));
  return {
    service: service ?? hexOf(offer.capability),
    status: STATUS[offer.status] ?? offer.status,
    ...where,
    ...(request === undefined ? {} : { request }),
    ...(oddities.length === 0 ? {} : { oddities }),
  };
}

const urlsOf = (offer: Rendezvous): readonly string[] =>
  URL_TLVS.flatMap((type) => findTlv(offer.list.tlvs, type) ?? []).map((bytes) =>
    decodeLoose(bytes, false).text.slice(0, MAX_URL),
  );

function readService(service: CapabilityName | undefined, offer: Rendezvous, draft: Draft): Draft {
  const data = findTlv(offer.list.tlvs, TLV_SERVICE_DATA);
  const as = (kind: CaptureKind): Draft => ({ ...draft, kind });
  if (offer.status !== RENDEZVOUS_PROPOSE) return as('transfer-request');
  const hole = overlongRequest(service, data?.length ?? 0);
  if (hole !== undefined) return malformed(draft, `service data of ${data?.length} bytes`, hole);
  switch (service) {
    case 'send-file':
      return data === undefined ? malformed(draft, 'file offer without its file') : readFile(data, offer, draft);
    case 'chat-invite': {
      if (data === undefined) return malformed(draft, 'invitation without its room');
      const { exchange, room, instance } = decodeRoomOffer(data);
      return { ...as('group-invite'), ...roomName(room), meta: { ...draft.meta, exchange, instance } };
    }
    case 'send-buddy-list':
      return readBuddyList(data ?? new Uint8Array(0), draft);
    case 'buddy-icon':
      return data === undefined ? malformed(draft, 'icon without its picture') : readIconPush(data, draft);
    case 'icq-relay':
      return data === undefined ? malformed(draft, 'relay without its message') : readRelay(data, draft);
    case 'voice-chat':
      return as('call');
    case 'direct-im':
    case 'get-file':
    case 'direct-play':
    case 'games':
    case 'games-2':
    case 'add-ins':
      return as('transfer-request');
    default:
      return as('unknown');
  }
}

function readFile(data: Uint8Array, offer: Rendezvous, draft: Draft): Draft {
  const charset = findTlv(offer.list.tlvs, TLV_NAME_CHARSET);
  const charsetName = charset === undefined ? undefined : decodeLoose(charset, false).text.slice(0, 64);
  const file = decodeFileOffer(data, charsetName);
  const read: Draft = {
    ...draft,
    kind: 'file-offer',
    file: { ...fileName(file.name), size: file.size },
    meta: {
      ...draft.meta,
      files: file.count,
      several: file.several,
      ...(file.unterminated ? { unterminated: true } : {}),
      ...dangerousFileName(file.name),
    },
  };
  if (file.nameBytes.length <= MAX_HONEST_NAME_BYTES) return read;
  return malformed(read, `file name of ${file.nameBytes.length} bytes`, LONG_FILE_NAME);
}

function readBuddyList(data: Uint8Array, draft: Draft): Draft {
  const groups = decodeBuddyList(data);
  const names = groups.flatMap((group) => group.names);
  const meta = {
    contacts: names.length,
    groups: groups.length,
    contactHashes: names.slice(0, MAX_HASHES).map(hashName),
  };
  return { ...draft, kind: 'roster-push', meta: { ...draft.meta, ...meta } };
}

function readIconPush(data: Uint8Array, draft: Draft): Draft {
  const { image, length } = decodeIcon(data);
  const read: Draft = {
    ...draft,
    kind: 'presence',
    file: { size: image.length, sha256: hash('sha256', image, 'hex') },
    meta: { ...draft.meta, icon: true },
  };
  const claimed = length === image.length ? undefined : `icon says ${length} bytes and has ${image.length}`;
  if (claimed === undefined) return read;
  return malformed(read, claimed, length > MAX_ICON_BYTES ? { vulnerability: 'over-long buddy icon' } : undefined);
}

function readRelay(data: Uint8Array, draft: Draft): Draft {
  const { plugin, ...message } = decodeRelayMessage(data);
  const read = readIcqMessage(message, plugin ? { ...draft, meta: { ...draft.meta, plugin } } : draft);
  return message.truncated ? { ...read, meta: { ...read.meta, ...RELAYED_LENGTH } } : read;
}
