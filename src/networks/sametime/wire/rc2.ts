// RC2 (RFC 2268). OpenSSL 3 keeps it in a legacy provider that Node does not load, and then with other effective bits.

/** Sametime's ciphers always use all of them, whatever the length of the key. */
const EFFECTIVE_BITS = 1024;
const KEY_BYTES = 128;
const BLOCK_BYTES = 8;
const ROTATIONS = [1, 2, 3, 5] as const;
/** RFC 2268 section 2: a permutation of 0 to 255 from the digits of pi. */
const PI = Buffer.from(
  'd978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2' +
    '179a59f587b34f1361456d8d09817d32bd8f40eb86b77b0bf09521225c6b4e82' +
    '54d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb626' +
    '6fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed7' +
    '08e8eade8052eef784aa72ac354d6a2a961ad2715a1549744b9fd05e0418a4ec' +
    'c2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731' +
    '2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a9' +
    '0d38341bab33ffb0bb480c5fb9b1cd2ec5f3db47e5a59c770aa62068fe7fc1ad',
  'hex',
);

/** 64 words of 16 bits. */
export type Rc2Key = Uint16Array;

const word = (array: Uint16Array, at: number): number => array[at] ?? 0;
const byte = (array: Uint8Array, at: number): number => array[at] ?? 0;

/** Key expansion, RFC 2268 section 2. `key` has 1 to 128 bytes. */
export function expandRc2Key(key: Uint8Array, effectiveBits = EFFECTIVE_BITS): Rc2Key {
  const effectiveBytes = Math.ceil(effectiveBits / 8);
  const mask = 0xff >> (8 * effectiveBytes - effectiveBits);
  const bytes = new Uint8Array(KEY_BYTES);
  bytes.set(key);
  for (let at = key.length; at < KEY_BYTES; at += 1) {
    bytes[at] = byte(PI, (byte(bytes, at - 1) + byte(bytes, at - key.length)) & 0xff);
  }
  const first = KEY_BYTES - effectiveBytes;
  bytes[first] = byte(PI, byte(bytes, first) & mask);
  for (let at = first - 1; at >= 0; at -= 1) {
    bytes[at] = byte(PI, byte(bytes, at + 1) ^ byte(bytes, at + effectiveBytes));
  }
  return Uint16Array.from({ length: KEY_BYTES / 2 }, (_, at) => byte(bytes, 2 * at) | (byte(bytes, 2 * at + 1) << 8));
}

/** Encrypts one block of 8 bytes, RFC 2268 section 3. */
export function encryptRc2Block(key: Rc2Key, block: Uint8Array): Uint8Array {
  const r = wordsOf(block);
  let next = 0;
  for (let round = 0; round < 16; round += 1) {
    for (let i = 0; i < 4; i += 1) {
      const [b, c, d] = neighbours(r, i);
      r[i] = word(r, i) + word(key, next) + (b & c) + (~b & d);
      r[i] = rotateLeft(word(r, i), ROTATIONS[i] ?? 0);
      next += 1;
    }
    if (round !== 4 && round !== 10) continue;
    for (let i = 0; i < 4; i += 1) r[i] = word(r, i) + word(key, word(r, (i + 3) & 3) & 63);
  }
  return bytesOf(r);
}

/** Decrypts one block of 8 bytes, RFC 2268 section 4. */
export function decryptRc2Block(key: Rc2Key, block: Uint8Array): Uint8Array {
  const r = wordsOf(block);
  let next = 63;
  for (let round = 15; round >= 0; round -= 1) {
    if (round === 4 || round === 10) {
      for (let i = 3; i >= 0; i -= 1) r[i] = word(r, i) - word(key, word(r, (i + 3) & 3) & 63);
    }
    for (let i = 3; i >= 0; i -= 1) {
      const [b, c, d] = neighbours(r, i);
      r[i] = rotateLeft(word(r, i), 16 - (ROTATIONS[i] ?? 0));
      r[i] = word(r, i) - word(key, next) - (b & c) - (~b & d);
      next -= 1;
    }
  }
  return bytesOf(r);
}

/** R[i-1], R[i-2], R[i-3], indices modulo 4. The Uint16Array masks whatever is stored in it. */
function neighbours(r: Uint16Array, i: number): readonly [number, number, number] {
  return [word(r, (i + 3) & 3), word(r, (i + 2) & 3), word(r, (i + 1) & 3)];
}

function rotateLeft(value: number, by: number): number {
  return (value << by) | (value >>> (16 - by));
}

function wordsOf(block: Uint8Array): Uint16Array {
  return Uint16Array.from({ length: 4 }, (_, at) => byte(block, 2 * at) | (byte(block, 2 * at + 1) << 8));
}

function bytesOf(words: Uint16Array): Uint8Array {
  return Uint8Array.from({ length: BLOCK_BYTES }, (_, at) => (word(words, at >> 1) >> (8 * (at & 1))) & 0xff);
}
