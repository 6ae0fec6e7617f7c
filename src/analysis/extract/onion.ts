// Onion addresses of the third version carry a check sum (Tor specification, rend-spec-v3, 6).
import { createHash } from 'node:crypto';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const VERSION = 3;

/** Base32 without padding (RFC 4648), lower case. @returns undefined for other characters */
export function decodeBase32(text: string): Buffer | undefined {
  const bytes: number[] = [];
  let [bits, held] = [0, 0];
  for (const character of text) {
    const digit = ALPHABET.indexOf(character);
    if (digit < 0) return undefined;
    held = ((held << 5) | digit) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((held >> bits) & 0xff);
  }
  return Buffer.from(bytes);
}

/** Whether a host is an onion address: of the third version with its check sum right, or of the old second. */
export function isOnion(host: string): boolean {
  const name = /(?:^|\.)([a-z2-7]{16}|[a-z2-7]{56})\.onion$/.exec(host)?.[1];
  if (name === undefined || name.length === 16) return name !== undefined;
  const bytes = decodeBase32(name);
  if (bytes === undefined || bytes.length !== 35 || bytes[34] !== VERSION) return false;
  const check = createHash('sha3-256')
    .update('.onion checksum')
    .update(bytes.subarray(0, 32))
    .update(Uint8Array.of(VERSION))
    .digest();
  return check.subarray(0, 2).equals(bytes.subarray(32, 34));
}
