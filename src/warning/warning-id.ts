// Public ids. They are keyed: a sender who suspects an address could otherwise compute the id that its own message makes.
import { createHmac } from 'node:crypto';
import type { Db } from '../storage/database.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CHARACTERS = 9;
const ID = /^W-[0-9A-HJKMNP-TV-Z]{10}$/;

/** The key of this realm, made when its tables were. */
export async function loadIdKey(db: Db): Promise<string> {
  const { key } = await db.selectFrom('warning_key').select('key').executeTakeFirstOrThrow();
  return key;
}

/** `W-` and ten characters of Crockford's base 32, the last a check character (Luhn modulo 32). */
export function warningIdOf(key: string, campaign: string): string {
  const digest = createHmac('sha256', key).update(`warning ${campaign}`).digest();
  let bits = digest.readBigUInt64BE(0);
  let body = '';
  for (let at = 0; at < CHARACTERS; at += 1) {
    body += ALPHABET[Number(bits & 31n)];
    bits >>= 5n;
  }
  return `W-${body}${checkCharacter(body)}`;
}

/** Opaque id of a touch on the public river. */
export function touchIdOf(key: string, capture: string): string {
  return createHmac('sha256', key).update(`touch ${capture}`).digest('base64url').slice(0, 16);
}

/**
 * The id as it is written: upper case, the look-alikes I, L and O read as 1, 1 and 0.
 * @returns undefined when it is none, or when a character is wrong or two neighbours are swapped
 */
export function parseWarningId(text: string): string | undefined {
  if (text.length > 20) return undefined;
  const upper = text.trim().toUpperCase();
  const body = upper.startsWith('W-') ? upper.slice(2) : upper;
  const id = `W-${body.replaceAll(/[IL]/g, '1').replaceAll('O', '0')}`;
  return ID.test(id) && checkCharacter(id.slice(2, -1)) === id.at(-1) ? id : undefined;
}

function checkCharacter(body: string): string {
  let sum = 0;
  let factor = 2;
  for (let at = body.length - 1; at >= 0; at -= 1) {
    const product = ALPHABET.indexOf(body.charAt(at)) * factor;
    sum += Math.floor(product / 32) + (product % 32);
    factor = factor === 2 ? 1 : 2;
  }
  return ALPHABET.charAt((32 - (sum % 32)) % 32);
}
