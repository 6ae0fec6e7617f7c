// CHANNEL_CREATE and CHANNEL_ACCEPT: numbered conversations with a service, with an offer of encryption.
import { ByteReader } from '../../../core/bytes.ts';
import { FieldWriter, readBool, readOpaque } from './fields.ts';
import {
  type CipherItem,
  type IdBlock,
  type LoginInfo,
  readCipherItem,
  readCipherOffer,
  readIdBlock,
  readLoginInfo,
  writeCipherItem,
  writeIdBlock,
  writeLoginInfo,
} from './structures.ts';

export const MODE_NONE = 0;
/** Either cipher, the acceptor chooses. */
export const MODE_WHATEVER = 1;
export const MODE_RC2_40 = 0x1000;
export const MODE_RC2_128 = 0x2000;
export const CIPHER_RC2_40 = 0;
export const CIPHER_RC2_128 = 1;
/** What libmeanwhile puts at the end of both messages; its meaning is unknown and readers skip it. */
const TAIL = Uint8Array.of(0, 0, 0, 0, 0, 7);

/** A service with the protocol type and version that its clients state. */
export interface Service {
  readonly service: number;
  readonly protocol: number;
  readonly version: number;
}

export interface ChannelCreate extends Service {
  readonly kind: 'create';
  readonly id: number;
  readonly target: IdBlock;
  readonly data: Uint8Array;
  /** Filled in by the server when it forwards: the identity of the sender. */
  readonly creator?: LoginInfo;
  readonly mode: number;
  readonly ciphers: readonly CipherItem[];
}

export interface ChannelAccept extends Service {
  readonly kind: 'accept';
  readonly channel: number;
  readonly data: Uint8Array;
  readonly acceptor?: LoginInfo;
  readonly mode: number;
  /** Present when `mode` is a cipher. */
  readonly cipher?: CipherItem;
  /** Mode of the offer that is answered. */
  readonly offeredMode?: number;
}

export function decodeCreate(body: Uint8Array): ChannelCreate {
  const reader = new ByteReader(body);
  reader.u32();
  const id = reader.u32();
  const target = readIdBlock(reader);
  const service = { service: reader.u32(), protocol: reader.u32(), version: reader.u32() };
  reader.u32();
  const data = readOpaque(reader);
  const creator = readBool(reader) ? readLoginInfo(reader) : undefined;
  const mode = reader.remaining >= 2 ? reader.u16() : MODE_NONE;
  const offer = reader.remaining >= 4 ? readOpaque(reader) : new Uint8Array();
  const ciphers = readCipherOffer(new ByteReader(offer));
  return { kind: 'create', id, target, ...service, data, ...(creator === undefined ? {} : { creator }), mode, ciphers };
}

export function encodeCreate(create: ChannelCreate): Uint8Array {
  const writer = writeIdBlock(new FieldWriter().u32(0).u32(create.id), create.target);
  writer.u32(create.service).u32(create.protocol).u32(create.version).u32(0).opaque(create.data);
  writer.bool(create.creator !== undefined);
  if (create.creator !== undefined) writeLoginInfo(writer, create.creator);
  writer.u16(create.mode).opaque(encodeOffer(create));
  return create.ciphers.length === 0 ? writer.bytes(TAIL).done() : writer.u32(0).bytes(TAIL).done();
}

function encodeOffer({ ciphers, mode }: ChannelCreate): Uint8Array {
  if (ciphers.length === 0) return new Uint8Array();
  const writer = new FieldWriter().u32(ciphers.length);
  for (const item of ciphers) writeCipherItem(writer, item);
  return writer.u16(mode).bool(false).done();
}

export function decodeAccept(channel: number, body: Uint8Array): ChannelAccept {
  const reader = new ByteReader(body);
  const service = { service: reader.u32(), protocol: reader.u32(), version: reader.u32() };
  const data = readOpaque(reader);
  const acceptor = readBool(reader) ? readLoginInfo(reader) : undefined;
  const mode = reader.remaining >= 2 ? reader.u16() : MODE_NONE;
  const blob = new ByteReader(reader.remaining >= 4 ? readOpaque(reader) : new Uint8Array());
  const chosen =
    blob.remaining === 0
      ? {}
      : { cipher: readCipherItem(blob), ...(blob.remaining >= 2 ? { offeredMode: blob.u16() } : {}) };
  return {
    kind: 'accept',
    channel,
    ...service,
    data,
    ...(acceptor === undefined ? {} : { acceptor }),
    mode,
    ...chosen,
  };
}

export function encodeAccept(accept: ChannelAccept): Uint8Array {
  const writer = new FieldWriter().u32(accept.service).u32(accept.protocol).u32(accept.version).opaque(accept.data);
  writer.bool(accept.acceptor !== undefined);
  if (accept.acceptor !== undefined) writeLoginInfo(writer, accept.acceptor);
  const chosen =
    accept.cipher === undefined
      ? new Uint8Array()
      : writeCipherItem(new FieldWriter(), accept.cipher)
          .u16(accept.offeredMode ?? MODE_WHATEVER)
          .bool(false)
          .done();
  writer.u16(accept.mode).opaque(chosen);
  return accept.cipher === undefined ? writer.bytes(TAIL).done() : writer.u32(0).bytes(TAIL).done();
}
