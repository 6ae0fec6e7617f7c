// Secrets in links and codes. Only their hashes are stored, except the stop token, which can do nothing but stop.
import { createHash, randomBytes, randomInt } from 'node:crypto';

const TOKEN = /^[A-Za-z0-9_-]{22}$/;
const CODE = /^\d{6}$/;

/** 128 random bits in 22 base64url characters: short, so that no mail header with it is folded (RFC 8058 pitfalls). */
export function newToken(): string {
  return randomBytes(16).toString('base64url');
}

/** Six digits to answer by instant message; good for one account only, and only for a few tries. */
export function newCode(): string {
  return String(randomInt(1_000_000)).padStart(6, '0');
}

export function isToken(text: string): boolean {
  return TOKEN.test(text);
}

export function isCode(text: string): boolean {
  return CODE.test(text);
}

/** @param scope what the secret is good for; the same secret in another scope has another hash */
export function hashSecret(scope: string, secret: string): Buffer {
  return createHash('sha256').update(`${scope.length}:${scope}:${secret}`).digest();
}
