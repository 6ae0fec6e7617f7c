// Awareness: who is online, and attributes that tell what a client can do.
import { ByteReader } from '../../../core/bytes.ts';
import { boundedCount, FieldWriter, readOpaque } from './fields.ts';
import { type IdBlock, readIdBlock, type UserStatus, writeIdBlock, writeUserStatus } from './structures.ts';

export const SEND_AWARE = {
  add: 0x0068,
  remove: 0x0069,
  setAttribute: 0x00c9,
  unsetAttribute: 0x00ca,
  snapshot: 0x01f4,
  update: 0x01f5,
  attributeValue: 0x0259,
  attributeSet: 0x025d,
} as const;

/** Keys of attributes. Clients offer files only to whom key 6 says true. */
export const ATTRIBUTE = { audioVideo: 1, microphone: 2, speakers: 3, camera: 4, fileTransfer: 6 } as const;
export const ATTRIBUTE_TRUE = Uint8Array.of(0, 1);
const AWARE_USER = 2;
const MAX_AWARE_IDS = 256;

/** @throws SundewError WIRE_MALFORMED, WIRE_TOO_LARGE */
export function decodeAwareList(data: Uint8Array): readonly IdBlock[] {
  const reader = new ByteReader(data);
  const count = boundedCount(reader.u32(), MAX_AWARE_IDS, 'awareness ids');
  return Array.from({ length: count }, () => {
    reader.u16();
    return readIdBlock(reader);
  });
}

export function encodeAwareList(ids: readonly IdBlock[]): Uint8Array {
  const writer = new FieldWriter().u32(ids.length);
  for (const id of ids) writeIdBlock(writer.u16(AWARE_USER), id);
  return writer.done();
}

export interface Attribute {
  readonly key: number;
  readonly value: Uint8Array;
}

export function encodeSetAttribute({ key, value }: Attribute): Uint8Array {
  return new FieldWriter().u32(0).u32(value.length).u32(0).u32(key).opaque(value).done();
}

/** @throws SundewError WIRE_MALFORMED */
export function decodeSetAttribute(data: Uint8Array): Attribute {
  const reader = new ByteReader(data);
  reader.take(12);
  return { key: reader.u32(), value: readOpaque(reader) };
}

export function encodeUnsetAttribute(key: number): Uint8Array {
  return new FieldWriter().u32(0).u32(key).done();
}

/** How one user is; `online` absent means offline. */
export interface Sighting {
  readonly user: string;
  readonly online?: { readonly status: UserStatus; readonly name: string };
}

/** One block, which counts its own length. */
function snapshotBlock({ user, online }: Sighting): Uint8Array {
  const writer = writeIdBlock(new FieldWriter().u16(AWARE_USER), { user, community: '' }).string('');
  writer.bool(online !== undefined);
  if (online !== undefined) writeUserStatus(writer.string(user), online.status).string(online.name);
  const body = writer.done();
  return new FieldWriter()
    .u32(body.length + 4)
    .bytes(body)
    .done();
}

export function encodeSnapshot(sightings: readonly Sighting[]): Uint8Array {
  const writer = new FieldWriter().u32(sightings.length);
  for (const sighting of sightings) writer.bytes(snapshotBlock(sighting));
  return writer.done();
}

export function encodeUpdate(sighting: Sighting): Uint8Array {
  return snapshotBlock(sighting);
}

export function encodeAttributeValue(user: string, { key, value }: Attribute): Uint8Array {
  const writer = writeIdBlock(new FieldWriter().u32(0).u16(AWARE_USER), { user, community: '' });
  return writer.u32(0).u32(value.length).u32(0).u32(key).opaque(value).done();
}
