// One SNAC as captures: none for what no peer did, several where one frame tells of several.
import { ByteReader } from '../../../core/bytes.ts';
import { isSundewError, SundewError } from '../../../core/error.ts';
import { decodeAsking, decodeAuthoriseAnswer } from '../wire/feedbag.ts';
import { takeString8, takeString16, u16Of } from '../wire/fields.ts';
import { decodeIcbmEvent, decodeMissedCalls } from '../wire/icbm.ts';
import { decodeIcqMeta } from '../wire/icq-message.ts';
import { screenNameText } from '../wire/screen-name.ts';
import type { Snac } from '../wire/snac.ts';
import {
  SNAC_ADDED_YOU,
  SNAC_AUTHORISE_ANSWERED,
  SNAC_AUTHORISE_ASKED,
  SNAC_CHAT_MESSAGE,
  SNAC_ICBM_CLIENT_ERROR,
  SNAC_ICBM_TO_CLIENT,
  SNAC_ICQ_TO_CLIENT,
  SNAC_MISSED,
  SNAC_MOTD,
  SNAC_PRE_GRANTED,
  SNAC_TYPING,
  SNAC_WARNED,
} from '../wire/snac-types.ts';
import { decodeLoose } from '../wire/text.ts';
import { decodeTlvs, findTlv } from '../wire/tlv.ts';
import { takeUserInfo } from '../wire/user-info.ts';
import { readIcbm } from './read-icbm.ts';
import { readIcqMessage } from './read-icq.ts';
import { type Draft, draftFrom, malformed, type OscarReader, peerNamed, serverPeer, withText } from './reading.ts';
import { AUTHORISATION } from './vulnerability.ts';

/** The captures of one SNAC, in order. Never throws for what the far side sent. */
export function draftsOf(snac: Snac, reader: OscarReader): readonly Draft[] {
  try {
    return readSnac(snac, reader);
  } catch (error) {
    if (!isSundewError(error)) throw error;
    const meta = { snac: snac.type.toString(16).padStart(8, '0') };
    return [malformed({ kind: 'malformed', peer: serverPeer(reader), meta }, error.message)];
  }
}

function readSnac(snac: Snac, reader: OscarReader): readonly Draft[] {
  switch (snac.type) {
    case SNAC_ICBM_TO_CLIENT:
      return [readIcbm(snac.body)];
    case SNAC_TYPING:
      return [readTyping(snac.body)];
    case SNAC_MISSED:
      return decodeMissedCalls(snac.body).map(({ sender, channel, count, reason }) =>
        draftFrom('service-notice', sender, { missed: count, channel, reason: MISSED[reason] ?? reason }),
      );
    case SNAC_ICBM_CLIENT_ERROR: {
      const { name, channel } = decodeIcbmEvent(snac.body);
      return [{ kind: 'backscatter', peer: peerNamed(name), meta: { channel } }];
    }
    case SNAC_WARNED:
      return [readWarning(snac.body, reader)];
    case SNAC_AUTHORISE_ASKED:
    case SNAC_PRE_GRANTED:
    case SNAC_AUTHORISE_ANSWERED:
    case SNAC_ADDED_YOU:
      return [readContact(snac)];
    case SNAC_ICQ_TO_CLIENT:
      return readStored(snac.body);
    case SNAC_CHAT_MESSAGE:
      return readChat(snac.body);
    case SNAC_MOTD:
      return readMotd(snac.body, reader);
    default:
      return [];
  }
}

const MISSED = ['invalid', 'too large', 'rate', 'sender warned', 'receiver warned'] as const;
const TYPING = ['finished', 'entered', 'typing'] as const;
const WINDOW_CLOSED = 0x0f;

function readTyping(body: Uint8Array): Draft {
  const { name, rest } = decodeIcbmEvent(body);
  const event = u16Of(rest.subarray(0, 2)) ?? 0;
  const said = event === WINDOW_CLOSED ? 'closed' : (TYPING[event] ?? event);
  return { kind: 'typing', peer: peerNamed(name), meta: { event: said } };
}

