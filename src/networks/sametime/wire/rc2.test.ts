// Vectors of RFC 2268 section 5, and of the 1024 effective bits that Sametime uses (checked against libmeanwhile).
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hex } from '../testing/vectors.ts';
import { Rc2Cipher } from './cipher.ts';
import { decryptRc2Block, encryptRc2Block, expandRc2Key } from './rc2.ts';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('RC2', () => {
  for (const [key, bits, plain, cipher] of [
    ['0000000000000000', 63, '0000000000000000', 'ebb773f993278eff'],
    ['ffffffffffffffff', 64, 'ffffffffffffffff', '278b27e42e2f0d49'],
    ['3000000000000000', 64, '1000000000000001', '30649edf9be7d2c2'],
    ['88', 64, '0000000000000000', '61a8a244adacccf0'],
    ['88bca90e90875a', 64, '0000000000000000', '6ccf4308974c267f'],
    ['88bca90e90875a7f0f79c384627bafb2', 64, '0000000000000000', '1a807d272bbe5db1'],
    ['88bca90e90875a7f0f79c384627bafb2', 128, '0000000000000000', '2269552ab0f85ca6'],
    ['88bca90e90875a7f0f79c384627bafb216f80a6f85920584c42fceb0be255daf1e', 129, '0000000000000000', '5b78d3a43dfff1f1'],
    ['0000000000', 1024, '0000000000000000', '4f002f625d13f27b'],
    ['3132333435', 1024, '0000000000000000', 'b41720097f908e67'],
    ['000102030405060708090a0b0c0d0e0f', 1024, '0000000000000000', '50dc0162bd757f31'],
    ['3132333435', 40, '0000000000000000', '2156320f0a7863e8'],
  ] as const) {
    test(`key ${key} of ${bits} effective bits, both ways`, () => {
      const expanded = expandRc2Key(hex(key), bits);
      expect(text(encryptRc2Block(expanded, hex(plain)))).toBe(cipher);
      expect(text(decryptRc2Block(expanded, hex(cipher)))).toBe(plain);
    });
  }

  test('expands keys to the words of the reference', () => {
    expect(expandRc2Key(hex('0000000000'))[0]).toBe(0x00d9);
    expect(expandRc2Key(hex('3132333435'))[0]).toBe(0x328f);
    const login = expandRc2Key(Buffer.from('L1000'));
    expect([...login.subarray(0, 4), login[63]]).toEqual([0x31a7, 0x3030, 0xc830, 0xa8a6, 0xdb31]);
  });
});

describe('RC2 in CBC', () => {
  for (const [key, plain, cipher] of [
    ['0000000000', 'password', '4a6ec4cee0f3f8f8a4ab8e5447400afe'],
    ['3132333435', 'password', '166111815bfea7d41b04686500b1793b'],
    ['3132333435', '', '772f8c1bdca0e86b'],
    ['000102030405060708090a0b0c0d0e0f', 'password', '5de43fa8d80f9cae9af83d1d36fdc381'],
    ['8410ce29a9', 'secret1', '4ad2abdba4c22500'],
  ] as const) {
    test(`${JSON.stringify(plain)} under ${key}, both ways`, () => {
      expect(text(new Rc2Cipher(hex(key)).encrypt(Buffer.from(plain)))).toBe(cipher);
      expect(Buffer.from(new Rc2Cipher(hex(key)).decrypt(hex(cipher))).toString()).toBe(plain);
    });
  }

  test('the IV chains from one message into the next', () => {
    const cipher = new Rc2Cipher(Buffer.from('L1000'));
    expect(text(cipher.encrypt(hex('00000001 0002 6869')))).toBe('88d23973cd83f4c8bcdda145e0ac3d97');
    expect(text(cipher.encrypt(hex('00000002 00000004 00000000 00000008 3c623e783c2f623e')))).toBe(
      '3ab04ad62585cf83988f9373e1267b91d1e7d7c73b972acdb50f26c4f5468554',
    );
  });

  test('any messages come back in order', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 5, maxLength: 16 }),
        fc.array(fc.uint8Array(), { maxLength: 5 }),
        (key, all) => {
          const out = new Rc2Cipher(key);
          const back = new Rc2Cipher(key);
          for (const message of all) expect([...back.decrypt(out.encrypt(message))]).toEqual([...message]);
        },
      ),
    );
  });

  test('bytes that are no ciphertext are WIRE_MALFORMED and never more', () => {
    for (const bytes of ['', '00', '0011223344556677889900', '0000000000000000']) {
      expect(() => new Rc2Cipher(hex('3132333435')).decrypt(hex(bytes))).toThrow(
        expect.objectContaining({ code: 'WIRE_MALFORMED' }) as Error,
      );
    }
  });
});
