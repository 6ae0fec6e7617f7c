// Answers to challenges: the password digest of MSNP2 to 7 and CHL/QRY of every dialect.
import { createHash } from 'node:crypto';

/** Product id and key of a public client, with which CHL is answered. */
export interface Product {
  readonly id: string;
  readonly key: string;
}

/** Dialects up to 10. */
export const PRODUCT_OLD: Product = { id: 'PROD0038W!61ZTF9', key: 'VT6PX?UQTM4WM%YR' };
/** Dialects 11 and 12. */
export const PRODUCT_11: Product = { id: 'PROD0090YUAUV{2B', key: 'YMM8C_H7KCQ2S_KL' };

const MODULUS = 0x7fff_ffffn;
const FACTOR = 0x0e79_a9c1n;

/** `USR t MD5 S …`: lower-case hex MD5 of salt and password. */
export function answerSalt(salt: string, password: string): string {
  return md5(`${salt}${password}`).toString('hex');
}

/** The 32 hex characters of QRY, for the dialect's number. */
export function answerChallenge(challenge: string, product: Product, dialect: number): string {
  const digest = md5(`${challenge}${product.key}`);
  return dialect < 11 ? digest.toString('hex') : mix(digest, `${challenge}${product.id}`).toString('hex');
}

/** The second step of dialects 11 and up: the digest xored with a 64-bit hash of challenge and id keyed by it. */
function mix(digest: Buffer, text: string): Buffer {
  const [k0 = 0n, k1 = 0n, k2 = 0n, k3 = 0n] = words(digest).map((word) => word & MODULUS);
  const padded = Buffer.from(text.padEnd(Math.ceil(text.length / 8) * 8, '0'), 'latin1');
  const numbers = words(padded);
  let high = 0n;
  let low = 0n;
  for (let at = 0; at + 1 < numbers.length; at += 2) {
    const first = (((((numbers[at] ?? 0n) * FACTOR) % MODULUS) + high) * k0 + k1) % MODULUS;
    high = ((((numbers[at + 1] ?? 0n) + first) % MODULUS) * k2 + k3) % MODULUS;
    low += high + first;
  }
  high = (high + k1) % MODULUS;
  low = (low + k3) % MODULUS;
  const out = Buffer.alloc(16);
  // Unmasked words of the digest: masking loses their top bits, a known fault of some servers' helpers.
  for (const [at, word] of words(digest).entries())
    out.writeUInt32LE(Number(word ^ (at % 2 === 0 ? high : low)), at * 4);
  return out;
}

function words(bytes: Buffer): bigint[] {
  return Array.from({ length: bytes.length >> 2 }, (_, at) => BigInt(bytes.readUInt32LE(at * 4)));
}

const md5 = (text: string): Buffer => createHash('md5').update(text, 'utf8').digest();
