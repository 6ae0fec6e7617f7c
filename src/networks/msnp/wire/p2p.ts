// P2P version 1 (MSNP9 and up): a 48-byte little-endian header, a chunk, a 4-byte big-endian footer.
import { ByteReader, concatBytes } from '../../../core/bytes.ts';
import { SundewError } from '../../../core/error.ts';

const P2P_HEADER_BYTES = 48;
/** Bytes in one chunk; switchboards take up to 1202. */
const CHUNK_BYTES = 1100;
export const P2P_ACK = 0x2;
/** Data of a file. */
export const P2P_FILE_DATA = 0x0100_0030;
/** Bits of data, of whatever client: an object's 0x20, a file's 0x10 besides. */
export const P2P_DATA_BITS = 0x30;

export interface P2pChunk {
  /** 0 for SLP signalling. */
  readonly session: number;
  /** The same for all chunks of one message. */
  readonly identifier: number;
  readonly offset: bigint;
  readonly total: bigint;
  readonly flags: number;
  readonly ackId: number;
  readonly ackUniqueId: number;
  readonly ackTotal: bigint;
  readonly chunk: Uint8Array;
  /** Application: 0 signalling, 1 display picture, 2 file. */
  readonly footer: number;
}

/** Reads the body of `application/x-msnmsgrp2p`. @throws SundewError WIRE_MALFORMED */
export function decodeP2p(body: Uint8Array): P2pChunk {
  const reader = new ByteReader(body);
  const [session, identifier] = [reader.u32(true), reader.u32(true)];
  const [offset, total] = [reader.u64(true), reader.u64(true)];
  const [length, flags, ackId, ackUniqueId] = [reader.u32(true), reader.u32(true), reader.u32(true), reader.u32(true)];
  const ackTotal = reader.u64(true);
  if (reader.remaining !== length + 4) {
    throw new SundewError('WIRE_MALFORMED', `P2P: a chunk of ${length} bytes where ${reader.remaining - 4} stand`);
  }
  if (offset + BigInt(length) > total) throw new SundewError('WIRE_MALFORMED', 'P2P: a chunk beyond its message');
  const chunk = reader.take(length);
  return { session, identifier, offset, total, flags, ackId, ackUniqueId, ackTotal, chunk, footer: reader.u32() };
}

export function encodeP2p(message: P2pChunk): Uint8Array {
  const header = new Uint8Array(P2P_HEADER_BYTES);
  const view = new DataView(header.buffer);
  view.setUint32(0, message.session, true);
  view.setUint32(4, message.identifier, true);
  view.setBigUint64(8, message.offset, true);
  view.setBigUint64(16, message.total, true);
  view.setUint32(24, message.chunk.length, true);
  view.setUint32(28, message.flags, true);
  view.setUint32(32, message.ackId, true);
  view.setUint32(36, message.ackUniqueId, true);
  view.setBigUint64(40, message.ackTotal, true);
  const footer = new Uint8Array(4);
  new DataView(footer.buffer).setUint32(0, message.footer);
  return concatBytes([header, message.chunk, footer]);
}

/** What the receiver of a whole message sends back; `last` is its last chunk, or its only one. */
export function acknowledgeP2p(last: P2pChunk, identifier: number): P2pChunk {
  return {
    session: last.session,
    identifier,
    offset: 0n,
    total: last.total,
    flags: P2P_ACK,
    ackId: last.identifier,
    ackUniqueId: last.ackId,
    ackTotal: last.total,
    chunk: new Uint8Array(),
    footer: 0,
  };
}

/** One message in chunks of at most `size` bytes: signalling, or the data of a session. */
export function splitP2p(
  message: Uint8Array,
  ids: { identifier: number; ackId: number },
  size = CHUNK_BYTES,
  data = { session: 0, flags: 0, footer: 0 },
): P2pChunk[] {
  const chunks: P2pChunk[] = [];
  for (let offset = 0; offset < message.length; offset += size) {
    chunks.push({
      ...data,
      identifier: ids.identifier,
      offset: BigInt(offset),
      total: BigInt(message.length),
      ackId: ids.ackId,
      ackUniqueId: 0,
      ackTotal: 0n,
      chunk: message.subarray(offset, offset + size),
    });
  }
  return chunks;
}
