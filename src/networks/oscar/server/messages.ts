// Family 04 in the range: relays messages, offers and typing, stores what comes too early, warns.
import { ByteReader, concatBytes } from '../../../core/bytes.ts';
import { string8, takeString8, u16, u32 } from '../wire/fields.ts';
import {
  decodeIcbmEvent,
  decodeIcbmToHost,
  encodeIcbmEvent,
  encodeIcbmToClient,
  ICBM_RENDEZVOUS,
  type IcbmToHost,
  TLV_ACK_WANTED,
  TLV_DATA,
  TLV_SENT_AT,
  TLV_STORE,
  TLV_TYPING_WANTED,
} from '../wire/icbm.ts';
import { decodeRendezvous, encodeRendezvous, TLV_CLIENT_IP, TLV_VERIFIED_IP } from '../wire/rendezvous.ts';
import { screenNameText } from '../wire/screen-name.ts';
import type { Snac } from '../wire/snac.ts';
import {
  SNAC_ICBM_ACK,
  SNAC_ICBM_CLIENT_ERROR,
  SNAC_ICBM_ERROR,
  SNAC_ICBM_PARAMETERS,
  SNAC_ICBM_PARAMETERS_REQUEST,
  SNAC_ICBM_SET_PARAMETERS,
  SNAC_ICBM_TO_CLIENT,
  SNAC_ICBM_TO_HOST,
  SNAC_OFFLINE_DONE,
  SNAC_OFFLINE_REQUEST,
  SNAC_TYPING,
  SNAC_WARN,
  SNAC_WARN_REPLY,
  SNAC_WARNED,
} from '../wire/snac-types.ts';
import { findTlv, type Tlv } from '../wire/tlv.ts';
import { accountOf, infoOf, nowSeconds, onlineOf, type Session, store, type World } from './world.ts';

const ERROR_NOT_ON = 4;
const NAMED_WARNING = 100;
const ANONYMOUS_WARNING = 30;
const MAX_WARNING = 999;

/** @returns false for what is not of this family @throws SundewError WIRE_* */
export function serveMessages(world: World, session: Session, snac: Snac): boolean {
  switch (snac.type) {
    case SNAC_ICBM_SET_PARAMETERS:
      return true;
    case SNAC_ICBM_PARAMETERS_REQUEST:
      session.send(
        SNAC_ICBM_PARAMETERS,
        concatBytes([u16(5), u32(3), u16(8000), u16(999), u16(999), u32(0)]),
        snac.requestId,
      );
      return true;
    case SNAC_ICBM_TO_HOST:
      relay(world, session, snac);
      return true;
    case SNAC_TYPING:
    case SNAC_ICBM_CLIENT_ERROR:
      pass(world, session, snac);
      return true;
    case SNAC_OFFLINE_REQUEST:
      for (const { body } of session.account.stored.splice(0)) session.send(SNAC_ICBM_TO_CLIENT, body);
      session.send(SNAC_OFFLINE_DONE, new Uint8Array(0), snac.requestId);
      return true;
    case SNAC_WARN:
      warn(world, session, snac);
      return true;
    default:
      return false;
  }
}

function relay(world: World, session: Session, snac: Snac): void {
  const icbm = decodeIcbmToHost(snac.body);
  const tlvs = relayed(icbm, session);
  const receivers = onlineOf(world, icbm.to);
  const waiting = findTlv(icbm.list.tlvs, TLV_STORE) === undefined ? undefined : accountOf(world, icbm.to);
  if (receivers.length > 0) {
    const body = encodeIcbmToClient(icbm, infoOf(session), tlvs);
    for (const receiver of receivers) receiver.send(SNAC_ICBM_TO_CLIENT, body);
  } else {
    const marks = [
      { type: TLV_STORE, value: new Uint8Array(0) },
      { type: TLV_SENT_AT, value: u32(nowSeconds(world)) },
    ];
    const body = encodeIcbmToClient(icbm, infoOf(session), [...tlvs, ...marks]);
    if (waiting === undefined || !store(waiting, body)) {
      session.send(SNAC_ICBM_ERROR, u16(ERROR_NOT_ON), snac.requestId);
      return;
    }
  }
  if (findTlv(icbm.list.tlvs, TLV_ACK_WANTED) === undefined) return;
  session.send(SNAC_ICBM_ACK, concatBytes([icbm.cookie, u16(icbm.channel), string8(icbm.to)]), snac.requestId);
}

/** Without the marks for the server; offers get the address from which they really came. */
function relayed(icbm: IcbmToHost, session: Session): readonly Tlv[] {
  const own = icbm.list.tlvs.filter(({ type }) => type !== TLV_ACK_WANTED && type !== TLV_STORE);
  if (icbm.channel !== ICBM_RENDEZVOUS) return [...own, { type: TLV_TYPING_WANTED, value: new Uint8Array(0) }];
  return own.map((tlv) => (tlv.type === TLV_DATA ? { type: TLV_DATA, value: verified(tlv.value, session.ip) } : tlv));
}

function verified(block: Uint8Array, ip: Uint8Array): Uint8Array {
  const { status, cookie, capability, list } = decodeRendezvous(block);
  // Nobody's own word for it is passed on.
  const tlvs = list.tlvs.filter(({ type }) => type !== TLV_VERIFIED_IP);
  const claims = findTlv(list.tlvs, TLV_CLIENT_IP) !== undefined;
  return encodeRendezvous(status, cookie, capability, claims ? [...tlvs, { type: TLV_VERIFIED_IP, value: ip }] : tlvs);
}

/** Typing and errors go on with the name of who sent them. */
function pass(world: World, session: Session, snac: Snac): void {
  const event = decodeIcbmEvent(snac.body);
  const body = encodeIcbmEvent(event, session.account.name, event.rest);
  for (const receiver of onlineOf(world, event.name)) receiver.send(snac.type, body);
}

function warn(world: World, session: Session, snac: Snac): void {
  const reader = new ByteReader(snac.body);
  const anonymous = reader.u16() === 1;
  const name = screenNameText(takeString8(reader));
  const account = accountOf(world, name);
  const victims = onlineOf(world, name);
  if (account === undefined || victims.length === 0) {
    session.send(SNAC_ICBM_ERROR, u16(ERROR_NOT_ON), snac.requestId);
    return;
  }
  const delta = anonymous ? ANONYMOUS_WARNING : NAMED_WARNING;
  account.warning = Math.min(MAX_WARNING, account.warning + delta);
  const level = u16(account.warning);
  session.send(SNAC_WARN_REPLY, concatBytes([u16(delta), level]), snac.requestId);
  for (const victim of victims) victim.send(SNAC_WARNED, anonymous ? level : concatBytes([level, infoOf(session)]));
}
