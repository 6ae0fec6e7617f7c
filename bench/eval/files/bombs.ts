// Files made to hurt their reader. Each must be contained: an answer in time, bounded, that says what is wrong.
import { gzipSync } from 'node:zlib';
import { nestedGzip, nestedZip, overlappingZip, tarOf, zipOf } from '../../../src/analysis/files/testing/archives.ts';

const MIB = 1024 * 1024;

export interface Bomb {
  readonly name: string;
  readonly make: () => Uint8Array;
  /** What the answer must say. */
  readonly says: RegExp;
}

const TOO_MUCH = /unpacks to far more|share the same bytes/;
const TOO_DEEP = /deeper than is looked into|more entries than/;

/** Zip entries by the hundred thousand, all of nothing. */
function manyEntries(count: number): Uint8Array {
  const one = zipOf([{ name: 'a', content: new Uint8Array(), stored: true }]);
  const local = one.subarray(0, 31);
  const central = one.subarray(31, 31 + 47);
  const end = Buffer.from(one.subarray(31 + 47));
  const list = Buffer.alloc(central.length * count);
  const locals = Buffer.alloc(local.length * count);
  for (let at = 0; at < count; at += 1) {
    local.copy(locals, at * local.length);
    central.copy(list, at * central.length);
    list.writeUInt32LE(at * local.length, at * central.length + 42);
  }
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(locals.length, 16);
  return Buffer.concat([locals, list, end]);
}

export const BOMBS: readonly Bomb[] = [
  { name: 'zip in zip, six levels of sixteen', make: () => nestedZip(6, 16, 4 * MIB), says: TOO_DEEP },
  { name: 'zip whose entries share bytes', make: () => overlappingZip(5000, 20 * MIB), says: TOO_MUCH },
  {
    name: 'zip of one huge entry',
    make: () => zipOf([{ name: 'a', content: Buffer.alloc(200 * MIB) }]),
    says: TOO_MUCH,
  },
  {
    name: 'zip whose header says ten bytes',
    make: () => zipOf([{ name: 'a', content: Buffer.alloc(90 * MIB), claimedBytes: 10 }]),
    says: TOO_MUCH,
  },
  {
    name: 'zip64 that says a million gigabytes',
    make: () => zipOf([{ name: 'a.exe', content: Buffer.from('MZ'), claimedBytes: 2 ** 50, zip64: true }]),
    says: /program/,
  },
  {
    name: 'zip of many large entries',
    make: () => zipOf(Array.from({ length: 300 }, (_value, at) => ({ name: `${at}`, content: Buffer.alloc(MIB, at) }))),
    says: TOO_MUCH,
  },
  { name: 'zip of a hundred thousand entries', make: () => manyEntries(100_000), says: /more entries than/ },
  { name: 'gzip of 400 MiB', make: () => gzipSync(Buffer.alloc(400 * MIB), { level: 1 }), says: TOO_MUCH },
  { name: 'gzip in gzip, forty levels', make: () => nestedGzip(40, Buffer.alloc(1000)), says: TOO_DEEP },
  {
    name: 'tar that says eight gigabytes',
    make: () => tarOf([{ name: 'a', content: Buffer.from('x'), claimed: '77777777777\0', kind: 'S' }]),
    says: /damaged/,
  },
  {
    name: 'tar of fifty thousand headers',
    make: () => tarOf(Array.from({ length: 50_000 }, () => ({ name: 'a', content: new Uint8Array() }))),
    says: /more entries than/,
  },
];
