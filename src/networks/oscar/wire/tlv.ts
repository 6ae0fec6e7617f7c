// TLVs in their three containers: to the end of a buffer, counted, or of a byte length.
import { ByteReader, concatBytes } from '../../../core/bytes.ts';
import { SundewError } from '../../../core/error.ts';
import { u16 } from './fields.ts';

/** TLVs in one container; more are a flood. */
export const MAX_TLVS = 2048;

export interface Tlv {
  readonly type: number;
  readonly value: Uint8Array;
}

export interface TlvList {
  readonly tlvs: readonly Tlv[];
  /** Bytes of a TLV that says it is longer than what is left: kept as evidence. */
  readonly truncated?: Uint8Array;
}

/** TLVs up to the end. A TLV that overruns ends the list, as libpurple has it. @throws SundewError WIRE_TOO_LARGE */
export function decodeTlvs(bytes: Uint8Array): TlvList {
  return takeTlvs(new ByteReader(bytes), Number.POSITIVE_INFINITY);
}

/** At most `count` TLVs; the count may lie, the bytes decide. @throws SundewError WIRE_TOO_LARGE */
export function takeTlvs(reader: ByteReader, count: number): TlvList {
  const tlvs: Tlv[] = [];
  while (reader.remaining > 0 && tlvs.length < count) {
    if (tlvs.length >= MAX_TLVS) throw new SundewError('WIRE_TOO_LARGE', `more than ${MAX_TLVS} TLVs`);
    if (reader.remaining < 4) return { tlvs, truncated: reader.take(reader.remaining) };
    const type = reader.u16();
    const length = reader.u16();
    if (length > reader.remaining) return { tlvs, truncated: reader.take(reader.remaining) };
    tlvs.push({ type, value: reader.take(length) });
  }
  return { tlvs };
}

export function encodeTlv(type: number, value: Uint8Array = new Uint8Array(0)): Uint8Array {
  if (value.length > 0xffff) throw new SundewError('WIRE_TOO_LARGE', `TLV of ${value.length} bytes`);
  return concatBytes([u16(type), u16(value.length), value]);
}

export const encodeTlvs = (tlvs: readonly Tlv[]): Uint8Array =>
  concatBytes(tlvs.map(({ type, value }) => encodeTlv(type, value)));

/** The first of a type: duplicates never win. */
export function findTlv(list: readonly Tlv[], type: number): Uint8Array | undefined {
  return list.find((tlv) => tlv.type === type)?.value;
}
