// ICBM (family 04): the header of every message, and the small SNACs around it.
import { ByteReader, concatBytes } from '../../../core/bytes.ts';
import { string8, takeString8, u16, u32 } from './fields.ts';
import { encodeMessageBlock } from './message-block.ts';
import { screenNameText } from './screen-name.ts';
import { decodeTlvs, encodeTlvs, type Tlv, type TlvList } from './tlv.ts';
import { takeUserInfo, type UserInfo } from './user-info.ts';

export const ICBM_MESSAGE = 1;
export const ICBM_RENDEZVOUS = 2;
export const ICBM_OLD_ICQ = 4;

export const TLV_MESSAGE = 0x02;
export const TLV_ACK_WANTED = 0x03;
export const TLV_AUTO_RESPONSE = 0x04;
export const TLV_DATA = 0x05;
export const TLV_STORE = 0x06;
export const TLV_TYPING_WANTED = 0x0b;
export const TLV_SENT_AT = 0x16;
const COOKIE_BYTES = 8;

export interface IcbmHeader {
  /** Chosen by the sender. */
  readonly cookie: Uint8Array;
  readonly channel: number;
}

/** (04,07): what reaches a client. */
export interface IcbmToClient extends IcbmHeader {
  readonly sender: UserInfo;
  readonly list: TlvList;
}

/** @throws SundewError WIRE_MALFORMED, WIRE_TOO_LARGE */
export function decodeIcbmToClient(body: Uint8Array): IcbmToClient {
  const reader = new ByteReader(body);
  const header = takeHeader(reader);
  const sender = takeUserInfo(reader);
  return { ...header, sender, list: decodeTlvs(reader.take(reader.remaining)) };
}

export function encodeIcbmToClient(header: IcbmHeader, senderInfo: Uint8Array, tlvs: readonly Tlv[]): Uint8Array {
  return concatBytes([encodeHeader(header), senderInfo, encodeTlvs(tlvs)]);
}

/** (04,06): what a client sends. */
export interface IcbmToHost extends IcbmHeader {
  readonly to: string;
  readonly list: TlvList;
}

/** @throws SundewError WIRE_MALFORMED, WIRE_TOO_LARGE */
export function decodeIcbmToHost(body: Uint8Array): IcbmToHost {
  const reader = new ByteReader(body);
  const header = takeHeader(reader);
  const to = screenNameText(takeString8(reader));
  return { ...header, to, list: decodeTlvs(reader.take(reader.remaining)) };
}

export function encodeIcbmToHost(header: IcbmHeader, to: string, tlvs: readonly Tlv[]): Uint8Array {
  return concatBytes([encodeHeader(header), string8(to), encodeTlvs(tlvs)]);
}

/** A message of channel 1 that the server acknowledges, and stores while the receiver is away. */
export const encodeInstantMessage = (cookie: Uint8Array, to: string, text: string): Uint8Array =>
  encodeIcbmToHost({ cookie, channel: ICBM_MESSAGE }, to, [
    { type: TLV_MESSAGE, value: encodeMessageBlock(text) },
    { type: TLV_ACK_WANTED, value: new Uint8Array(0) },
    { type: TLV_STORE, value: new Uint8Array(0) },
  ]);

/** (04,14) in either direction; (04,0C) is its beginning. */
export interface IcbmEvent extends IcbmHeader {
  readonly name: string;
  /** What follows the name. */
  readonly rest: Uint8Array;
}

/** @throws SundewError WIRE_MALFORMED */
export function decodeIcbmEvent(body: Uint8Array): IcbmEvent {
  const reader = new ByteReader(body);
  const header = takeHeader(reader);
  const name = screenNameText(takeString8(reader));
  return { ...header, name, rest: reader.take(reader.remaining) };
}

export const encodeIcbmEvent = (header: IcbmHeader, name: string, rest: Uint8Array): Uint8Array =>
  concatBytes([encodeHeader(header), string8(name), rest]);

export interface MissedCall {
  readonly channel: number;
  readonly sender: UserInfo;
  readonly count: number;
  /** 0 invalid, 1 too large, 2 rate, 3 sender too warned, 4 receiver too warned. */
  readonly reason: number;
}

const MAX_MISSED = 256;

/** (04,0A), several in one. @throws SundewError WIRE_MALFORMED, WIRE_TOO_LARGE */
export function decodeMissedCalls(body: Uint8Array): readonly MissedCall[] {
  const reader = new ByteReader(body);
  const calls: MissedCall[] = [];
  while (reader.remaining > 0 && calls.length < MAX_MISSED) {
    const channel = reader.u16();
    calls.push({ channel, sender: takeUserInfo(reader), count: reader.u16(), reason: reader.u16() });
  }
  return calls;
}

/** Messages, missed calls, typing, and stored messages on request. */
const PARAMETER_FLAGS = 0x0000_010b;

/** (04,02): every channel, 8000 bytes, no limit of warnings or interval. */
export const encodeIcbmParameters = (): Uint8Array =>
  concatBytes([u16(0), u32(PARAMETER_FLAGS), u16(8000), u16(999), u16(999), u32(0)]);

/** @throws SundewError WIRE_MALFORMED */
function takeHeader(reader: ByteReader): IcbmHeader {
  return { cookie: reader.take(COOKIE_BYTES), channel: reader.u16() };
}

const encodeHeader = ({ cookie, channel }: IcbmHeader): Uint8Array => concatBytes([cookie, u16(channel)]);

/** TLV 05 of a message: old ICQ and rendezvous. */
export const encodeData = (value: Uint8Array): Tlv => ({ type: TLV_DATA, value });
