// TLSH, a hash that stays near when a file changes little: 128 buckets, one check byte, version T1.
// After Oliver, Cheng, Chen, "TLSH - A Locality Sensitive Hash" (2013), as tlsh 4 writes it.

const MIN_BYTES = 50;
const WINDOW = 5;
const BUCKETS = 128;
const CODE_BYTES = BUCKETS / 4;

/** The permutation of RFC 3074, appendix A. */
const PEARSON = Uint8Array.from(
  Buffer.from(
    '0157310cb0b266a679c10654f9e62ca30ec5d5b5a155da5040ef18e2ec8e26c86eb168678dfdff324d6551122d601fde196bbe4656edf02248f214d6f4e395eb' +
      '61ea39163cfa52afd0057fc76f3e87f8aea9d33a429a6ac3f5ab11bbb6b300f38438944b80859e64827e5b0d99f6d8db7744df4e5358c9637a0b5c208872340a' +
      '8a1e30b79c233d1a8f4afb5e81a23f98aa0773a7f1ce0396373b97dc5a3517837dad0fee4f5f59106989e1e0d9a0257b7649029d2e74099186e4cfd4cad745e5' +
      '1bbc437ca8fc2a041d6c15f713cd27cbe928ba93c6c09b21a4bf62cca5b4754c8c24d2ac29369f08b9e871c4e72f927833411c90fedd5dbdc28b702b476db8d1',
    'hex',
  ),
);

/** The Pearson hash of a salt and two bytes, by salt: one look-up instead of three. */
const PAIRS = new Map([0, 2, 3, 5, 7, 11, 13].map((salt) => [salt, pairTable(salt)]));
const NONE = new Uint8Array(0);

function pairTable(salt: number): Uint8Array {
  const table = new Uint8Array(65_536);
  const salted = PEARSON[salt] ?? 0;
  for (let pair = 0; pair < table.length; pair += 1) {
    table[pair] = PEARSON[(PEARSON[salted ^ (pair >> 8)] ?? 0) ^ (pair & 0xff)] ?? 0;
  }
  return table;
}

/** @returns `T1` and 70 hexadecimal digits, or `undefined` for what is too short or too uniform to say anything */
export function tlsh(bytes: Uint8Array): string | undefined {
  if (bytes.length < MIN_BYTES) return undefined;
  const buckets = new Uint32Array(256);
  const checksum = count(bytes, buckets);
  const sorted = buckets.slice(0, BUCKETS).sort();
  const [q1 = 0, q2 = 0, q3 = 0] = [sorted[31], sorted[63], sorted[95]];
  let used = 0;
  for (const value of sorted) if (value > 0) used += 1;
  if (q3 === 0 || used <= BUCKETS / 2) return undefined;
  const digest = new Uint8Array(3 + CODE_BYTES);
  digest[0] = swapped(checksum);
  digest[1] = swapped(lengthCode(bytes.length));
  digest[2] = swapped((ratio(q1, q3) & 0xf) | ((ratio(q2, q3) & 0xf) << 4));
  for (let at = 0; at < CODE_BYTES; at += 1) {
    let code = 0;
    for (let part = 3; part >= 0; part -= 1) {
      const value = buckets[4 * at + part] ?? 0;
      code = (code << 2) | (value > q3 ? 3 : value > q2 ? 2 : value > q1 ? 1 : 0);
    }
    digest[digest.length - 1 - at] = code;
  }
  return `T1${Buffer.from(digest).toString('hex').toUpperCase()}`;
}

/** Fills the buckets by the triplets of a sliding window. @returns the check byte */
function count(bytes: Uint8Array, buckets: Uint32Array): number {
  // One table and one row of counters a salt: no addition waits for the one before it.
  const [s0, s2, s3, s5] = [pairsOf(0), pairsOf(2), pairsOf(3), pairsOf(5)];
  const [s7, s11, s13] = [pairsOf(7), pairsOf(11), pairsOf(13)];
  const rows = Array.from({ length: 6 }, () => new Uint32Array(256));
  const [r2, r3, r5, r7, r11, r13] = rows as [Row, Row, Row, Row, Row, Row];
  const pearson = PEARSON;
  const length = bytes.length;
  let checksum = 0;
  let [d, c, b, a] = [bytes[0] as number, bytes[1] as number, bytes[2] as number, bytes[3] as number];
  for (let at = WINDOW - 1; at < length; at += 1) {
    const e = bytes[at] as number;
    const ea = (e << 8) | a;
    const eb = (e << 8) | b;
    checksum = (s0[ea] as number) ^ checksum;
    checksum = pearson[checksum] as number;
    (r2[(s2[ea] as number) ^ b] as number) += 1;
    (r3[(s3[ea] as number) ^ c] as number) += 1;
    (r5[(s5[eb] as number) ^ c] as number) += 1;
    (r7[(s7[eb] as number) ^ d] as number) += 1;
    (r11[(s11[ea] as number) ^ d] as number) += 1;
    (r13[(s13[(e << 8) | c] as number) ^ d] as number) += 1;
    d = c;
    c = b;
    b = a;
    a = e;
  }
  // The last look-up of the hash is the same for all that met in a counter.
  for (const row of rows) for (const [at, times] of row.entries()) add(buckets, PEARSON[at] ?? 0, times);
  return checksum;
}

type Row = Uint32Array;

function add(buckets: Uint32Array, at: number, times: number): void {
  buckets[at] = (buckets[at] ?? 0) + times;
}

function pairsOf(salt: number): Uint8Array {
  return PAIRS.get(salt) ?? NONE;
}

function ratio(part: number, whole: number): number {
  return Math.trunc(Math.fround(Math.fround(part * 100) / Math.fround(whole)));
}

/** The length on a scale of logarithms in three stretches. */
function lengthCode(bytes: number): number {
  const log = Math.log(bytes);
  if (bytes <= 656) return Math.floor(log / Math.log(1.5)) & 0xff;
  if (bytes <= 3199) return Math.floor(log / Math.log(1.3) - 8.727_77) & 0xff;
  return Math.floor(log / Math.log(1.1) - 62.5472) & 0xff;
}

function swapped(byte: number): number {
  return ((byte & 0xf) << 4) | (byte >> 4);
}
