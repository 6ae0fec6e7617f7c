// Families, versions and tools: what a connection serves and what the client speaks (family 01).
import { ByteReader, concatBytes } from '../../../core/bytes.ts';
import { u16 } from './fields.ts';

const MAX_FAMILIES = 64;

/** Version, tool id and tool version that one common client declares for a family. */
const FAMILIES: ReadonlyMap<number, readonly [number, number, number]> = new Map([
  [0x01, [4, 0x0110, 0x0629]],
  [0x02, [1, 0x0110, 0x0629]],
  [0x03, [1, 0x0110, 0x0629]],
  [0x04, [1, 0x0110, 0x0629]],
  [0x08, [1, 0x0104, 0x0001]],
  [0x09, [1, 0x0110, 0x0629]],
  [0x0a, [1, 0x0110, 0x0629]],
  [0x0b, [1, 0x0104, 0x0001]],
  [0x13, [4, 0x0110, 0x0629]],
  [0x15, [1, 0x0110, 0x047c]],
]);

/** Of (01,03). */
export function readFamilies(body: Uint8Array): readonly number[] {
  const reader = new ByteReader(body);
  const families: number[] = [];
  while (reader.remaining >= 2 && families.length < MAX_FAMILIES) families.push(reader.u16());
  return families;
}

export const encodeFamilies = (families: readonly number[]): Uint8Array =>
  concatBytes(families.map((family) => u16(family)));

/** Body of (01,17), for those of the families that we speak. */
export const encodeClientVersions = (families: readonly number[]): Uint8Array =>
  concatBytes(families.flatMap((family) => fieldsOf(family, 1)));

/** Body of (01,02). */
export const encodeClientOnline = (families: readonly number[]): Uint8Array =>
  concatBytes(families.flatMap((family) => fieldsOf(family, 3)));

function fieldsOf(family: number, count: 1 | 3): readonly Uint8Array[] {
  const declared = FAMILIES.get(family);
  return declared === undefined ? [] : [u16(family), ...declared.slice(0, count).map((value) => u16(value))];
}

/** Class ids of (01,08). */
export const encodeRateSubscribe = (ids: readonly number[]): Uint8Array => concatBytes(ids.map((id) => u16(id)));
