// The primitive fields of the community protocol: all integers big-endian, strings of 16-bit, opaques of 32-bit length.
import { type ByteReader, concatBytes } from '../../../core/bytes.ts';
import { SundewError } from '../../../core/error.ts';

const MAX_STRING_BYTES = 0xffff;
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const WINDOWS_1252 = new TextDecoder('windows-1252');

/** Text of unknown origin: UTF-8, else the code page that older clients sent. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return UTF8.decode(bytes);
  } catch {
    return WINDOWS_1252.decode(bytes); // not UTF-8; the exact bytes stay in the evidence
  }
}

/** `str`: u16 count and bytes. */
export function readString(reader: ByteReader): string {
  return decodeText(reader.take(reader.u16()));
}

/** `opaque`: u32 count and bytes. */
export function readOpaque(reader: ByteReader): Uint8Array {
  return reader.take(reader.u32());
}

/** `bool`: any value but 0 is true. */
export function readBool(reader: ByteReader): boolean {
  return reader.u8() !== 0;
}

/** Checks a count against its named maximum before anything is made of it. @throws SundewError WIRE_TOO_LARGE */
export function boundedCount(count: number, max: number, what: string): number {
  if (count > max) throw new SundewError('WIRE_TOO_LARGE', `${count} ${what}, at most ${max} are read`);
  return count;
}

/** Builds a body field by field. */
export class FieldWriter {
  readonly #parts: Uint8Array[] = [];

  u8(value: number): this {
    return this.bytes(Uint8Array.of(value));
  }

  u16(value: number): this {
    const bytes = new Uint8Array(2);
    new DataView(bytes.buffer).setUint16(0, value);
    return this.bytes(bytes);
  }

  u32(value: number): this {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setUint32(0, value);
    return this.bytes(bytes);
  }

  bool(value: boolean): this {
    return this.u8(value ? 1 : 0);
  }

  bytes(value: Uint8Array): this {
    this.#parts.push(value);
    return this;
  }

  /** @throws SundewError WIRE_TOO_LARGE over 65,535 bytes */
  string(text: string): this {
    const bytes = Buffer.from(text, 'utf8');
    if (bytes.length > MAX_STRING_BYTES) {
      throw new SundewError('WIRE_TOO_LARGE', `a string of ${bytes.length} bytes, at most ${MAX_STRING_BYTES} fit`);
    }
    return this.u16(bytes.length).bytes(bytes);
  }

  opaque(value: Uint8Array): this {
    return this.u32(value.length).bytes(value);
  }

  done(): Uint8Array {
    return concatBytes(this.#parts);
  }
}
