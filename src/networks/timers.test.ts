import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../decoys/testing/fake-clock.ts';
import { Timers } from './timers.ts';

describe('timers by name', () => {
  let clock: FakeClock;
  let fired: string[];
  let timers: Timers<'ping' | 'sign-on'>;

  beforeEach(() => {
    clock = new FakeClock();
    fired = [];
    timers = new Timers(clock, (name) => fired.push(name));
  });

  it('fire once, each at its time', async () => {
    timers.set('ping', 200);
    timers.set('sign-on', 100);
    await clock.advance(99);
    expect(fired).toEqual([]);
    await clock.advance(1);
    expect(fired).toEqual(['sign-on']);
    await clock.advance(1000);
    expect(fired).toEqual(['sign-on', 'ping']);
  });

  it('start anew when they are set again', async () => {
    timers.set('ping', 100);
    await clock.advance(60);
    timers.set('ping', 100);
    await clock.advance(60);
    expect(fired).toEqual([]);
    await clock.advance(40);
    expect(fired).toEqual(['ping']);
  });

  it('may be set again by what they do', async () => {
    timers = new Timers(clock, (name) => {
      fired.push(name);
      if (fired.length < 3) timers.set(name, 10);
    });
    timers.set('ping', 10);
    await clock.advance(100);
    expect(fired).toEqual(['ping', 'ping', 'ping']);
  });

  it('end alone or all together', async () => {
    timers.set('ping', 10);
    timers.set('sign-on', 20);
    timers.set('ping', undefined);
    await clock.advance(15);
    timers.clear();
    await clock.advance(15);
    expect(fired).toEqual([]);
  });

  it('do not fire when they were replaced or cleared at the moment they ran down', async () => {
    const wakes: (() => void)[] = [];
    timers = new Timers(
      { now: () => clock.now(), sleep: () => new Promise((resolve) => wakes.push(resolve)) },
      (name) => fired.push(name),
    );
    timers.set('ping', 10);
    timers.set('sign-on', 10);
    for (const wake of wakes) wake();
    timers.set('ping', 50);
    timers.set('sign-on', undefined);
    await clock.advance(0);
    expect(fired).toEqual([]);
  });
});
