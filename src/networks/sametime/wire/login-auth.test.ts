import { describe, expect, test } from 'vitest';
import { A, B, frame, hex, SHARED } from '../testing/vectors.ts';
import { keyPairOf, publicKeyOf, sharedKey } from './diffie-hellman.ts';
import { AUTH_PLAIN, AUTH_RC2_40, AUTH_RC2_128, decodeLoginAuth, encodeDhLogin, encodeRc2Login } from './login-auth.ts';
import { decodeSametime } from './message.ts';

const a = BigInt(`0x${'11'.repeat(32)}`);
const b = BigInt(`0x${'22'.repeat(32)}`);
const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('hex');

describe('Diffie-Hellman', () => {
  test('gives the keys of the reference', () => {
    expect(text(publicKeyOf(a))).toBe(A);
    expect(text(publicKeyOf(b))).toBe(B);
    expect(text(sharedKey(a, hex(B)))).toBe(SHARED);
    expect(text(sharedKey(b, hex(A)))).toBe(SHARED);
  });

  test('refuses keys that are none or would make the secret guessable', () => {
    const p = `cf84afce86ddfa527f136d10357528eefba0afef808f29174e3b6a9e970001717c8f106c41c161a6ce91057b34da62cbb87bfdc1b35c1b910fea72249d566b9f`;
    const last = `${p.slice(0, -1)}e`;
    for (const key of ['', '00', '01', last, p, 'ff'.repeat(64), `00${A}`])
      expect(sharedKey(a, hex(key))).toBeUndefined();
  });

  test('takes keys without their leading zeros', () => {
    expect(text(sharedKey(a, hex('03')))).toBe(A.slice(-32));
  });

  test('makes a pair of any random bytes, always padded to 64', () => {
    for (const fill of [0, 1, 255]) expect(keyPairOf(new Uint8Array(64).fill(fill)).publicKey).toHaveLength(64);
  });
});

describe('login data', () => {
  test('RC2-128 is byte for byte that of the reference', () => {
    const login = decodeSametime(frame('loginDh'));
    if (login.kind !== 'login') throw new Error('no login');
    const key = sharedKey(a, hex(B)) ?? new Uint8Array();
    expect(text(encodeDhLogin({ publicKey: publicKeyOf(a), key, magic: 0x01234567, password: 'secret1' }))).toBe(
      text(login.auth),
    );
    expect(decodeLoginAuth(AUTH_RC2_128, login.auth, { secret: b, magic: 0x01234567 })).toBe('secret1');
    expect(decodeLoginAuth(AUTH_RC2_128, login.auth, { secret: b, magic: 7 })).toBeUndefined();
  });

  test('RC2-40 is byte for byte that of the reference', () => {
    const login = decodeSametime(frame('loginRc2'));
    if (login.kind !== 'login') throw new Error('no login');
    expect(text(encodeRc2Login(Buffer.from('12345'), 'password'))).toBe(text(login.auth));
    expect(decodeLoginAuth(AUTH_RC2_40, login.auth, { secret: b, magic: 0 })).toBe('password');
  });

  test('plain is the bytes of the password; an unknown form is nothing', () => {
    expect(decodeLoginAuth(AUTH_PLAIN, Buffer.from('x'), { secret: b, magic: 0 })).toBe('x');
    expect(decodeLoginAuth(1, Buffer.from('token'), { secret: b, magic: 0 })).toBeUndefined();
  });
});
