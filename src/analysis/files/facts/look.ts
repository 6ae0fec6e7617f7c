// What a reader of facts takes and gives.
import type { Fact, Finding } from '../types.ts';

/** What one look at a file found. */
export interface Look {
  readonly facts: Readonly<Record<string, Fact>>;
  readonly findings: readonly Finding[];
}

export const NOTHING: Look = { facts: {}, findings: [] };

/** How much of a file is searched as text. */
export const SEARCHED = 8 * 1024 * 1024;

/** The content as latin1 text: one character a byte, for searching. */
export function bytesAsText(bytes: Uint8Array, most = SEARCHED): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, most)).toString('latin1');
}

/** A hostile string made fit for a fact: printable, short. */
export function printable(text: string, most = 200): string {
  return text
    .slice(0, most)
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '·')
    .toWellFormed();
}

/** Shannon entropy in bits a byte; 8 is noise. */
export function entropyOf(bytes: Uint8Array): number {
  if (bytes.length === 0) return 0;
  const counts = new Uint32Array(256);
  for (const byte of bytes) counts[byte] = (counts[byte] ?? 0) + 1;
  let bits = 0;
  for (const count of counts) if (count > 0) bits -= (count / bytes.length) * Math.log2(count / bytes.length);
  return Math.round(bits * 100) / 100;
}
