import { expect, it } from 'vitest';
import { createTurns } from './turns.ts';

const PATIENT = new AbortController().signal;

it('lets so many through at a time, in the order they came', async () => {
  const turns = createTurns(2);
  const gates = [0, 1, 2].map(() => Promise.withResolvers<void>());
  const begun: number[] = [];
  const all = gates.map(({ promise }, at) =>
    turns.take(PATIENT, 'late', async () => {
      begun.push(at);
      await promise;
    }),
  );
  await Promise.resolve();
  await Promise.resolve();
  expect(begun).toEqual([0, 1]);
  gates[1]?.resolve();
  await all[1];
  await new Promise(setImmediate);
  expect(begun).toEqual([0, 1, 2]);
  for (const { resolve } of gates) resolve();
  await Promise.all(all);
});

it('never begins what has waited too long, and keeps the turn of what is late until that has ended', async () => {
  const turns = createTurns(1);
  const slow = Promise.withResolvers<void>();
  const hurry = new AbortController();
  const begun: string[] = [];
  const work = (name: string, until: Promise<void>) => async (): Promise<void> => {
    begun.push(name);
    await until;
  };
  const first = turns.take(hurry.signal, 'too slow', work('first', slow.promise));
  const second = turns.take(hurry.signal, 'too long in line', work('second', Promise.resolve()));
  const third = turns.take(PATIENT, 'late', work('third', Promise.resolve()));
  await new Promise(setImmediate); // the first has begun
  hurry.abort();
  await expect(first).rejects.toMatchObject({ code: 'CHANNEL_RETRY', message: 'too slow' });
  await expect(second).rejects.toMatchObject({ code: 'CHANNEL_RETRY', message: 'too long in line' });
  expect(begun).toEqual(['first']);
  slow.resolve();
  await third;
  expect(begun).toEqual(['first', 'third']);
});

it('passes on why the work failed, and goes on with the next', async () => {
  const turns = createTurns(1);
  const failing = turns.take(PATIENT, 'late', () => Promise.reject(new Error('refused')));
  await expect(failing).rejects.toThrow('refused');
  await expect(turns.take(PATIENT, 'late', async () => 'sent')).resolves.toBe('sent');
});
