import { describe, expect, it } from 'vitest';
import { Background } from './background.ts';
import { RecentIndex } from './recent-index.ts';
import { WriteLog } from './write-log.ts';

function under(index: RecentIndex, key: number): readonly number[] {
  const found: number[] = [];
  index.each(key, (reference) => found.push(reference));
  return found;
}

describe('RecentIndex', () => {
  it('keeps the campaigns of a key that were seen last', () => {
    const index = new RecentIndex(1, new WriteLog());
    const seen = { lastTick: (reference: number) => reference };
    for (let reference = 1; reference <= 20; reference++) index.add(7, reference, seen);
    expect([...under(index, 7)].sort((a, b) => a - b)).toEqual([13, 14, 15, 16, 17, 18, 19, 20]);
    index.add(7, 20, seen);
    expect(under(index, 7)).toHaveLength(8);
    expect(under(index, 8)).toEqual([]);
  });

  it('gives up references to forgotten campaigns first', () => {
    const index = new RecentIndex(1, new WriteLog());
    const seen = { lastTick: (reference: number) => (reference === 8 ? -1 : reference) };
    for (let reference = 1; reference <= 9; reference++) index.add(7, reference, seen);
    expect(under(index, 7)).not.toContain(8);
    expect(under(index, 7)).toContain(1);
  });
});

describe('Background', () => {
  it('counts, and gives up the rarest when it is full', () => {
    const background = new Background(1, new WriteLog());
    for (const key of [1, 1, 1, 2, 2, 3, 4, 4, 4, 4]) background.add(key, true);
    background.add(5, false);
    expect([1, 2, 3, 4, 5].map((key) => background.count(key))).toEqual([3, 2, 0, 4, 1]);
    expect(background.total).toBe(10);
  });
});
