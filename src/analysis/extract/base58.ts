// Base58, as the coins write their addresses.
import { createHash } from 'node:crypto';

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
/** Bytes that so many digits of a Monero block stand for. */
const BLOCK_BYTES: Readonly<Record<number, number>> = { 2: 1, 3: 2, 5: 3, 6: 4, 7: 5, 9: 6, 10: 7, 11: 8 };

/** @returns undefined for other characters, or when the value does not fill exactly `size` bytes */
export function decodeBase58(text: string, size: number): Buffer | undefined {
  let value = 0n;
  for (const character of text) {
    const digit = ALPHABET.indexOf(character);
    if (digit < 0) return undefined;
    value = value * 58n + BigInt(digit);
  }
  const hex = value.toString(16);
  return hex.length > size * 2 ? undefined : Buffer.from(hex.padStart(size * 2, '0'), 'hex');
}

/** The payload of Base58Check: 21 bytes before four of a double SHA-256. */
export function decodeBase58Check(text: string): Buffer | undefined {
  const bytes = decodeBase58(text, 25);
  if (bytes === undefined) return undefined;
  const once = createHash('sha256').update(bytes.subarray(0, 21)).digest();
  const check = createHash('sha256').update(once).digest();
  return check.subarray(0, 4).equals(bytes.subarray(21)) ? bytes.subarray(0, 21) : undefined;
}

/** Monero's Base58: blocks of eleven digits, each for eight bytes. */
export function decodeBlockBase58(text: string): Buffer | undefined {
  const parts: Buffer[] = [];
  for (let at = 0; at < text.length; at += 11) {
    const block = text.slice(at, at + 11);
    const part = decodeBase58(block, BLOCK_BYTES[block.length] ?? 0);
    if (part === undefined) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}
