// The body of a YMSG packet: key, C0 80, value, C0 80 and so on. Order matters and keys repeat, so it stays a list.
import { concatBytes } from '../../../core/bytes.ts';
import { SundewError } from '../../../core/error.ts';

export const MAX_PAIRS = 2000;
const MAX_KEY = 99_999;
const MAX_KEY_DIGITS = 5;
/** Notes on one packet; more say nothing new. */
const MAX_ANOMALIES = 8;

export interface Pair {
  readonly key: number;
  readonly value: Uint8Array;
}

export interface DecodedPairs {
  readonly pairs: readonly Pair[];
  /** What no honest client writes but the scan survives. */
  readonly anomalies: readonly string[];
}

const UTF8 = new TextEncoder();
const SEPARATOR = Uint8Array.of(0xc0, 0x80);

/** A pair of a number and a text (UTF-8). */
export function pair(key: number, value: string | number): Pair {
  return { key, value: UTF8.encode(String(value)) };
}

/**
 * Reads a body. A NUL where a key should begin ends it (old servers sent junk behind it); a key without a value at the
 * end is ignored; a key that is no number is skipped with its value and noted.
 * @throws SundewError WIRE_MALFORMED when the last value has no end, WIRE_TOO_LARGE over 2,000 pairs
 */
export function decodePairs(body: Uint8Array): DecodedPairs {
  const pairs: Pair[] = [];
  const anomalies: string[] = [];
  const note = (what: string): undefined => {
    if (anomalies.length < MAX_ANOMALIES && !anomalies.includes(what)) anomalies.push(what);
  };
  let at = 0;
  for (let scanned = 0; at < body.length; scanned += 1) {
    if (body[at] === 0) {
      note('bytes behind a NUL');
      break;
    }
    const keyEnd = findSeparator(body, at);
    if (keyEnd === undefined || keyEnd + 2 >= body.length) {
      note('a last key without a value');
      break;
    }
    const valueEnd = findSeparator(body, keyEnd + 2);
    if (valueEnd === undefined) throw new SundewError('WIRE_MALFORMED', 'the last value has no end');
    if (scanned >= MAX_PAIRS) throw new SundewError('WIRE_TOO_LARGE', `more than ${MAX_PAIRS} pairs in a packet`);
    const key = parseKey(body, at, keyEnd);
    if (key === undefined) note('a key that is no number');
    else pairs.push({ key, value: body.subarray(keyEnd + 2, valueEnd) });
    at = valueEnd + 2;
  }
  return { pairs, anomalies };
}

/** Bytes of a body. @throws SundewError WIRE_MALFORMED for a key of another form or a value with C0 80 in it */
export function encodePairs(pairs: readonly Pair[]): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const { key, value } of pairs) {
    if (!Number.isInteger(key) || key < 0 || key > MAX_KEY) {
      throw new SundewError('WIRE_MALFORMED', `${key} is no YMSG key`);
    }
    if (findSeparator(value, 0) !== undefined) {
      throw new SundewError('WIRE_MALFORMED', `the value of key ${key} has a separator in it`);
    }
    parts.push(UTF8.encode(String(key)), SEPARATOR, value, SEPARATOR);
  }
  return concatBytes(parts);
}

function findSeparator(bytes: Uint8Array, from: number): number | undefined {
  for (let at = bytes.indexOf(0xc0, from); at >= 0; at = bytes.indexOf(0xc0, at + 1)) {
    if (bytes[at + 1] === 0x80) return at;
  }
  return undefined;
}

function parseKey(bytes: Uint8Array, from: number, to: number): number | undefined {
  if (to === from || to - from > MAX_KEY_DIGITS) return undefined;
  let key = 0;
  for (let at = from; at < to; at += 1) {
    const digit = (bytes[at] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) return undefined;
    key = key * 10 + digit;
  }
  return key;
}
