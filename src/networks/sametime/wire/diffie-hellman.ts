// The Diffie-Hellman group of Sametime: g = 3 and a safe prime of 512 bits, which is weak by today's measure (ADR 0083).

const P = BigInt(
  '0xcf84afce86ddfa527f136d10357528eefba0afef808f29174e3b6a9e970001717c8f106c41c161a6ce91057b34da62cbb87bfdc1b35c1b910fea72249d566b9f',
);
const G = 3n;
const PUBLIC_BYTES = 64;
const KEY_BYTES = 16;

export interface KeyPair {
  readonly secret: bigint;
  /** Left-padded: a shorter one makes libmeanwhile fall back to a login that hides nothing. */
  readonly publicKey: Uint8Array;
}

/** A pair from random bytes; 64 of them are asked for. */
export function keyPairOf(random: Uint8Array): KeyPair {
  // 2 … P-2: never 0 or 1, which would publish the secret.
  const secret = (toInteger(random) % (P - 3n)) + 2n;
  return { secret, publicKey: publicKeyOf(secret) };
}

/** The public key of a secret. */
export function publicKeyOf(secret: bigint): Uint8Array {
  return toBytes(power(G, secret), PUBLIC_BYTES);
}

/** The RC2 key both sides share: the last 16 bytes of the secret. @returns undefined for a key that is none or is weak */
export function sharedKey(secret: bigint, peerKey: Uint8Array): Uint8Array | undefined {
  if (peerKey.length === 0 || peerKey.length > PUBLIC_BYTES) return undefined;
  const other = toInteger(peerKey);
  if (other <= 1n || other >= P - 1n) return undefined;
  return toBytes(power(other, secret), PUBLIC_BYTES).subarray(-KEY_BYTES);
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base % P;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * square) % P;
    square = (square * square) % P;
  }
  return result;
}

function toInteger(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}

function toBytes(value: bigint, length: number): Uint8Array {
  return Buffer.from(value.toString(16).padStart(length * 2, '0'), 'hex');
}
