// Addresses of money: only those whose own check sum holds, or whose form allows no doubt.
import { createHash } from 'node:crypto';

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3] as const;

/** Bitcoin P2PKH and P2SH addresses: Base58Check, 25 bytes, version 0 or 5. */
export function isBase58Wallet(text: string): boolean {
  let value = 0n;
  for (const character of text) {
    const digit = BASE58.indexOf(character);
    if (digit < 0) return false;
    value = value * 58n + BigInt(digit);
  }
  const hex = value.toString(16).padStart(50, '0');
  if (hex.length !== 50) return false;
  const bytes = Buffer.from(hex, 'hex');
  if (bytes[0] !== 0 && bytes[0] !== 5) return false;
  const once = createHash('sha256').update(bytes.subarray(0, 21)).digest();
  return createHash('sha256').update(once).digest().subarray(0, 4).equals(bytes.subarray(21));
}

/** Bitcoin segregated-witness addresses: Bech32 (BIP 173) or Bech32m (BIP 350) with the prefix `bc`. */
export function isBech32Wallet(text: string): boolean {
  const lower = text.toLowerCase();
  if (text !== lower && text !== text.toUpperCase()) return false;
  const values: number[] = [3, 3, 0, 2, 3]; // the prefix `bc`, expanded (BIP 173)
  for (const character of lower.slice(3)) {
    const digit = BECH32.indexOf(character);
    if (digit < 0) return false;
    values.push(digit);
  }
  let check = 1;
  for (const value of values) {
    const top = check >>> 25;
    check = ((check & 0x1ffffff) << 5) ^ value;
    for (let bit = 0; bit < 5; bit++) if ((top >>> bit) & 1) check ^= GENERATOR[bit] ?? 0;
  }
  return check === 1 || check === 0x2bc830a3;
}