function readWarning(body: Uint8Array, reader: OscarReader): Draft {
  const bytes = new ByteReader(body);
  const level = bytes.u16() / 10;
  if (bytes.remaining === 0) return { kind: 'warning', peer: serverPeer(reader), meta: { level, anonymous: true } };
  return draftFrom('warning', takeUserInfo(bytes), { level });
}

function readContact(snac: Snac): Draft {
  if (snac.type === SNAC_AUTHORISE_ASKED || snac.type === SNAC_PRE_GRANTED) {
    const { name, reason } = decodeAsking(snac.body);
    const asked = snac.type === SNAC_AUTHORISE_ASKED;
    const foreign = charsetOfReason(snac.body) !== 'utf-8';
    const draft: Draft = {
      kind: asked ? 'contact-request' : 'contact-change',
      peer: peerNamed(name),
      meta: { event: asked ? 'asked' : 'pre-granted', ...(foreign ? AUTHORISATION : {}) },
    };
    return withText(draft, reason);
  }
  if (snac.type === SNAC_ADDED_YOU) {
    const peer = peerNamed(screenNameText(takeString8(new ByteReader(snac.body))));
    return { kind: 'contact-change', peer, meta: { event: 'added-you' } };
  }
  const { name, granted, reason } = decodeAuthoriseAnswer(snac.body);
  const meta = { event: granted ? 'granted' : 'denied' };
  return withText({ kind: 'contact-change', peer: peerNamed(name), meta }, reason);
}

function charsetOfReason(body: Uint8Array): string {
  const reader = new ByteReader(body);
  takeString8(reader);
  return decodeLoose(takeString16(reader), false).charset;
}

function readStored(body: Uint8Array): readonly Draft[] {
  const value = findTlv(decodeTlvs(body).tlvs, 1);
  if (value === undefined) throw new SundewError('WIRE_MALFORMED', 'ICQ reply without its block');
  const meta = decodeIcqMeta(value);
  if (meta.type !== 'offline-message') return [];
  const read = readIcqMessage(meta.message, {
    kind: 'unknown',
    peer: peerNamed(String(meta.sender)),
    meta: { offline: true },
  });
  if (meta.sentAt === undefined) return [read];
  // To the minute only, so the words are part of the name.
  const content = Buffer.from(meta.message.text.subarray(0, 300)).toString('base64url');
  return [{ ...read, sentAt: meta.sentAt, native: `stored:${meta.sender}:${meta.sentAt}:${content}` }];
}

const COOKIE_AND_CHANNEL = 10;

function readChat(body: Uint8Array): readonly Draft[] {
  const bytes = new ByteReader(body);
  bytes.take(COOKIE_AND_CHANNEL);
  const { tlvs } = decodeTlvs(bytes.take(bytes.remaining));
  const sender = findTlv(tlvs, 0x03);
  const message = findTlv(tlvs, 0x05);
  if (sender === undefined || message === undefined)
    throw new SundewError('WIRE_MALFORMED', 'room message without sender or text');
  const text = decodeLoose(findTlv(decodeTlvs(message).tlvs, 0x01) ?? new Uint8Array(0), false).text;
  return [withText(draftFrom('message', takeUserInfo(new ByteReader(sender)), { groupchat: true }), text)];
}

function readMotd(body: Uint8Array, reader: OscarReader): readonly Draft[] {
  const bytes = new ByteReader(body);
  const type = bytes.u16();
  const text = findTlv(decodeTlvs(bytes.take(bytes.remaining)).tlvs, 0x0b);
  if (text === undefined || text.length === 0) return [];
  const draft: Draft = { kind: 'service-notice', peer: serverPeer(reader), meta: { motd: type } };
  return [withText(draft, decodeLoose(text, false).text)];
}
