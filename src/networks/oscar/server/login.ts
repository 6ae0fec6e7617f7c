// The range's login: BUCP with either hash, or the roasted password, and a cookie for one use.
import { randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { hexOf, string16, textBytes, u16 } from '../wire/fields.ts';
import {
  cutIcqPassword,
  roast,
  strongHash,
  TLV_COOKIE,
  TLV_ERROR,
  TLV_HASH,
  TLV_HOST,
  TLV_ROASTED,
  TLV_SCREEN_NAME,
  weakHash,
} from '../wire/login.ts';
import { isUin } from '../wire/screen-name.ts';
import { encodeTlvs, findTlv, type Tlv } from '../wire/tlv.ts';
import { type Account, accountOf, type World } from './world.ts';

const COOKIE_BYTES = 256;
const MAX_COOKIES = 10_000;
const UNKNOWN_NAME = 1;
const WRONG_PASSWORD = 5;

const nameOf = (tlvs: readonly Tlv[]): string =>
  Buffer.from(findTlv(tlvs, TLV_SCREEN_NAME) ?? new Uint8Array(0)).toString('latin1');

export const makeKey = (): Uint8Array => textBytes(randomUUID());
export const challenge = (key: Uint8Array): Uint8Array => string16(key);
export const knows = (world: World, tlvs: readonly Tlv[]): boolean => accountOf(world, nameOf(tlvs)) !== undefined;

/** TLVs of the answer to a proof: host and cookie, or an error. */
export function answerLogin(world: World, tlvs: readonly Tlv[], key: Uint8Array | undefined): Uint8Array {
  const account = accountOf(world, nameOf(tlvs));
  if (account === undefined) return refuse(nameOf(tlvs), UNKNOWN_NAME);
  const right = key === undefined ? roastedRight(account, tlvs) : hashRight(account, tlvs, key);
  if (!right) return refuse(account.name, WRONG_PASSWORD);
  const cookie = randomBytes(COOKIE_BYTES);
  world.cookies.set(hexOf(cookie), account);
  for (const oldest of world.cookies.keys()) {
    if (world.cookies.size <= MAX_COOKIES) break;
    world.cookies.delete(oldest);
  }
  return encodeTlvs([
    { type: TLV_SCREEN_NAME, value: textBytes(account.name) },
    { type: TLV_HOST, value: textBytes(world.advertised()) },
    { type: TLV_COOKIE, value: cookie },
  ]);
}

const refuse = (name: string, code: number): Uint8Array =>
  encodeTlvs([
    { type: TLV_SCREEN_NAME, value: textBytes(name) },
    { type: TLV_ERROR, value: u16(code) },
  ]);

function hashRight(account: Account, tlvs: readonly Tlv[], key: Uint8Array): boolean {
  const given = findTlv(tlvs, TLV_HASH);
  if (given?.length !== 16) return false;
  const passwords = isUin(account.name) ? [account.password, cutIcqPassword(account.password)] : [account.password];
  return passwords
    .flatMap((password) => [strongHash(key, password), weakHash(key, password)])
    .some((hashed) => timingSafeEqual(hashed, given));
}

function roastedRight(account: Account, tlvs: readonly Tlv[]): boolean {
  const given = findTlv(tlvs, TLV_ROASTED);
  return given !== undefined && Buffer.from(roast(given)).toString('latin1') === account.password;
}

/** Uses a cookie up. */
export function redeem(world: World, cookie: Uint8Array): Account | undefined {
  const account = world.cookies.get(hexOf(cookie));
  world.cookies.delete(hexOf(cookie));
  return account;
}
