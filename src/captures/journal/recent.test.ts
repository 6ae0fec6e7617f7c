import { expect, test } from 'vitest';
import { type OpenRecord, RecentEntries } from './recent.ts';

const record = (content: string): OpenRecord => ({
  type: 'capture',
  atMs: 0,
  slot: new Uint8Array(0),
  commitment: new Uint8Array(0),
  tag: new Uint8Array(0),
  ciphertext: new Uint8Array(0),
  content: Buffer.from(content),
});
const seqs = (entries: readonly { readonly seq: number }[]): number[] => entries.map(({ seq }) => seq);

test('entries come out once, in order, from the number that is asked for', () => {
  const recent = new RecentEntries();
  recent.add(5, [record('a'), record('b')]);
  recent.add(7, [record('c'), record('d')]);
  expect(recent.take(4, 10)).toEqual([]);
  expect(seqs(recent.take(6, 2))).toEqual([6, 7]);
  expect(recent.take(5, 10)).toEqual([]);
  expect(seqs(recent.take(8, 10))).toEqual([8]);
  expect(recent.take(9, 10)).toEqual([]);
});

test('beyond eight megabytes the oldest go', () => {
  const recent = new RecentEntries();
  for (let first = 1; first <= 20; first += 1) recent.add(first, [record('x'.repeat(1_000_000))]);
  expect(recent.take(12, 1)).toEqual([]);
  expect(seqs(recent.take(13, 20))).toEqual([13, 14, 15, 16, 17, 18, 19, 20]);
});

test('a gap in the numbers begins anew', () => {
  const recent = new RecentEntries();
  recent.add(1, [record('a')]);
  recent.add(9, [record('b')]);
  expect(recent.take(1, 10)).toEqual([]);
  expect(seqs(recent.take(9, 10))).toEqual([9]);
});
