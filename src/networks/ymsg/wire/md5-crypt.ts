// MD5-crypt (`$1$`), as FreeBSD and glibc compute it: the YMSG login hashes its output once more. Node has none.
import { hash } from 'node:crypto';
import { concatBytes } from '../../../core/bytes.ts';

const ALPHABET = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const ROUNDS = 1000;
/** Which bytes of the digest make one group of four characters. */
const GROUPS = [
  [0, 6, 12],
  [1, 7, 13],
  [2, 8, 14],
  [3, 9, 15],
  [4, 10, 5],
] as const;

const md5 = (...parts: readonly Uint8Array[]): Uint8Array => hash('md5', concatBytes(parts), 'buffer');

/** The full `$1$salt$hash` string. At most 8 characters of salt count. */
export function md5Crypt(password: Uint8Array, salt: string): string {
  const used = salt.slice(0, 8);
  const seed = Buffer.from(used, 'latin1');
  let digest = md5(...firstRound(password, seed));
  for (let round = 0; round < ROUNDS; round += 1) {
    digest = md5(
      round % 2 === 1 ? password : digest,
      round % 3 === 0 ? new Uint8Array(0) : seed,
      round % 7 === 0 ? new Uint8Array(0) : password,
      round % 2 === 1 ? digest : password,
    );
  }
  return `$1$${used}$${encode(digest)}`;
}

function firstRound(password: Uint8Array, seed: Uint8Array): readonly Uint8Array[] {
  const inner = md5(password, seed, password);
  const parts: Uint8Array[] = [password, Buffer.from('$1$'), seed];
  for (let left = password.length; left > 0; left -= 16) parts.push(inner.subarray(0, Math.min(16, left)));
  // A quirk of the original: a NUL or the first character of the password, by the bits of its length.
  for (let bits = password.length; bits > 0; bits = Math.floor(bits / 2)) {
    parts.push(bits % 2 === 1 ? Uint8Array.of(0) : password.subarray(0, 1));
  }
  return parts;
}

function encode(digest: Uint8Array): string {
  const byte = (at: number): number => digest[at] ?? 0;
  const groups = GROUPS.map(([high, middle, low]) => base64(byte(high) * 65_536 + byte(middle) * 256 + byte(low), 4));
  return groups.join('') + base64(byte(11), 2);
}

/** Six bits a character, the lowest first. */
function base64(value: number, count: number): string {
  let left = value;
  let text = '';
  for (let at = 0; at < count; at += 1) {
    text += ALPHABET[left % 64] ?? '';
    left = Math.floor(left / 64);
  }
  return text;
}
