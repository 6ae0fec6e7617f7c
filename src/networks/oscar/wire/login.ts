// Signing on: the MD5 challenge of BUCP, the roasted password of older clients, and the TLVs of both.
import { hash } from 'node:crypto';
import { concatBytes } from '../../../core/bytes.ts';
import { textBytes, u8, u16, u16Of, u32 } from './fields.ts';
import { encodeTlv, encodeTlvs, findTlv, type Tlv } from './tlv.ts';

export const TLV_SCREEN_NAME = 0x01;
export const TLV_ROASTED = 0x02;
export const TLV_HOST = 0x05;
export const TLV_COOKIE = 0x06;
export const TLV_ERROR = 0x08;
export const TLV_REASON = 0x09;
export const TLV_HASH = 0x25;
const TLV_SECURID = 0x4b;
const TLV_STRONG = 0x4c;
const TLV_REGISTRATION = 0x5a;

const MD5_SUFFIX = textBytes('AOL Instant Messenger (SM)');
const ROAST = Uint8Array.of(
  ...[0xf3, 0x26, 0x81, 0xc4, 0x39, 0x86, 0xdb, 0x92, 0x71, 0xa3, 0xb9, 0xe6, 0x53, 0x7a, 0x95, 0x7c],
);
/** ICQ passwords end here; what is longer was cut when the account was made. */
const MAX_ICQ_PASSWORD = 16;

const md5 = (bytes: Uint8Array): Uint8Array => hash('md5', bytes, 'buffer');

/** MD5(key, MD5(password), suffix): AIM 4.8 and later, sent with TLV 4C. */
export const strongHash = (key: Uint8Array, password: string): Uint8Array =>
  md5(concatBytes([key, md5(textBytes(password)), MD5_SUFFIX]));

/** MD5(key, password, suffix): AIM 3.5 to 4.7. */
export const weakHash = (key: Uint8Array, password: string): Uint8Array =>
  md5(concatBytes([key, textBytes(password), MD5_SUFFIX]));

/** XOR with a table that everyone knows, so as good as plain text. It is its own reverse. */
export const roast = (password: Uint8Array): Uint8Array =>
  password.map((byte, at) => byte ^ (ROAST[at % ROAST.length] ?? 0));

export const cutIcqPassword = (password: string): string => password.slice(0, MAX_ICQ_PASSWORD);

/** Which client the account seems to use: one real client, the same in every place. */
export interface ClientIdentity {
  readonly name: string;
  readonly id: number;
  /** Major, minor, point, build. */
  readonly version: readonly [number, number, number, number];
  readonly distribution: number;
}

/** AIM 5.1 for Windows. */
export const AIM_IDENTITY: ClientIdentity = {
  name: 'AOL Instant Messenger, version 5.1.3036/WIN32',
  id: 0x0109,
  version: [5, 1, 0, 3036],
  distribution: 0x611,
};
/** ICQ 2000b. */
export const ICQ_IDENTITY: ClientIdentity = {
  name: 'ICQ Inc. - Product of ICQ (TM).2000b.4.65.1.3281.85',
  id: 0x010a,
  version: [4, 65, 1, 3281],
  distribution: 55,
};

function identityTlvs(identity: ClientIdentity): readonly Tlv[] {
  return [
    { type: 0x16, value: u16(identity.id) },
    ...identity.version.map((part, at) => ({ type: 0x17 + at, value: u16(part) })),
    { type: 0x14, value: u32(identity.distribution) },
    { type: 0x0f, value: textBytes('en') },
    { type: 0x0e, value: textBytes('us') },
  ];
}

/** Body of (17,06). */
export const encodeChallengeRequest = (name: string): Uint8Array =>
  encodeTlvs([
    { type: TLV_SCREEN_NAME, value: textBytes(name) },
    { type: TLV_SECURID, value: new Uint8Array(0) },
    { type: TLV_REGISTRATION, value: new Uint8Array(0) },
  ]);

/** Body of (17,02) with the strong hash; TLV 4A = 1: several sessions may be on, none is thrown out. */
export const encodeLogin = (name: string, hashed: Uint8Array, identity: ClientIdentity): Uint8Array =>
  encodeTlvs([
    { type: TLV_SCREEN_NAME, value: textBytes(name) },
    { type: 0x03, value: textBytes(identity.name) },
    { type: TLV_HASH, value: hashed },
    { type: TLV_STRONG, value: new Uint8Array(0) },
    ...identityTlvs(identity),
    { type: 0x4a, value: u8(1) },
  ]);

/** Payload of the one channel-1 frame of the roasted login. */
export const encodeRoastedLogin = (name: string, password: string, identity: ClientIdentity): Uint8Array =>
  concatBytes([
    u32(1),
    encodeTlvs([
      { type: TLV_SCREEN_NAME, value: textBytes(name) },
      { type: TLV_ROASTED, value: roast(textBytes(password)) },
      { type: 0x03, value: textBytes(identity.name) },
      ...identityTlvs(identity),
    ]),
  ]);

/** Payload of the first frame on a service connection. */
export const encodeCookieSignOn = (cookie: Uint8Array): Uint8Array =>
  concatBytes([u32(1), encodeTlv(TLV_COOKIE, cookie)]);

/** Payload of the server's first frame, and of the client's where it has nothing to add. */
export const HELLO = u32(1);

const MAX_COOKIE_BYTES = 2048;

export type LoginReply =
  | { readonly type: 'accepted'; readonly host: string; readonly cookie: Uint8Array }
  | { readonly type: 'refused'; readonly code: number };

/** The answer to a login. @returns undefined when it is neither */
export function readLoginReply(tlvs: readonly Tlv[]): LoginReply | undefined {
  const error = findTlv(tlvs, TLV_ERROR);
  if (error !== undefined) return { type: 'refused', code: u16Of(error) ?? error[0] ?? 0 };
  const host = findTlv(tlvs, TLV_HOST);
  const cookie = findTlv(tlvs, TLV_COOKIE);
  if (host === undefined || cookie === undefined || cookie.length > MAX_COOKIE_BYTES) return undefined;
  return { type: 'accepted', host: Buffer.from(host).toString('latin1'), cookie };
}
