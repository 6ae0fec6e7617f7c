// OFT2, the headers of a file transfer on a connection between two clients. File content follows a header as raw bytes.
import { ByteReader, concatBytes } from '../../../core/bytes.ts';
import { SundewError } from '../../../core/error.ts';
import { textBytes, u8, u16, u32 } from './fields.ts';

const MAGIC = textBytes('OFT2');
const MAGIC_AND_LENGTH_BYTES = 6;
/** Everything before the file's name. */
const FIXED_BYTES = 192;
/** Names shorter than this are padded, so that the header has 256 bytes. */
const NAME_BYTES = 64;
/** An honest header has 256 bytes and a little more for a long name. */
export const MAX_OFT_HEADER_BYTES = 4096;
const COOKIE_BYTES = 8;
const CLIENT_BYTES = 32;
const UNUSED_BYTES = 69;
const MAC_BYTES = 16;

/** The sender: here comes a file. */
export const OFT_PROMPT = 0x0101;
/** The receiver: send it. */
export const OFT_ACKNOWLEDGE = 0x0202;
/** The receiver: I have it. */
export const OFT_DONE = 0x0204;

export interface OftHeader {
  readonly type: number;
  /** Zero in a prompt; the rendezvous cookie in what the receiver says. */
  readonly cookie: Uint8Array;
  readonly encryption: number;
  readonly compression: number;
  readonly files: number;
  readonly filesLeft: number;
  readonly parts: number;
  readonly partsLeft: number;
  /** Of all files. */
  readonly totalBytes: number;
  readonly fileBytes: number;
  /** Unix seconds. */
  readonly modified: number;
  readonly checksum: number;
  readonly forkReceivedChecksum: number;
  /** The resource fork of a Mac's file. */
  readonly forkBytes: number;
  readonly created: number;
  readonly forkChecksum: number;
  readonly receivedBytes: number;
  readonly receivedChecksum: number;
  /** `Cool FileXfer`: who wrote it. */
  readonly client: Uint8Array;
  readonly flags: number;
  readonly nameOffset: number;
  readonly sizeOffset: number;
  readonly unused: Uint8Array;
  readonly mac: Uint8Array;
  readonly charset: number;
  readonly subset: number;
  /** Up to its NUL; 0x01 parts folders. */
  readonly name: Uint8Array;
}

export interface TakenOft {
  readonly header: OftHeader;
  readonly bytes: Uint8Array;
  readonly rest: Uint8Array;
}

/** Takes one header off the buffer. @returns undefined until complete @throws SundewError WIRE_MALFORMED, WIRE_TOO_LARGE */
export function takeOftHeader(buffer: Uint8Array): TakenOft | undefined {
  for (const [at, byte] of MAGIC.entries()) {
    if (at < buffer.length && buffer[at] !== byte)
      throw new SundewError('WIRE_MALFORMED', 'a file transfer does not begin with OFT2');
  }
  if (buffer.length < MAGIC_AND_LENGTH_BYTES) return undefined;
  const length = new ByteReader(buffer.subarray(MAGIC.length)).u16();
  if (length < FIXED_BYTES) throw new SundewError('WIRE_MALFORMED', `OFT2 header of ${length} bytes`);
  if (length > MAX_OFT_HEADER_BYTES) throw new SundewError('WIRE_TOO_LARGE', `OFT2 header of ${length} bytes`);
  if (buffer.length < length) return undefined;
  return {
    header: decodeOftHeader(buffer.subarray(0, length)),
    bytes: buffer.subarray(0, length),
    rest: buffer.subarray(length),
  };
}

/** One whole header of at least 192 bytes. */
function decodeOftHeader(bytes: Uint8Array): OftHeader {
  const reader = new ByteReader(bytes.subarray(MAGIC_AND_LENGTH_BYTES));
  return {
    type: reader.u16(),
    cookie: reader.take(COOKIE_BYTES),
    encryption: reader.u16(),
    compression: reader.u16(),
    files: reader.u16(),
    filesLeft: reader.u16(),
    parts: reader.u16(),
    partsLeft: reader.u16(),
    totalBytes: reader.u32(),
    fileBytes: reader.u32(),
    modified: reader.u32(),
    checksum: reader.u32(),
    forkReceivedChecksum: reader.u32(),
    forkBytes: reader.u32(),
    created: reader.u32(),
    forkChecksum: reader.u32(),
    receivedBytes: reader.u32(),
    receivedChecksum: reader.u32(),
    client: reader.take(CLIENT_BYTES),
    flags: reader.u8(),
    nameOffset: reader.u8(),
    sizeOffset: reader.u8(),
    unused: reader.take(UNUSED_BYTES),
    mac: reader.take(MAC_BYTES),
    charset: reader.u16(),
    subset: reader.u16(),
    name: upToNul(reader.take(reader.remaining)),
  };
}

