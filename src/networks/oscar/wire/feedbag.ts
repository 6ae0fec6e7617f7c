// Feedbag (family 13): the list kept by the server, and asking for leave to be on one.
import { ByteReader, concatBytes } from '../../../core/bytes.ts';
import { SundewError } from '../../../core/error.ts';
import { string8, string16, takeString8, takeString16, u8, u16, u32 } from './fields.ts';
import { screenNameText } from './screen-name.ts';
import { decodeLoose } from './text.ts';

export const FEEDBAG_BUDDY = 0;
/** AOL allowed some hundreds. */
const MAX_ITEMS = 4096;

export interface FeedbagItem {
  readonly name: string;
  readonly group: number;
  readonly item: number;
  readonly class: number;
  readonly attributes: Uint8Array;
}

/** Items up to the end: the count before them may lie. @throws SundewError WIRE_MALFORMED, WIRE_TOO_LARGE */
export function decodeFeedbagItems(bytes: Uint8Array): readonly FeedbagItem[] {
  const reader = new ByteReader(bytes);
  const items: FeedbagItem[] = [];
  while (reader.remaining > 0) {
    if (items.length >= MAX_ITEMS) throw new SundewError('WIRE_TOO_LARGE', `more than ${MAX_ITEMS} feedbag items`);
    const nameBytes = takeString16(reader);
    items.push({
      name: nameBytes.length === 0 ? '' : screenNameText(nameBytes),
      group: reader.u16(),
      item: reader.u16(),
      class: reader.u16(),
      attributes: takeString16(reader),
    });
  }
  return items;
}

export const encodeFeedbagItem = (item: FeedbagItem): Uint8Array =>
  concatBytes([string16(item.name), u16(item.group), u16(item.item), u16(item.class), string16(item.attributes)]);

export interface FeedbagList {
  readonly items: readonly FeedbagItem[];
  /** Unix seconds. */
  readonly modified: number;
}

/** (13,06). @throws SundewError WIRE_MALFORMED, WIRE_TOO_LARGE */
export function decodeFeedbagList(body: Uint8Array): FeedbagList {
  const reader = new ByteReader(body);
  reader.u8(); // version
  reader.u16(); // count
  if (reader.remaining < 4) throw new SundewError('WIRE_MALFORMED', 'feedbag list without its time');
  const items = decodeFeedbagItems(reader.take(reader.remaining - 4));
  return { items, modified: reader.u32() };
}

export const encodeFeedbagList = ({ items, modified }: FeedbagList): Uint8Array =>
  concatBytes([u8(0), u16(items.length), ...items.map(encodeFeedbagItem), u32(modified)]);

export interface Asking {
  readonly name: string;
  readonly reason: string;
}

/** (13,18) and (13,19). @throws SundewError WIRE_MALFORMED */
export function decodeAsking(body: Uint8Array): Asking {
  const reader = new ByteReader(body);
  const name = screenNameText(takeString8(reader));
  return { name, reason: decodeLoose(takeString16(reader), false).text };
}

export const encodeAsking = ({ name, reason }: Asking): Uint8Array =>
  concatBytes([string8(name), string16(reason), u16(0)]);

const GRANTED = 1;

/** (13,1A): leave, without a word. */
export const encodeGrant = (name: string): Uint8Array => concatBytes([string8(name), u8(GRANTED), string16('')]);

export interface AuthoriseAnswer {
  readonly name: string;
  readonly granted: boolean;
  readonly reason: string;
}

/** (13,1A) and (13,1B). @throws SundewError WIRE_MALFORMED */
export function decodeAuthoriseAnswer(body: Uint8Array): AuthoriseAnswer {
  const reader = new ByteReader(body);
  const name = screenNameText(takeString8(reader));
  return { name, granted: reader.u8() === GRANTED, reason: decodeLoose(takeString16(reader), false).text };
}

/** The block that flag 0x8000 announces, as servers put it before these SNACs. */
export const FEEDBAG_VERSION_BLOCK = concatBytes([u16(6), u16(1), u16(2), u16(2)]);
