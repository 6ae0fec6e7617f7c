import { expect, test } from 'vitest';
import { createLiveHub } from './live.ts';

test('a listener gets what is published after it came, in order, until its signal ends', async () => {
  const hub = createLiveHub<number>();
  hub.publish(0);
  const stop = new AbortController();
  const seen: number[] = [];
  const done = (async () => {
    for await (const event of hub.subscribe(stop.signal)) seen.push(event);
  })();
  await Promise.resolve();
  hub.publish(1);
  hub.publish(2);
  await new Promise((resolve) => setImmediate(resolve));
  stop.abort();
  await done;
  expect(seen).toEqual([1, 2]);
  expect(hub.listeners).toBe(0);
});

test('a listener that does not read loses the oldest events and holds no more than its capacity', async () => {
  const hub = createLiveHub<number>();
  const stop = new AbortController();
  const stream = hub.subscribe(stop.signal, 3);
  const first = stream.next();
  for (let event = 1; event <= 10; event += 1) hub.publish(event);
  const seen = [(await first).value, (await stream.next()).value, (await stream.next()).value];
  expect(seen).toEqual([8, 9, 10]);
  stop.abort();
  expect((await stream.next()).done).toBe(true);
});