/** UTF-16 names end with two NULs at an even place; no character of theirs has that. */
function upToNul(bytes: Uint8Array): Uint8Array {
  const wide = bytes.length > 1 && (bytes[0] === 0 || bytes[1] === 0);
  if (!wide) return bytes.subarray(0, bytes.indexOf(0) === -1 ? bytes.length : bytes.indexOf(0));
  for (let at = 0; at + 1 < bytes.length; at += 2)
    if (bytes[at] === 0 && bytes[at + 1] === 0) return bytes.subarray(0, at);
  return bytes;
}

/** @throws SundewError WIRE_TOO_LARGE for a name that does not fit */
export function encodeOftHeader(header: OftHeader): Uint8Array {
  const { name } = header;
  const padded = new Uint8Array(Math.max(NAME_BYTES, name.length + 2));
  padded.set(name);
  const length = FIXED_BYTES + padded.length;
  if (length > MAX_OFT_HEADER_BYTES) throw new SundewError('WIRE_TOO_LARGE', `OFT2 header of ${length} bytes`);
  return concatBytes([
    MAGIC,
    ...[length, header.type].map((value) => u16(value)),
    header.cookie,
    ...[header.encryption, header.compression, header.files, header.filesLeft].map((value) => u16(value)),
    ...[header.parts, header.partsLeft].map((value) => u16(value)),
    ...[header.totalBytes, header.fileBytes, header.modified, header.checksum].map((value) => u32(value)),
    ...[header.forkReceivedChecksum, header.forkBytes, header.created, header.forkChecksum].map((value) => u32(value)),
    ...[header.receivedBytes, header.receivedChecksum].map((value) => u32(value)),
    header.client,
    ...[header.flags, header.nameOffset, header.sizeOffset].map((value) => u8(value)),
    header.unused,
    header.mac,
    u16(header.charset),
    u16(header.subset),
    padded,
  ]);
}

/** Fixed-size text with NULs behind it. */
function padded(text: string, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  bytes.set(textBytes(text));
  return bytes;
}

/** What a sender says of one file, in the words of AIM 4 and 5. */
export function oftPrompt(name: string, content: Uint8Array, over: Partial<OftHeader> = {}): OftHeader {
  return {
    type: OFT_PROMPT,
    cookie: new Uint8Array(COOKIE_BYTES),
    encryption: 0,
    compression: 0,
    files: 1,
    filesLeft: 1,
    parts: 1,
    partsLeft: 1,
    totalBytes: content.length,
    fileBytes: content.length,
    modified: 0,
    checksum: oftChecksum(OFT_CHECKSUM_START, content, 0),
    forkReceivedChecksum: OFT_CHECKSUM_START,
    forkBytes: 0,
    created: 0,
    forkChecksum: OFT_CHECKSUM_START,
    receivedBytes: 0,
    receivedChecksum: OFT_CHECKSUM_START,
    client: padded('Cool FileXfer', CLIENT_BYTES),
    flags: 0x20,
    nameOffset: 0x1c,
    sizeOffset: 0x11,
    unused: new Uint8Array(UNUSED_BYTES),
    mac: new Uint8Array(MAC_BYTES),
    charset: 0,
    subset: 0,
    name: textBytes(name),
    ...over,
  };
}

/** Of no bytes at all. */
export const OFT_CHECKSUM_START = 0xffff_0000;

/**
 * Goes on with a checksum over the bytes that begin at `offset` of the file: 16-bit big-endian words are taken off in one's
 * complement, and a last odd byte is a high byte.
 */
export function oftChecksum(before: number, bytes: Uint8Array, offset: number): number {
  let sum = before >>> 16;
  for (const [at, byte] of bytes.entries()) {
    sum -= (offset + at) % 2 === 0 ? byte << 8 : byte;
    if (sum < 0) sum += 0xffff;
  }
  return (sum << 16) >>> 0;
}

/** In one's complement 0x0000 and 0xFFFF are the same number. */
export const sameChecksum = (a: number, b: number): boolean => (a >>> 16) % 0xffff === (b >>> 16) % 0xffff;
