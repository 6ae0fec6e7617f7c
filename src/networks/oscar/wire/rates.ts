// Rate classes: how often the server lets a client speak, as records and as arithmetic.
import { ByteReader, concatBytes } from '../../../core/bytes.ts';
import { SundewError } from '../../../core/error.ts';
import { u8, u16, u32 } from './fields.ts';

const MAX_CLASSES = 32;
const MAX_MEMBERS = 4096;

export interface RateClass {
  readonly id: number;
  readonly window: number;
  readonly clear: number;
  readonly alert: number;
  readonly limit: number;
  readonly disconnect: number;
  readonly current: number;
  readonly max: number;
}

export interface RateInfo {
  readonly classes: readonly RateClass[];
  /** SNAC type to class id. */
  readonly members: ReadonlyMap<number, number>;
}

function takeClass(reader: ByteReader): RateClass {
  return {
    id: reader.u16(),
    window: reader.u32(),
    clear: reader.u32(),
    alert: reader.u32(),
    limit: reader.u32(),
    disconnect: reader.u32(),
    current: reader.u32(),
    max: reader.u32(),
  };
}

/** Bytes that follow a record when OService 2 or later was declared: last time, dropping. */
const EXTRA_BYTES = 5;

/**
 * (01,07). Classes whose window is 0 are left out: nothing can be reckoned with them.
 * @param extended whether OService 2 or later was declared @throws SundewError WIRE_MALFORMED, WIRE_TOO_LARGE
 */
export function decodeRateInfo(body: Uint8Array, extended: boolean): RateInfo {
  const reader = new ByteReader(body);
  const count = reader.u16();
  if (count > MAX_CLASSES) throw new SundewError('WIRE_TOO_LARGE', `${count} rate classes`);
  const classes: RateClass[] = [];
  for (let left = count; left > 0; left -= 1) {
    classes.push(takeClass(reader));
    if (extended) reader.take(EXTRA_BYTES);
  }
  const members = new Map<number, number>();
  for (let left = count; left > 0 && reader.remaining > 0; left -= 1) {
    const id = reader.u16();
    for (let pairs = reader.u16(); pairs > 0; pairs -= 1) {
      if (members.size >= MAX_MEMBERS) throw new SundewError('WIRE_TOO_LARGE', `more than ${MAX_MEMBERS} rate members`);
      members.set(reader.u32(), id);
    }
  }
  return { classes: classes.filter(({ window }) => window > 0), members };
}

export interface RateChange {
  /** 1 parameters changed, 2 warning, 3 limited, 4 cleared. */
  readonly code: number;
  readonly rate: RateClass;
}

/** (01,0A). @throws SundewError WIRE_MALFORMED */
export function decodeRateChange(body: Uint8Array): RateChange {
  const reader = new ByteReader(body);
  return { code: reader.u16(), rate: takeClass(reader) };
}

export function encodeRateInfo(info: RateInfo, extended: boolean): Uint8Array {
  const of = (id: number): readonly number[] =>
    [...info.members].filter(([, member]) => member === id).map(([type]) => type);
  return concatBytes([
    u16(info.classes.length),
    ...info.classes.flatMap((rate) => [encodeClass(rate), ...(extended ? [u32(0), u8(0)] : [])]),
    ...info.classes.flatMap(({ id }) => [u16(id), u16(of(id).length), ...of(id).map((type) => u32(type))]),
  ]);
}

function encodeClass(rate: RateClass): Uint8Array {
  const { id, window, clear, alert, limit, disconnect, current, max } = rate;
  return concatBytes([u16(id), ...[window, clear, alert, limit, disconnect, current, max].map((value) => u32(value))]);
}

/** Level of a class after one more SNAC; higher is better. */
export function levelAfter(rate: RateClass, level: number, sinceMs: number): number {
  return Math.min(rate.max, Math.floor((level * (rate.window - 1) + sinceMs) / rate.window));
}

/** Milliseconds to wait, so that one more SNAC leaves the level above `floor`. */
export function waitFor(rate: RateClass, level: number, sinceMs: number, floor: number): number {
  const needed = (Math.min(floor, rate.max - 1) + 1) * rate.window - level * (rate.window - 1);
  return Math.max(0, Math.ceil(needed - sinceMs));
}
