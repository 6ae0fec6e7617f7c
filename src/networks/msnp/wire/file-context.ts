// The Context of a P2P file offer: base64 of a little-endian record with size and UTF-16 name.
import { ByteReader } from '../../../core/bytes.ts';
import { SundewError } from '../../../core/error.ts';

/** Characters of base64. With a preview they are long; signalling messages are capped before. */
const MAX_CONTEXT = 128 * 1024;
const FIXED_BYTES = 20;
const NAME_BYTES = 550;
export const CONTEXT_BYTES = 574;

export interface FileContext {
  readonly version: number;
  readonly size: bigint;
  /** 0: a preview picture follows, 1: none. */
  readonly type: number;
  readonly name: string;
  /** The name field has no end: what overran old readers. */
  readonly unterminated: boolean;
  readonly preview: Uint8Array;
}

/** Reads a Context. @throws SundewError WIRE_MALFORMED */
export function decodeFileContext(base64: string): FileContext {
  if (base64.length > MAX_CONTEXT) throw new SundewError('WIRE_TOO_LARGE', 'P2P: a file context over 128 KiB');
  const bytes = new Uint8Array(Buffer.from(base64, 'base64'));
  const reader = new ByteReader(bytes);
  const [length, version, size, type] = [reader.u32(true), reader.u32(true), reader.u64(true), reader.u32(true)];
  if (length > bytes.length) throw new SundewError('WIRE_MALFORMED', 'P2P: a file context longer than its bytes');
  const field = reader.take(Math.min(reader.remaining, NAME_BYTES));
  const end = endOfName(field);
  const name = Buffer.from(field.subarray(0, end ?? field.length & ~1)).toString('utf16le');
  return {
    version,
    size,
    type,
    name,
    unterminated: end === undefined,
    preview: bytes.subarray(Math.max(length, FIXED_BYTES)),
  };
}

export function encodeFileContext(file: { name: string; size: number }): string {
  const bytes = Buffer.alloc(CONTEXT_BYTES);
  bytes.writeUInt32LE(CONTEXT_BYTES, 0);
  bytes.writeUInt32LE(2, 4);
  bytes.writeBigUInt64LE(BigInt(file.size), 8);
  bytes.writeUInt32LE(1, 16);
  Buffer.from(file.name, 'utf16le').copy(bytes, FIXED_BYTES, 0, NAME_BYTES);
  bytes.fill(0xff, FIXED_BYTES + NAME_BYTES);
  return bytes.toString('base64');
}

function endOfName(field: Uint8Array): number | undefined {
  for (let at = 0; at + 1 < field.length; at += 2) if (field[at] === 0 && field[at + 1] === 0) return at;
  return undefined;
}
