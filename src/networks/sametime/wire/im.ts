// Payloads of the IM service (send type 0x0064): plain text, or data of a type.
import { ByteReader } from '../../../core/bytes.ts';
import { SundewError } from '../../../core/error.ts';
import { FieldWriter, readOpaque, readString } from './fields.ts';
import { readUserStatus, type UserStatus, writeUserStatus } from './structures.ts';

export const SEND_IM = 0x0064;
export const FEATURE_PLAIN = 1;
/** NotesBuddy: HTML, MIME and subjects. Whoever refuses it gets text without its links. */
export const FEATURE_RICH = 0x00033453;

export const DATA = {
  typing: 1,
  subject: 3,
  html: 4,
  mime: 5,
  timestamp: 6,
  invitation: 0x0a,
  partsBegin: 0x1388,
  partsEnd: 0x1389,
} as const;

const KIND_TEXT = 1;
const KIND_DATA = 2;

export type ImPayload =
  | { readonly kind: 'text'; readonly text: Uint8Array }
  | { readonly kind: 'data'; readonly type: number; readonly subtype: number; readonly value: Uint8Array };

/** @throws SundewError WIRE_MALFORMED */
export function decodeIm(data: Uint8Array): ImPayload {
  const reader = new ByteReader(data);
  const kind = reader.u32();
  if (kind === KIND_TEXT) return { kind: 'text', text: reader.take(reader.u16()) };
  if (kind !== KIND_DATA) throw new SundewError('WIRE_MALFORMED', `an IM of kind ${kind}; 1 and 2 are known`);
  return { kind: 'data', type: reader.u32(), subtype: reader.u32(), value: readOpaque(reader) };
}

export function encodeIm(payload: ImPayload): Uint8Array {
  const writer = new FieldWriter();
  if (payload.kind === 'text') return writer.u32(KIND_TEXT).u16(payload.text.length).bytes(payload.text).done();
  return writer.u32(KIND_DATA).u32(payload.type).u32(payload.subtype).opaque(payload.value).done();
}

/** The feature in the additional data of CHANNEL_CREATE. */
export function decodeImOffer(data: Uint8Array): number {
  const reader = new ByteReader(data);
  if (reader.remaining < 8) return FEATURE_PLAIN;
  reader.u32();
  return reader.u32();
}

export function encodeImOffer(feature: number): Uint8Array {
  return new FieldWriter().u32(1).u32(feature).done();
}

/** The additional data of CHANNEL_ACCEPT: the feature echoed, and how the acceptor is. */
export function encodeImAnswer(feature: number, status: UserStatus): Uint8Array {
  return writeUserStatus(new FieldWriter().u32(1).u32(feature).u32(2), status).done();
}

export function decodeImAnswer(data: Uint8Array): { readonly feature: number; readonly status: UserStatus } {
  const reader = new ByteReader(data);
  reader.u32();
  const feature = reader.u32();
  reader.u32();
  return { feature, status: readUserStatus(reader) };
}

export interface PlaceInvitation {
  readonly title: string;
  readonly message: string;
  readonly place: string;
  readonly host: string;
}

const PLACE_SKIPPED = 19;

/** The value of data type 0x0a. */
export function decodePlaceInvitation(value: Uint8Array): PlaceInvitation {
  const reader = new ByteReader(value);
  reader.u32();
  const title = readString(reader);
  const message = readString(reader);
  reader.take(PLACE_SKIPPED);
  const place = readString(reader);
  readString(reader);
  return { title, message, place, host: readString(reader) };
}
