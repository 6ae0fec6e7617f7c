// kill −9 at any moment: every subscriber is told, and the far side can tell each repetition by its Message-ID.
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { testDatabase } from '../storage/testing/test-database.ts';
import { enqueueAlerts } from './enqueue.ts';
import { countDeliveries } from './outbox-report-store.ts';
import { killChild, startChild } from './testing/child.ts';
import { insertSubscribers } from './testing/confirmed.ts';
import { DEAF_QUEUE, until, warningChange } from './testing/fakes.ts';
import { startSmtpSink } from './testing/smtp-sink.ts';

const SUBSCRIBERS = 200;
const KILLS = 10;
const LEASE_MS = 1_500;
const CHILD = fileURLToPath(new URL('testing/dispatch-child.ts', import.meta.url));

const childAt = (url: string, port: number) => startChild(CHILD, [url, String(port), String(LEASE_MS)]);

it('delivers 200 alerts exactly once by Message-ID while the dispatcher is killed ten times', async () => {
  await using database = await testDatabase();
  await using sink = await startSmtpSink({ judge: () => sleep(25) });
  await insertSubscribers(
    database.db,
    Array.from({ length: SUBSCRIBERS }, (_, at) => ({ address: `reader${at}@readers.example` })),
  );
  await database.db
    .transaction()
    .execute((tx) => enqueueAlerts(tx, DEAF_QUEUE, [warningChange()], { now: new Date() }));
  for (let kills = 0; kills < KILLS; kills += 1) {
    const child = await childAt(database.url, sink.port);
    const seen = sink.mails.length;
    await until(() => sink.mails.length > seen || sink.mails.length >= SUBSCRIBERS, 15_000);
    await sleep(Math.random() * 60);
    await killChild(child);
  }
  const cut = new Set(sink.mails.map((mail) => mail.messageId)).size;
  expect(cut).toBeLessThan(SUBSCRIBERS); // else the kills came too late to prove anything
  const last = await childAt(database.url, sink.port);
  try {
    await until(async () => (await countDeliveries(database.db)).sent === SUBSCRIBERS, 60_000);
  } finally {
    await killChild(last);
  }
  const idsOf = new Map<string, Set<string>>();
  for (const mail of sink.mails) {
    for (const to of mail.to) idsOf.set(to, (idsOf.get(to) ?? new Set()).add(mail.messageId));
  }
  expect(idsOf.size).toBe(SUBSCRIBERS);
  expect([...idsOf.values()].every((ids) => ids.size === 1)).toBe(true);
  expect(new Set(sink.mails.map((mail) => mail.messageId)).size).toBe(SUBSCRIBERS);
}, 120_000);
