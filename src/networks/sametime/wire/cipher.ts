// RC2 in CBC as Sametime uses it: a fixed first IV, padding always there, and an IV that chains over the messages of
// one direction of one channel. So: one cipher object a direction, and every encrypted message through it in order.
import { concatBytes } from '../../../core/bytes.ts';
import { SundewError } from '../../../core/error.ts';
import { decryptRc2Block, encryptRc2Block, expandRc2Key, type Rc2Key } from './rc2.ts';

const FIRST_IV = Uint8Array.of(0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef);
const BLOCK = 8;

/** One direction of one channel, or one login. */
export class Rc2Cipher {
  readonly #key: Rc2Key;
  #iv: Uint8Array = FIRST_IV;

  constructor(key: Uint8Array) {
    this.#key = expandRc2Key(key);
  }

  encrypt(plain: Uint8Array): Uint8Array {
    const padding = BLOCK - (plain.length % BLOCK);
    const padded = concatBytes([plain, new Uint8Array(padding).fill(padding)]);
    for (let at = 0; at < padded.length; at += BLOCK) {
      this.#iv = encryptRc2Block(this.#key, xor(padded.subarray(at, at + BLOCK), this.#iv));
      padded.set(this.#iv, at);
    }
    return padded;
  }

  /** @throws SundewError WIRE_MALFORMED for no whole blocks or wrong padding; the IV moves on all the same */
  decrypt(bytes: Uint8Array): Uint8Array {
    const whole = bytes.length - (bytes.length % BLOCK);
    const plain = new Uint8Array(whole);
    for (let at = 0; at < whole; at += BLOCK) {
      const block = bytes.slice(at, at + BLOCK);
      plain.set(xor(decryptRc2Block(this.#key, block), this.#iv), at);
      this.#iv = block;
    }
    const padding = plain.at(-1) ?? 0;
    if (whole !== bytes.length || whole === 0 || padding < 1 || padding > BLOCK) {
      throw new SundewError('WIRE_MALFORMED', `${bytes.length} bytes of RC2 ciphertext do not end in padding`);
    }
    return plain.subarray(0, whole - padding);
  }
}

function xor(a: Uint8Array, b: Uint8Array): Uint8Array {
  return a.map((value, at) => value ^ (b[at] ?? 0));
}
