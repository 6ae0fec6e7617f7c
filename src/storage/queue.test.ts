import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { openDatabase } from './database.ts';
import { openQueue } from './queue.ts';
import { testDatabase } from './testing/test-database.ts';

const IMPATIENT = { retries: 1, firstPauseSeconds: 1, maxPauseSeconds: 1, timeoutSeconds: 10 };

test('a job commits with its transaction and runs at once', async () => {
  await using database = await testDatabase();
  await using queue = await openQueue(database);
  const seen: { data: unknown; at: number }[] = [];
  await queue.work('mail', async ({ data }) => void seen.push({ data, at: performance.now() }));
  await sleep(50);
  const delays: number[] = [];
  for (let round = 0; round < 10; round += 1) {
    await database.db.transaction().execute((tx) => queue.insert(tx, 'mail', [{ data: { round } }]));
    const committed = performance.now();
    await vi.waitFor(() => expect(seen).toHaveLength(round + 1), { interval: 2 });
    delays.push((seen.at(-1)?.at ?? 0) - committed);
  }
  delays.sort((a, b) => a - b);
  expect(delays[5]).toBeLessThan(200);
});

test('a job whose transaction rolls back never runs, and an id counts once', async () => {
  await using database = await testDatabase();
  await using queue = await openQueue(database);
  const ran: string[] = [];
  await queue.work('mail', async ({ id }) => void ran.push(id));
  const failing = database.db.transaction().execute(async (tx) => {
    await queue.insert(tx, 'mail', [{ data: { lost: true } }]);
    throw new RangeError('on purpose');
  });
  await expect(failing).rejects.toThrow('on purpose');
  const id = randomUUID();
  await queue.insert(database.db, 'mail', [{ id, data: {} }]);
  await queue.insert(database.db, 'mail', [{ id, data: {} }]);
  await vi.waitFor(() => expect(ran).toEqual([id]));
  await sleep(300);
  expect(ran).toEqual([id]);
});

test('a backlog of hundreds drains with as many at a time as asked', async () => {
  await using database = await testDatabase();
  await using queue = await openQueue(database);
  let active = 0;
  let most = 0;
  let done = 0;
  await queue.insert(
    database.db,
    'mail',
    Array.from({ length: 300 }, (_, n) => ({ data: { n } })),
  );
  const handler = async (): Promise<void> => {
    active += 1;
    most = Math.max(most, active);
    await sleep(1);
    active -= 1;
    done += 1;
  };
  await queue.work('mail', handler, { concurrency: 8 });
  await vi.waitFor(() => expect(done).toBe(300), { timeout: 15_000 });
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(8);
});

test('a job that throws is tried again, then waits in the dead-letter queue until redriven', async () => {
  await using database = await testDatabase();
  await using queue = await openQueue(database);
  const attempts: number[] = [];
  let healed = false;
  const handler = async ({ attempt }: { attempt: number }): Promise<void> => {
    attempts.push(attempt);
    if (!healed) throw new RangeError('mail server away');
  };
  await queue.work('mail', handler, { policy: IMPATIENT });
  await queue.insert(database.db, 'mail', [{ data: {} }]);
  await vi.waitFor(async () => expect(await queue.counts('mail')).toMatchObject({ dead: 1 }), { timeout: 15_000 });
  expect(attempts).toEqual([1, 2]);
  healed = true;
  expect(await queue.redrive('mail')).toBe(1);
  await vi.waitFor(() => expect(attempts).toHaveLength(3), { timeout: 10_000 });
});

test('a job declared dead is not tried again', async () => {
  await using database = await testDatabase();
  await using queue = await openQueue(database);
  let tries = 0;
  await queue.work('mail', async () => {
    tries += 1;
    return 'dead';
  });
  await queue.insert(database.db, 'mail', [{ data: {} }]);
  await vi.waitFor(async () => expect(await queue.counts('mail')).toEqual({ waiting: 0, active: 0, dead: 1 }));
  expect(tries).toBe(1);
});

test('a job that a killed process held is taken up at the next start', async () => {
  await using database = await testDatabase();
  const first = await openQueue(database);
  let held = false;
  await first.work('mail', async ({ signal }) => {
    held = true;
    await sleep(60_000, undefined, { signal }).catch(() => undefined); // the "process" that never settles it
  });
  await first.insert(database.db, 'mail', [{ data: {} }]);
  await vi.waitFor(() => expect(held).toBe(true));
  await using second = await openQueue(database);
  const attempts: number[] = [];
  await second.work('mail', async ({ attempt }) => void attempts.push(attempt));
  await vi.waitFor(() => expect(attempts[0]).toBe(2), { timeout: 10_000 });
  void first.stop();
});

test('the two realms have queues of their own', async () => {
  await using live = await testDatabase();
  await using simulated = openDatabase({ url: live.url, realm: 'simulated' });
  await using liveQueue = await openQueue(live);
  await using simulatedQueue = await openQueue(simulated);
  await liveQueue.insert(live.db, 'mail', [{ data: {} }]);
  expect(await liveQueue.counts('mail')).toMatchObject({ waiting: 1 });
  expect(await simulatedQueue.counts('mail')).toMatchObject({ waiting: 0 });
});
