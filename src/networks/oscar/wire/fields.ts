// The small fields that all of OSCAR is made of: integers, strings with a length before them, ASCII.
import { type ByteReader, concatBytes } from '../../../core/bytes.ts';
import { SundewError } from '../../../core/error.ts';

export function u8(value: number): Uint8Array {
  return Uint8Array.of(value & 0xff);
}

export function u16(value: number, littleEndian = false): Uint8Array {
  const bytes = new Uint8Array(2);
  new DataView(bytes.buffer).setUint16(0, value & 0xffff, littleEndian);
  return bytes;
}

export function u32(value: number, littleEndian = false): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value >>> 0, littleEndian);
  return bytes;
}

/** UTF-8, which is ASCII for all that clients of the time say. */
export const textBytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** @throws SundewError WIRE_TOO_LARGE beyond 255 bytes */
export function string8(text: string | Uint8Array): Uint8Array {
  const bytes = typeof text === 'string' ? textBytes(text) : text;
  if (bytes.length > 0xff) throw new SundewError('WIRE_TOO_LARGE', `string of ${bytes.length} bytes where 255 fit`);
  return concatBytes([u8(bytes.length), bytes]);
}

/** @throws SundewError WIRE_TOO_LARGE beyond 65535 bytes */
export function string16(text: string | Uint8Array): Uint8Array {
  const bytes = typeof text === 'string' ? textBytes(text) : text;
  if (bytes.length > 0xffff) throw new SundewError('WIRE_TOO_LARGE', `string of ${bytes.length} bytes where 65535 fit`);
  return concatBytes([u16(bytes.length), bytes]);
}

/** @throws SundewError WIRE_MALFORMED */
export const takeString8 = (reader: ByteReader): Uint8Array => reader.take(reader.u8());

/** @throws SundewError WIRE_MALFORMED */
export const takeString16 = (reader: ByteReader): Uint8Array => reader.take(reader.u16());

/** Lower-case hexadecimal digits. */
export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

/** Dotted IPv4 of four bytes. @returns undefined for any other length */
export function ipv4Of(bytes: Uint8Array | undefined): string | undefined {
  return bytes?.length === 4 ? bytes.join('.') : undefined;
}

/** @returns undefined when the value is no number of two bytes */
export function u16Of(bytes: Uint8Array | undefined): number | undefined {
  return bytes?.length === 2 ? new DataView(bytes.buffer, bytes.byteOffset).getUint16(0) : undefined;
}

/** @returns undefined when the value is no number of four bytes */
export function u32Of(bytes: Uint8Array | undefined): number | undefined {
  return bytes?.length === 4 ? new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) : undefined;
}
