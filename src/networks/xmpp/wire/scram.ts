// SCRAM (RFC 5802, RFC 7677) with channel binding (RFC 5929 tls-server-end-point, RFC 9266 tls-exporter): both sides.
import { createHash, createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import { SundewError } from '../../../core/error.ts';

export type ScramHash = 'sha1' | 'sha256';

export interface ChannelBinding {
  readonly type: 'tls-exporter' | 'tls-server-end-point';
  readonly data: Uint8Array;
}

/** `none`: we cannot bind; `unoffered`: we could, the server does not seem to (the server notices when that is a lie). */
export type BindingChoice = ChannelBinding | 'none' | 'unoffered';

export interface ScramStart {
  readonly hash: ScramHash;
  readonly nonce: string;
  readonly gs2: string;
  readonly binding: BindingChoice;
  readonly firstBare: string;
  /** The client's first message. */
  readonly message: string;
}

/** RFC 7677 4: fewer would make the password cheap to guess. */
export const MIN_ITERATIONS = 4096;
/** More would let a server keep us busy. */
export const MAX_ITERATIONS = 200_000;
const MAX_SERVER_MESSAGE = 4096;

/** The client's first message. `nonce` must be fresh and printable without commas. */
export function startScram(
  hash: ScramHash,
  username: string,
  nonce: string,
  binding: BindingChoice = 'none',
): ScramStart {
  const gs2 = binding === 'none' ? 'n,,' : binding === 'unoffered' ? 'y,,' : `p=${binding.type},,`;
  const name = saslPrep(username).replaceAll('=', '=3D').replaceAll(',', '=2C');
  const firstBare = `n=${name},r=${nonce}`;
  return { hash, nonce, gs2, binding, firstBare, message: `${gs2}${firstBare}` };
}

/**
 * The client's answer to the server's first message.
 * @returns the final message and what the server must answer to prove that it knows the password
 * @throws SundewError WIRE_MALFORMED, DECOY_UNSUPPORTED
 */
export function answerScram(
  start: ScramStart,
  serverFirst: string,
  password: string,
): { readonly message: string; readonly serverFinal: string } {
  const { nonce, salt, iterations } = parseServerFirst(start, serverFirst);
  const bindingData = typeof start.binding === 'string' ? new Uint8Array() : start.binding.data;
  const bound = Buffer.concat([Buffer.from(start.gs2), bindingData]).toString('base64');
  const withoutProof = `c=${bound},r=${nonce}`;
  const authMessage = `${start.firstBare},${serverFirst},${withoutProof}`;
  const keys = scramKeys(start.hash, password, salt, iterations);
  const signature = hmac(start.hash, keys.stored, authMessage);
  const proof = keys.client.map((byte, index) => byte ^ (signature[index] ?? 0));
  const serverSignature = hmac(start.hash, keys.server, authMessage).toString('base64');
  return {
    message: `${withoutProof},p=${Buffer.from(proof).toString('base64')}`,
    serverFinal: `v=${serverSignature}`,
  };
}

/** Whether the server's final message proves that it knows the password. */
export function provesServer(expected: string, serverFinal: string): boolean {
  const given = Buffer.from(serverFinal.split(',', 1)[0] ?? '');
  const wanted = Buffer.from(expected);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** Salted keys of RFC 5802 3. */
export function scramKeys(
  hash: ScramHash,
  password: string,
  salt: Uint8Array,
  iterations: number,
): { readonly client: Buffer; readonly stored: Buffer; readonly server: Buffer } {
  const salted = pbkdf2Sync(saslPrep(password), salt, iterations, hash === 'sha1' ? 20 : 32, hash);
  const client = hmac(hash, salted, 'Client Key');
  return { client, stored: createHash(hash).update(client).digest(), server: hmac(hash, salted, 'Server Key') };
}

function parseServerFirst(
  start: ScramStart,
  message: string,
): { readonly nonce: string; readonly salt: Uint8Array; readonly iterations: number } {
  const fields =
    message.length > MAX_SERVER_MESSAGE ? null : /^r=([!-+\--~]+),s=([A-Za-z0-9+/=]+),i=(\d{1,9})(?:,|$)/.exec(message);
  const [, nonce = '', salt = '', count = ''] = fields ?? [];
  if (fields === null || !nonce.startsWith(start.nonce) || nonce.length === start.nonce.length) {
    throw new SundewError('WIRE_MALFORMED', "the server's SCRAM challenge does not fit ours (RFC 5802 5.1)");
  }
  const iterations = Number(count);
  if (iterations < MIN_ITERATIONS || iterations > MAX_ITERATIONS) {
    throw new SundewError(
      'DECOY_UNSUPPORTED',
      `the server asks for ${iterations} SCRAM iterations; between ${MIN_ITERATIONS} and ${MAX_ITERATIONS} are done`,
    );
  }
  return { nonce, salt: Buffer.from(salt, 'base64'), iterations };
}

/** SASLprep (RFC 4013) without its tables of unassigned code points: mapping, then NFKC. */
export function saslPrep(text: string): string {
  return text
    .replaceAll(/\u034f|[\u180b-\u180d]|[\ufe00-\ufe0f]|[\u00ad\u1806\u200b\u2060\ufeff]|\u200c|\u200d/g, '')
    .replaceAll(/[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g, ' ')
    .normalize('NFKC');
}

function hmac(hash: ScramHash, key: Uint8Array, text: string): Buffer {
  return createHmac(hash, key).update(text).digest();
}
