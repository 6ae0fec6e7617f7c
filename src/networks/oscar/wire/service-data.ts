// What a rendezvous offers (TLV 2711), by capability: files, buddy lists, chat rooms, icons.
import { ByteReader, concatBytes } from '../../../core/bytes.ts';
import { string8, takeString8, takeString16, u16, u32 } from './fields.ts';
import { decodeLoose } from './text.ts';

export interface FileOffer {
  /** Several files or a directory. */
  readonly several: boolean;
  readonly count: number;
  /** Bytes in all, as claimed. */
  readonly size: number;
  readonly name: string;
  readonly nameBytes: Uint8Array;
  /** The name has no NUL at its end, as every client sends it. */
  readonly unterminated: boolean;
}

/** Capability send-file. @param charset TLV 2712 @throws SundewError WIRE_MALFORMED under eight bytes */
export function decodeFileOffer(bytes: Uint8Array, charset: string | undefined): FileOffer {
  const reader = new ByteReader(bytes);
  const several = reader.u16() !== 1;
  const count = reader.u16();
  const size = reader.u32();
  const rest = reader.take(reader.remaining);
  const wide = charset !== undefined && /^(?:unicode|utf-?16|ucs-?2)/i.test(charset);
  const end = wide ? endOfWide(rest) : rest.indexOf(0);
  const nameBytes = end === -1 ? rest : rest.subarray(0, end);
  const name = wide ? new TextDecoder('utf-16be').decode(nameBytes) : decodeLoose(nameBytes, false).text;
  return { several, count, size, name, nameBytes, unterminated: end === -1 };
}

function endOfWide(bytes: Uint8Array): number {
  for (let at = 0; at + 1 < bytes.length; at += 2) if (bytes[at] === 0 && bytes[at + 1] === 0) return at;
  return -1;
}

export const encodeFileOffer = (name: string, size: number, count = 1): Uint8Array =>
  concatBytes([u16(count === 1 ? 1 : 2), u16(count), u32(size), Buffer.from(name), Uint8Array.of(0)]);

export interface RoomOffer {
  readonly exchange: number;
  /** `4-0-room`. */
  readonly room: string;
  readonly instance: number;
}

/** Capability chat-invite. @throws SundewError WIRE_MALFORMED */
export function decodeRoomOffer(bytes: Uint8Array): RoomOffer {
  const reader = new ByteReader(bytes);
  const exchange = reader.u16();
  const room = decodeLoose(takeString8(reader), false).text;
  return { exchange, room, instance: reader.u16() };
}

export const encodeRoomOffer = ({ exchange, room, instance }: RoomOffer): Uint8Array =>
  concatBytes([u16(exchange), string8(room), u16(instance)]);

export interface BuddyGroup {
  readonly group: string;
  readonly names: readonly string[];
}

const MAX_NAMES = 4096;

/** Capability send-buddy-list; counts may lie, the bytes decide. @throws SundewError WIRE_MALFORMED */
export function decodeBuddyList(bytes: Uint8Array): readonly BuddyGroup[] {
  const reader = new ByteReader(bytes);
  const groups: BuddyGroup[] = [];
  let total = 0;
  while (reader.remaining > 0 && total < MAX_NAMES) {
    const group = decodeLoose(takeString16(reader), false).text;
    const names: string[] = [];
    for (let left = reader.u16(); left > 0 && total < MAX_NAMES; left -= 1, total += 1) {
      names.push(decodeLoose(takeString16(reader), false).text);
    }
    groups.push({ group, names });
    total += 1;
  }
  return groups;
}

export interface Icon {
  /** Bytes as claimed. */
  readonly length: number;
  readonly image: Uint8Array;
}

const ICON_TRAILER_BYTES = 'AVT1picture.id'.length;
/** An honest icon is under 8 KiB. */
export const MAX_ICON_BYTES = 64 * 1024;

/** Capability buddy-icon: the image is what follows the header, without the trailer. @throws SundewError WIRE_MALFORMED */
export function decodeIcon(bytes: Uint8Array): Icon {
  const reader = new ByteReader(bytes);
  reader.u32(); // checksum
  const length = reader.u32();
  reader.u32(); // time
  const body = reader.take(reader.remaining);
  const end = length <= body.length ? length : Math.max(0, body.length - ICON_TRAILER_BYTES);
  return { length, image: body.subarray(0, Math.min(end, MAX_ICON_BYTES)) };
}
