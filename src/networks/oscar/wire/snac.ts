// SNAC: what a data frame (FLAP channel 2) carries. Numbers are family << 16 | subtype.
import { ByteReader, concatBytes } from '../../../core/bytes.ts';
import { takeString16, u16, u32 } from './fields.ts';

/** More replies to this request follow. */
export const SNAC_MORE = 0x0001;
/** A block of family versions stands before the body. */
const SNAC_VERSION_BLOCK = 0x8000;

export interface Snac {
  /** `family << 16 | subtype`. */
  readonly type: number;
  readonly flags: number;
  readonly requestId: number;
  /** Without the version block. */
  readonly body: Uint8Array;
}

export const familyOf = (type: number): number => type >>> 16;
/** The error reply of a SNAC's family. */
export const isErrorSnac = (type: number): boolean => (type & 0xffff) === 1;

/** @throws SundewError WIRE_MALFORMED under ten bytes, or when the version block overruns */
export function decodeSnac(payload: Uint8Array): Snac {
  const reader = new ByteReader(payload);
  const type = reader.u32();
  const flags = reader.u16();
  const requestId = reader.u32();
  if ((flags & SNAC_VERSION_BLOCK) !== 0) takeString16(reader);
  return { type, flags, requestId, body: reader.take(reader.remaining) };
}

/** Writes the flags as they are; a version block is the caller's to put into the body. */
export function encodeSnac(type: number, requestId: number, body: Uint8Array, flags = 0): Uint8Array {
  return concatBytes([u32(type), u16(flags), u32(requestId), body]);
}
