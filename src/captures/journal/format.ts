// The bytes of the evidence journal (docs/captures.md): segment header, record header, commitment and chain hash.
// The chain covers headers and salted commitments, never content, so that erasing content leaves it whole.
import { hash } from 'node:crypto';
import { SundewError } from '../../core/error.ts';
import { JOURNAL_TYPES, type JournalType } from '../../core/journal.ts';

export const HASH_BYTES = 32;
export const TAG_BYTES = 16;
/** Key and salt of one record, in the slot file. */
export const SLOT_BYTES = 64;
export const RECORD_HEADER_BYTES = 101;
/** One entry's content at most. */
export const MAX_CONTENT_BYTES = 8 * 1024 * 1024;
const MAX_SENSOR_BYTES = 255;
const SIGNED_BYTES = RECORD_HEADER_BYTES - HASH_BYTES;
const MAGIC = Buffer.from('SUNDEWJ1', 'latin1');
const COMMITMENT_DOMAIN = Buffer.from('sundew/journal/commitment/v1\0', 'latin1');
const RECORD_DOMAIN = Buffer.from('sundew/journal/record/v1\0', 'latin1');
const SEGMENT_DOMAIN = Buffer.from('sundew/journal/segment/v1\0', 'latin1');

/** What a record says of itself; `hash` chains it to all before it. */
export interface RecordHeader {
  readonly seq: number;
  readonly atMs: number;
  readonly type: JournalType;
  readonly contentBytes: number;
  readonly commitment: Uint8Array;
  readonly tag: Uint8Array;
  readonly hash: Uint8Array;
}

export interface SegmentHeader {
  readonly first: number;
  readonly sensor: string;
  /** Hash of the last record before this segment; zeros in the first. */
  readonly previous: Uint8Array;
  /** Start of this segment's chain: covers all of the header. */
  readonly hash: Uint8Array;
  readonly bytes: number;
}

function sha256(...parts: readonly Uint8Array[]): Buffer {
  return hash('sha256', Buffer.concat(parts), 'buffer');
}

/** Salted commitment to a content: tells nothing of it once the salt is gone. */
export function commitmentOf(salt: Uint8Array, content: Uint8Array): Uint8Array {
  return sha256(COMMITMENT_DOMAIN, salt, content);
}

/** Writes a record header into `target` and returns its chain hash. */
export function encodeRecordHeader(
  target: Buffer,
  record: Omit<RecordHeader, 'hash'>,
  previous: Uint8Array,
): Uint8Array {
  target.writeUInt32BE(record.contentBytes, 0);
  target.writeBigUInt64BE(BigInt(record.seq), 4);
  target.writeBigUInt64BE(BigInt(record.atMs), 12);
  target.writeUInt8(JOURNAL_TYPES.indexOf(record.type), 20);
  target.set(record.commitment, 21);
  target.set(record.tag, 53);
  const chained = chainHash(previous, target);
  target.set(chained, SIGNED_BYTES);
  return chained;
}

/** The hash that a record with these header bytes must carry after `previous`. */
export function chainHash(previous: Uint8Array, header: Uint8Array): Uint8Array {
  return sha256(RECORD_DOMAIN, previous, header.subarray(0, SIGNED_BYTES));
}

/** Reads a record header; `undefined` when the bytes cannot be one. Whether it is genuine, only `chainHash` tells. */
export function decodeRecordHeader(bytes: Buffer): RecordHeader | undefined {
  if (bytes.length < RECORD_HEADER_BYTES) return undefined;
  const contentBytes = bytes.readUInt32BE(0);
  const seq = bytes.readBigUInt64BE(4);
  const atMs = bytes.readBigUInt64BE(12);
  const type = JOURNAL_TYPES[bytes.readUInt8(20)];
  const sane =
    contentBytes <= MAX_CONTENT_BYTES && seq <= BigInt(Number.MAX_SAFE_INTEGER) && atMs <= 8_640_000_000_000_000n;
  if (type === undefined || !sane) return undefined;
  return {
    seq: Number(seq),
    atMs: Number(atMs),
    type,
    contentBytes,
    commitment: bytes.subarray(21, 53),
    tag: bytes.subarray(53, SIGNED_BYTES),
    hash: bytes.subarray(SIGNED_BYTES, RECORD_HEADER_BYTES),
  };
}

/** Bytes of a segment's header. @throws SundewError CONFIG_INVALID when the sensor's name is too long */
export function encodeSegmentHeader(first: number, sensor: string, previous: Uint8Array): Buffer {
  const name = Buffer.from(sensor, 'utf8');
  if (name.length > MAX_SENSOR_BYTES) {
    throw new SundewError('CONFIG_INVALID', `sensor.name is longer than ${MAX_SENSOR_BYTES} bytes; give a shorter one`);
  }
  const numbers = Buffer.alloc(9);
  numbers.writeBigUInt64BE(BigInt(first), 0);
  numbers.writeUInt8(name.length, 8);
  const body = Buffer.concat([MAGIC, numbers, previous, name]);
  return Buffer.concat([body, sha256(SEGMENT_DOMAIN, body)]);
}

/** Longest header that a segment can have: read this much to decode one. */
export const MAX_SEGMENT_HEADER_BYTES = 8 + 9 + HASH_BYTES + MAX_SENSOR_BYTES + HASH_BYTES;

/** Reads a segment header; `undefined` when it is cut off or changed. */
export function decodeSegmentHeader(bytes: Buffer): SegmentHeader | undefined {
  const fixed = MAGIC.length + 9 + HASH_BYTES;
  if (bytes.length < fixed || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
  const first = bytes.readBigUInt64BE(MAGIC.length);
  const end = fixed + bytes.readUInt8(MAGIC.length + 8);
  const stored = bytes.subarray(end, end + HASH_BYTES);
  if (first > BigInt(Number.MAX_SAFE_INTEGER) || stored.length < HASH_BYTES) return undefined;
  if (!sha256(SEGMENT_DOMAIN, bytes.subarray(0, end)).equals(stored)) return undefined;
  return {
    first: Number(first),
    sensor: bytes.toString('utf8', fixed, end),
    previous: Buffer.from(bytes.subarray(MAGIC.length + 9, fixed)),
    hash: Buffer.from(stored),
    bytes: end + HASH_BYTES,
  };
}
