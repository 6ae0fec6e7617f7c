// HANDSHAKE and HANDSHAKE_ACK: versions, and the server's half of the Diffie-Hellman exchange.
import type { ByteReader } from '../../../core/bytes.ts';
import { FieldWriter, readOpaque, readString } from './fields.ts';

export const MAJOR = 0x001e;
/** libmeanwhile's; from here on a host name follows. */
export const MINOR_WITH_HOST = 0x001d;
/** Up to here a server sends no key. */
const MINOR_WITHOUT_KEY = 0x0018;

export interface Handshake {
  readonly kind: 'handshake';
  readonly major: number;
  readonly minor: number;
  readonly loginType: number;
  readonly localIp: number;
  /** Only in the extended layout. */
  readonly host?: string;
}

export interface HandshakeAck {
  readonly kind: 'handshake-ack';
  readonly major: number;
  readonly minor: number;
  /** The client's address as the server sees it. */
  readonly clientIp: number;
  /** Only in the extended layout: to be echoed in the encrypted login, and the public key, perhaps empty. */
  readonly offer?: { readonly magic: number; readonly key: Uint8Array };
}

export function decodeHandshake(reader: ByteReader): Handshake {
  const major = reader.u16();
  const minor = reader.u16();
  reader.u32();
  reader.u32();
  const plain = { kind: 'handshake', major, minor, loginType: reader.u16(), localIp: reader.u32() } as const;
  if (major < MAJOR || minor < MINOR_WITH_HOST || reader.remaining === 0) return plain;
  reader.u16();
  reader.u32();
  return { ...plain, host: readString(reader) };
}

export function encodeHandshake(message: Handshake): Uint8Array {
  const writer = new FieldWriter().u16(message.major).u16(message.minor).u32(0).u32(0);
  writer.u16(message.loginType).u32(message.localIp);
  if (message.host !== undefined) writer.u16(0x0100).u32(0).string(message.host);
  return writer.done();
}

export function decodeHandshakeAck(reader: ByteReader): HandshakeAck {
  const plain = { kind: 'handshake-ack', major: reader.u16(), minor: reader.u16(), clientIp: reader.u32() } as const;
  if (plain.major < MAJOR || plain.minor <= MINOR_WITHOUT_KEY || reader.remaining === 0) return plain;
  return {
    ...plain,
    offer: { magic: reader.u32(), key: reader.remaining === 0 ? new Uint8Array() : readOpaque(reader) },
  };
}

export function encodeHandshakeAck(message: HandshakeAck): Uint8Array {
  const writer = new FieldWriter().u16(message.major).u16(message.minor).u32(message.clientIp);
  if (message.offer !== undefined) writer.u32(message.offer.magic).opaque(message.offer.key);
  return writer.done();
}
