// Values of a packet by key: the first one counts, numbers are read with limits, texts by their character set.
import type { Pair } from './pairs.ts';
import { asciiOf, decodeText } from './text.ts';

/** Digits, sign, point and fraction that a number of the protocol may have. */
const NUMBER = /^-?\d{1,15}(?:\.\d{1,20})?$/;
/** 2100-01-01, seconds. */
const MAX_TIME = 4_102_444_800;

/** The first value of a key. */
export function bytesOf(pairs: readonly Pair[], key: number): Uint8Array | undefined {
  return pairs.find((one) => one.key === key)?.value;
}

/** The first value of a key as text; empty counts as absent. */
export function textOf(pairs: readonly Pair[], key: number): string | undefined {
  const value = bytesOf(pairs, key);
  if (value === undefined || value.length === 0) return undefined;
  return decodeText(value, textFlag(pairs)).text;
}

/** All values of a key as text, at most `max`, empty ones left out. */
export function textsOf(pairs: readonly Pair[], key: number, max: number): readonly string[] {
  const flag = textFlag(pairs);
  const found: string[] = [];
  for (const one of pairs) {
    if (found.length >= max) break;
    if (one.key === key && one.value.length > 0) found.push(decodeText(one.value, flag).text);
  }
  return found;
}

/** A number; floats, signs and nonsense come from real servers and peers. @returns undefined for what is none */
export function numberOf(pairs: readonly Pair[], key: number): number | undefined {
  const value = bytesOf(pairs, key);
  if (value === undefined || value.length > 40) return undefined;
  const text = asciiOf(value).trim();
  return NUMBER.test(text) ? Number(text) : undefined;
}

/** Unix seconds, perhaps with a fraction, as RFC 3339. */
export function timeOf(pairs: readonly Pair[], key: number): string | undefined {
  const seconds = numberOf(pairs, key);
  if (seconds === undefined || seconds <= 0 || seconds > MAX_TIME) return undefined;
  return new Date(Math.floor(seconds * 1000)).toISOString();
}

/** Key 97: whether texts are UTF-8; absent is neither. */
export function textFlag(pairs: readonly Pair[]): string | undefined {
  const value = bytesOf(pairs, 97);
  return value === undefined ? undefined : asciiOf(value);
}

/**
 * Splits pairs into records: a key of `starts` begins a new one when the record has that key already, or when it is the
 * first of `starts`. Pairs before the first start belong to no record.
 */
export function recordsOf(
  pairs: readonly Pair[],
  starts: readonly number[],
  max: number,
): readonly (readonly Pair[])[] {
  const records: Pair[][] = [];
  for (const one of pairs) {
    const current = records.at(-1);
    const first = one.key === starts[0];
    const again = starts.includes(one.key) && (current === undefined || current.some(({ key }) => key === one.key));
    if (first || again) {
      if (records.length >= max) break;
      records.push([one]);
    } else current?.push(one);
  }
  return records;
}
