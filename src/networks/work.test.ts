import { beforeEach, describe, expect, it } from 'vitest';
import { Work } from './work.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('work under way', () => {
  let work: Work;

  beforeEach(() => {
    work = new Work();
  });

  it('settles at once when there is none', async () => {
    await expect(work.settle()).resolves.toBeUndefined();
  });

  it('is waited for, with the work that it brings', async () => {
    const first = Promise.withResolvers<void>();
    const second = Promise.withResolvers<void>();
    let settled = false;
    work.track(first.promise.then(() => work.track(second.promise)));
    const settling = work.settle().then(() => {
      settled = true;
    });
    first.resolve();
    await turn();
    expect(settled).toBe(false);
    second.resolve();
    await settling;
    expect(settled).toBe(true);
  });

  it('tells a failure that came between two reads, once', async () => {
    work.track(Promise.reject(new Error('disk full')));
    await turn();
    await expect(work.settle()).rejects.toThrow('disk full');
    await expect(work.settle()).resolves.toBeUndefined();
  });

  it('keeps for the next time what was brought while a failure was told', async () => {
    const later = Promise.withResolvers<void>();
    work.track(Promise.reject(new Error('broken')));
    const settling = work.settle();
    work.track(later.promise);
    await expect(settling).rejects.toThrow('broken');
    let settled = false;
    const again = work.settle().then(() => {
      settled = true;
    });
    await turn();
    expect(settled).toBe(false);
    later.resolve();
    await again;
  });

  it('ends also when it fails, and does not wait for what came later', async () => {
    const never = Promise.withResolvers<void>();
    work.track(Promise.reject(new Error('refused')));
    work.track(Promise.resolve());
    const ended = work.ended();
    work.track(never.promise);
    await expect(ended).resolves.toBeUndefined();
  });
});
