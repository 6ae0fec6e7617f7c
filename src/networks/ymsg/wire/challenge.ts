// The two answers to a login challenge of YMSG 9 and 10 ("v9"): the password itself never goes over the wire.
import { hash } from 'node:crypto';
import { SundewError } from '../../../core/error.ts';
import { md5Crypt } from './md5-crypt.ts';

/** The salt that every Yahoo client used. */
const SALT = '_2S43d5f';
/** Positions 0 to 15 of the challenge are read. */
const MIN_CHALLENGE = 16;
const MAX_CHALLENGE = 256;

type Part = 'hash' | 'user' | 'challenge';

/** By the challenge's 16th character modulo 8: where the checksum's position stands, and the order behind it. */
const MODES: readonly { readonly position: number; readonly order: readonly Part[] }[] = [
  { position: 7, order: ['hash', 'user', 'challenge'] },
  { position: 9, order: ['user', 'challenge', 'hash'] },
  { position: 15, order: ['challenge', 'hash', 'user'] },
  { position: 1, order: ['user', 'hash', 'challenge'] },
  { position: 3, order: ['hash', 'challenge', 'user'] },
];

/** Base64 with `.`, `_` and `-` in the place of `+`, `/` and `=`. */
export function y64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replaceAll('+', '.').replaceAll('/', '_').replaceAll('=', '-');
}

export interface ChallengeAnswer {
  /** Key 6. */
  readonly plain: string;
  /** Key 96. */
  readonly crypted: string;
}

/** What a server needs to check an answer: `Y64(MD5(password))` and `Y64(MD5(md5crypt(password)))`. */
export interface PasswordHashes {
  readonly plain: string;
  readonly crypted: string;
}

export function hashPassword(password: string): PasswordHashes {
  const bytes = Buffer.from(password, 'utf8');
  return { plain: y64(md5(bytes)), crypted: y64(md5(Buffer.from(md5Crypt(bytes, SALT), 'latin1'))) };
}

/**
 * Answers a challenge. `user` is the id in lower case.
 * @throws SundewError WIRE_MALFORMED for a challenge that no server sends
 */
export function answerChallenge(user: string, hashes: PasswordHashes, challenge: string): ChallengeAnswer {
  if (challenge.length < MIN_CHALLENGE || challenge.length > MAX_CHALLENGE) {
    throw new SundewError('WIRE_MALFORMED', `a login challenge of ${challenge.length} characters`);
  }
  const code = (at: number): number => challenge.charCodeAt(at);
  // 5, 6 and 7 stand for 0, 1 and 2.
  const mode = MODES[(code(15) % 8) % 5] ?? { position: 7, order: [] };
  const checksum = challenge.charAt(code(mode.position) % 16);
  const answer = (digest: string): string => {
    const parts = { hash: digest, user, challenge };
    return y64(md5(Buffer.from(checksum + mode.order.map((part) => parts[part]).join(''), 'utf8')));
  };
  return { plain: answer(hashes.plain), crypted: answer(hashes.crypted) };
}

const md5 = (bytes: Uint8Array): Uint8Array => hash('md5', bytes, 'buffer');
