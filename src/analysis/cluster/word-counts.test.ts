import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WordCounts } from './word-counts.ts';
import { WriteLog } from './write-log.ts';

const key = fc.nat(200).map((nth) => (Math.imul(nth + 1, 0x9e3779b1) | 0x10) >>> 0);

describe('WordCounts', () => {
  it('counts what it is given, each campaign for itself', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), key), { maxLength: 400 }), (given) => {
        const counts = new WordCounts(4, 64, new WriteLog());
        const expected = new Map<string, number>();
        for (const [slot, one] of given) {
          counts.add(slot, one);
          expected.set(`${slot} ${one}`, (expected.get(`${slot} ${one}`) ?? 0) + 1);
        }
        for (const [name, count] of expected) {
          const [slot = 0, one = 0] = name.split(' ').map(Number);
          expect(counts.get(slot, one)).toBe(count);
        }
      }),
    );
  });

  it('gives every block back', () => {
    const counts = new WordCounts(3, 64, new WriteLog());
    for (let at = 1; at < 600; at++) counts.add(1 + (at % 2), Math.imul(at, 0x9e3779b1) >>> 0);
    expect(counts.free).toBeLessThan(64);
    counts.release(1);
    counts.release(2);
    expect(counts.free).toBe(64);
    expect(counts.get(1, 0x9e3779b1)).toBe(0);
  });

  it('halves counts that no longer fit, and drops the rarest of a full campaign', () => {
    const counts = new WordCounts(2, 32, new WriteLog());
    for (let at = 0; at < 300; at++) counts.add(1, 0x1234_5610);
    expect(counts.get(1, 0x1234_5610)).toBeGreaterThan(127);
    for (let at = 1; at < 20_000; at++) counts.add(1, Math.imul(at, 0x9e3779b1) >>> 0);
    expect(counts.get(1, 0x1234_5610)).toBeGreaterThan(127);
    expect(counts.free).toBe(16);
  });

  it('is as it was after a rollback', () => {
    fc.assert(
      fc.property(fc.array(key, { maxLength: 300 }), fc.array(key, { maxLength: 300 }), (before, after) => {
        const log = new WriteLog();
        const [counts, plain] = [new WordCounts(3, 40, log), new WordCounts(3, 40, new WriteLog())];
        for (const one of before) for (const of of [counts, plain]) of.add(1, one);
        log.open();
        for (const one of after) counts.add(2, one);
        counts.release(1);
        log.rollback();
        for (const one of [...before, ...after]) {
          expect([counts.get(1, one), counts.get(2, one)]).toEqual([plain.get(1, one), 0]);
        }
        expect(counts.free).toBe(plain.free);
      }),
      { numRuns: 50 },
    );
  });
});
