// ARS, the rendezvous proxy: two clients that cannot reach each other connect to it and meet there by a PIN.
import { ByteReader, concatBytes } from '../../../core/bytes.ts';
import { SundewError } from '../../../core/error.ts';
import { string8, takeString8, u16, u32 } from './fields.ts';
import { encodeTlv } from './tlv.ts';

const VERSION = 0x044a;
const LENGTH_BYTES = 2;
/** Version, type, four unknown bytes, flags. */
const HEADER_BYTES = 10;
/** The longest has a name, a PIN, a cookie and a capability. */
const MAX_FRAME_BYTES = 1024;
const COOKIE_BYTES = 8;
const TLV_CAPABILITY = 0x01;

export const ARS_ERROR = 1;
export const ARS_CREATE = 2;
export const ARS_CREATED = 3;
export const ARS_JOIN = 4;
export const ARS_READY = 5;

export interface ArsFrame {
  readonly type: number;
  readonly payload: Uint8Array;
}

/** Takes one frame off the buffer. @returns undefined until complete @throws SundewError WIRE_MALFORMED, WIRE_TOO_LARGE */
export function takeArsFrame(buffer: Uint8Array): { readonly frame: ArsFrame; readonly rest: Uint8Array } | undefined {
  if (buffer.length < LENGTH_BYTES) return undefined;
  const length = new ByteReader(buffer).u16();
  if (length < HEADER_BYTES) throw new SundewError('WIRE_MALFORMED', `proxy frame of ${length} bytes`);
  if (length > MAX_FRAME_BYTES) throw new SundewError('WIRE_TOO_LARGE', `proxy frame of ${length} bytes`);
  const end = LENGTH_BYTES + length;
  if (buffer.length < end) return undefined;
  const reader = new ByteReader(buffer.subarray(LENGTH_BYTES, end));
  if (reader.u16() !== VERSION) throw new SundewError('WIRE_MALFORMED', 'proxy frame of another version');
  const type = reader.u16();
  reader.take(6); // unknown, flags
  return { frame: { type, payload: reader.take(reader.remaining) }, rest: buffer.subarray(end) };
}

/** @throws SundewError WIRE_TOO_LARGE */
export function encodeArsFrame({ type, payload }: ArsFrame): Uint8Array {
  const length = HEADER_BYTES + payload.length;
  if (length > MAX_FRAME_BYTES) throw new SundewError('WIRE_TOO_LARGE', `proxy frame of ${length} bytes`);
  return concatBytes([u16(length), u16(VERSION), u16(type), u32(0), u16(0), payload]);
}

export interface ArsJoin {
  /** The own name. */
  readonly name: Uint8Array;
  readonly pin: number;
  readonly cookie: Uint8Array;
  readonly capability: Uint8Array;
}

/** Body of a join: goes to the place that another made. */
export const encodeArsJoin = ({ name, pin, cookie, capability }: ArsJoin): Uint8Array =>
  concatBytes([string8(name), u16(pin), cookie, encodeTlv(TLV_CAPABILITY, capability)]);

/** @throws SundewError WIRE_MALFORMED */
export function decodeArsJoin(payload: Uint8Array): ArsJoin {
  const reader = new ByteReader(payload);
  const name = takeString8(reader);
  return { name, pin: reader.u16(), cookie: reader.take(COOKIE_BYTES), capability: takeCapability(reader) };
}

/** Body of a create: makes a place. */
export const encodeArsCreate = ({ name, cookie, capability }: Omit<ArsJoin, 'pin'>): Uint8Array =>
  concatBytes([string8(name), cookie, encodeTlv(TLV_CAPABILITY, capability)]);

/** @throws SundewError WIRE_MALFORMED */
export function decodeArsCreate(payload: Uint8Array): Omit<ArsJoin, 'pin'> {
  const reader = new ByteReader(payload);
  return { name: takeString8(reader), cookie: reader.take(COOKIE_BYTES), capability: takeCapability(reader) };
}

function takeCapability(reader: ByteReader): Uint8Array {
  reader.u16(); // TLV 01
  return reader.take(reader.u16());
}

/** Body of a created: what the other is told. */
export const encodeArsCreated = (pin: number, ip: Uint8Array): Uint8Array => concatBytes([u16(pin), ip]);

/** @throws SundewError WIRE_MALFORMED */
export function decodeArsCreated(payload: Uint8Array): { readonly pin: number; readonly ip: Uint8Array } {
  const reader = new ByteReader(payload);
  return { pin: reader.u16(), ip: reader.take(4) };
}
