// File transfer: what CHANNEL_CREATE says of the file. Chunks are raw (type 1), each answered by an empty ack (type 2).
import { ByteReader } from '../../../core/bytes.ts';
import { FieldWriter, readString } from './fields.ts';

export const SEND_FILE_DATA = 0x0001;
export const SEND_FILE_ACK = 0x0002;

export interface FileOffer {
  /** Whatever the sender likes: never a path of ours. */
  readonly name: string;
  readonly message: string;
  readonly size: number;
}

/** @throws SundewError WIRE_MALFORMED */
export function decodeFileOffer(data: Uint8Array): FileOffer {
  const reader = new ByteReader(data);
  reader.u32();
  return { name: readString(reader), message: readString(reader), size: reader.u32() };
}

export function encodeFileOffer(offer: FileOffer): Uint8Array {
  return new FieldWriter().u32(0).string(offer.name).string(offer.message).u32(offer.size).u32(0).u16(0).done();
}
