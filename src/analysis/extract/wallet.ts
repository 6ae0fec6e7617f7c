// Addresses of money: only those whose own check sum holds, or, where a coin has none, whose form allows no doubt.
import { decodeBase58, decodeBase58Check, decodeBlockBase58 } from './base58.ts';
import { keccak256 } from './keccak.ts';

const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3] as const;
const BECH32M = 0x2bc830a3;
const CASH_GENERATOR = [0x98f2bc8e61n, 0x79b76d99e2n, 0xf33e5fb3c4n, 0xae2eabe2a8n, 0x1e4f43e470n] as const;
/** First bytes: Bitcoin 0 and 5, Litecoin 48 and 50, Dogecoin 30 and 22, Tron 65, Dash 76 and 16. */
const VERSIONS: ReadonlySet<number> = new Set([0, 5, 48, 50, 30, 22, 65, 76, 16]);
/** Monero's network bytes: standard, integrated and sub-address. */
const MONERO: ReadonlySet<number> = new Set([18, 19, 42]);

/** Base58Check addresses of Bitcoin, Litecoin, Dogecoin, Tron and Dash. */
export function isBase58Wallet(text: string): boolean {
  const payload = decodeBase58Check(text);
  return payload !== undefined && VERSIONS.has(payload[0] ?? -1);
}

/** Segregated-witness addresses of Bitcoin (`bc1`) and Litecoin (`ltc1`): Bech32 (BIP 173) or Bech32m (BIP 350). */
export function isBech32Wallet(text: string): boolean {
  const lower = text.toLowerCase();
  if (text !== lower && text !== text.toUpperCase()) return false;
  const prefix = lower.slice(0, lower.indexOf('1'));
  const values = [
    ...[...prefix].map((letter) => letter.charCodeAt(0) >> 5),
    0,
    ...[...prefix].map((letter) => letter.charCodeAt(0) & 31),
  ];
  for (const character of lower.slice(prefix.length + 1)) {
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
  return check === 1 || check === BECH32M;
}

/** CashAddr of Bitcoin Cash, without its prefix (its specification, of 2017). */
export function isCashAddress(text: string): boolean {
  const values = [...[...'bitcoincash'].map((letter) => letter.charCodeAt(0) & 31), 0];
  for (const character of text.toLowerCase()) {
    const digit = BECH32.indexOf(character);
    if (digit < 0) return false;
    values.push(digit);
  }
  let check = 1n;
  for (const value of values) {
    const top = check >> 35n;
    check = ((check & 0x07_ffff_ffffn) << 5n) ^ BigInt(value);
    for (let bit = 0n; bit < 5n; bit++) if ((top >> bit) & 1n) check ^= CASH_GENERATOR[Number(bit)] ?? 0n;
  }
  return check === 1n;
}

/** Ethereum: forty hexadecimal digits; in mixed case the case is a check sum (EIP-55). */
export function isEtherWallet(text: string): boolean {
  const digits = text.slice(2);
  const lower = digits.toLowerCase();
  if (digits === lower || digits === digits.toUpperCase()) return true;
  const hash = keccak256(Buffer.from(lower, 'ascii')).toString('hex');
  return [...digits].every((digit, at) =>
    Number.parseInt(hash.charAt(at), 16) >= 8 ? digit === digit.toUpperCase() : digit === digit.toLowerCase(),
  );
}

/** Monero: 65 bytes (77 when integrated) and four of their Keccak-256. */
export function isMoneroWallet(text: string): boolean {
  const bytes = decodeBlockBase58(text);
  if (bytes === undefined || !MONERO.has(bytes[0] ?? -1)) return false;
  const end = bytes.length - 4;
  return keccak256(bytes.subarray(0, end)).subarray(0, 4).equals(bytes.subarray(end));
}

/** Solana has no check sum: 32 bytes in Base58, with digits and both cases. */
export function isSolanaForm(text: string): boolean {
  return /\d/.test(text) && /[a-z]/.test(text) && /[A-Z]/.test(text) && decodeBase58(text, 32)?.length === 32;
}
