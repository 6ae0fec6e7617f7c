// Messages of ICQ inside OSCAR, little-endian: channel 4, the server relay of channel 2, and stored ones (family 15).
import { ByteReader, concatBytes } from '../../../core/bytes.ts';
import { SundewError } from '../../../core/error.ts';
import { u8, u16, u32 } from './fields.ts';

export const ICQ_PLAIN = 0x01;
export const ICQ_CHAT = 0x02;
export const ICQ_FILE = 0x03;
export const ICQ_URL = 0x04;
export const ICQ_AUTH_REQUEST = 0x06;
export const ICQ_AUTH_DENIED = 0x07;
export const ICQ_AUTH_GRANTED = 0x08;
export const ICQ_SERVER = 0x09;
export const ICQ_ADDED = 0x0c;
export const ICQ_PAGER = 0x0d;
export const ICQ_MAIL_EXPRESS = 0x0e;
export const ICQ_CONTACTS = 0x13;
export const ICQ_PLUGIN = 0x1a;
/** 0xE8 to 0xEC ask for the text of a status. */
export const isStatusRequest = (type: number): boolean => type >= 0xe8 && type <= 0xec;

/** Fields of a message are parted by this byte. */
const FIELD_BREAK = 0xfe;
const MAX_FIELDS = 64;

export interface IcqMessage {
  readonly type: number;
  readonly flags: number;
  /** Without the NUL at its end. */
  readonly text: Uint8Array;
  /** The length said more than there was. */
  readonly truncated: boolean;
}

export interface OldIcqMessage extends IcqMessage {
  /** As the sender wrote it; the ICBM header is what counts. */
  readonly uin: number;
}

/** TLV 05 of ICBM channel 4. @throws SundewError WIRE_MALFORMED under eight bytes */
export function decodeOldIcqMessage(bytes: Uint8Array): OldIcqMessage {
  const reader = new ByteReader(bytes);
  const uin = reader.u32(true);
  const type = reader.u8();
  const flags = reader.u8();
  return { uin, type, flags, ...takeText(reader, type) };
}

export const encodeOldIcqMessage = (uin: number, type: number, text: Uint8Array): Uint8Array =>
  concatBytes([u32(uin, true), u8(type), u8(0), u16(text.length + 1, true), text, u8(0)]);

/** The length field of plug-in messages is not to be trusted: they go to the end. */
function takeText(reader: ByteReader, type: number): { text: Uint8Array; truncated: boolean } {
  const length = reader.u16(true);
  const truncated = length > reader.remaining;
  const text = reader.take(truncated || type === ICQ_PLUGIN ? reader.remaining : length);
  return { text: text.at(-1) === 0 ? text.subarray(0, -1) : text, truncated: truncated && type !== ICQ_PLUGIN };
}

/** The fields of a message with several. */
export function splitFields(text: Uint8Array): readonly Uint8Array[] {
  const fields: Uint8Array[] = [];
  let at = 0;
  for (
    let end = text.indexOf(FIELD_BREAK);
    end !== -1 && fields.length < MAX_FIELDS;
    end = text.indexOf(FIELD_BREAK, at)
  ) {
    fields.push(text.subarray(at, end));
    at = end + 1;
  }
  return [...fields, text.subarray(at)].slice(0, MAX_FIELDS);
}

const RELAY_HEADER_BYTES = 27;
const RELAY_BODY_BYTES = 14;

/** Capability icq-relay, TLV 2711. @throws SundewError WIRE_MALFORMED when its two headers are not as long as they must be */
export function decodeRelayMessage(bytes: Uint8Array): IcqMessage & { readonly plugin: boolean } {
  const reader = new ByteReader(bytes);
  if (reader.u16(true) !== RELAY_HEADER_BYTES)
    throw new SundewError('WIRE_MALFORMED', 'ICQ relay header is not 27 bytes');
  const header = new ByteReader(reader.take(RELAY_HEADER_BYTES));
  header.u16(true); // protocol version
  const plugin = header.take(16).some((byte) => byte !== 0);
  if (reader.u16(true) !== RELAY_BODY_BYTES) throw new SundewError('WIRE_MALFORMED', 'ICQ relay body is not 14 bytes');
  reader.take(RELAY_BODY_BYTES);
  const type = reader.u8();
  const flags = reader.u8();
  reader.take(4); // status, priority
  return { type, flags, ...takeText(reader, type), plugin };
}

const ICQ_OFFLINE_REQUEST = 0x003c;
const ICQ_OFFLINE_DELETE = 0x003e;
const ICQ_OFFLINE_MESSAGE = 0x0041;
const ICQ_OFFLINE_END = 0x0042;
const TLV_META = 0x01;

export type IcqMeta =
  | {
      readonly type: 'offline-message';
      readonly sender: number;
      /** RFC 3339; absent when the fields make no time. */
      readonly sentAt?: string;
      readonly message: IcqMessage;
    }
  | { readonly type: 'offline-end' }
  | { readonly type: 'other'; readonly number: number };

/** TLV 01 of (15,03). @throws SundewError WIRE_MALFORMED */
export function decodeIcqMeta(bytes: Uint8Array): IcqMeta {
  const reader = new ByteReader(bytes);
  reader.u16(true); // length of the rest: the TLV has said it
  reader.u32(true); // own number
  const number = reader.u16(true);
  reader.u16(true); // sequence
  if (number === ICQ_OFFLINE_END) return { type: 'offline-end' };
  if (number !== ICQ_OFFLINE_MESSAGE) return { type: 'other', number };
  const sender = reader.u32(true);
  const sentAt = timeOf([reader.u16(true), reader.u8(), reader.u8(), reader.u8(), reader.u8()]);
  const type = reader.u8();
  const flags = reader.u8();
  const message = { type, flags, ...takeText(reader, type) };
  return { type: 'offline-message', sender, ...(sentAt === undefined ? {} : { sentAt }), message };
}

function timeOf([year = 0, month = 0, day = 0, hour = 0, minute = 0]: readonly number[]): string | undefined {
  const plausible = year >= 1996 && year < 2200 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
  return plausible ? new Date(Date.UTC(year, month - 1, day, hour, minute)).toISOString() : undefined;
}

/** Body of (15,02) that asks for stored messages, or has them deleted. */
export function encodeOfflineCommand(command: 'request' | 'delete', uin: number, sequence: number): Uint8Array {
  const number = command === 'request' ? ICQ_OFFLINE_REQUEST : ICQ_OFFLINE_DELETE;
  const inner = concatBytes([u16(8, true), u32(uin, true), u16(number, true), u16(sequence, true)]);
  return concatBytes([u16(TLV_META), u16(inner.length), inner]);
}

/** The number within (15,02). @returns undefined for anything but one TLV of that form */
export function readIcqCommand(value: Uint8Array | undefined): 'request' | 'delete' | undefined {
  if (value === undefined || value.length !== 10) return undefined;
  const number = new DataView(value.buffer, value.byteOffset).getUint16(6, true);
  if (number === ICQ_OFFLINE_REQUEST) return 'request';
  return number === ICQ_OFFLINE_DELETE ? 'delete' : undefined;
}

/** Body of (15,03) that ends a list of stored messages. */
export const encodeOfflineEnd = (uin: number): Uint8Array => {
  const inner = concatBytes([u16(9, true), u32(uin, true), u16(ICQ_OFFLINE_END, true), u16(0), u8(0)]);
  return concatBytes([u16(TLV_META), u16(inner.length), inner]);
};
