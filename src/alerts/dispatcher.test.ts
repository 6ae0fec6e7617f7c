import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SILENT } from '../core/clock.ts';
import { SundewError } from '../core/error.ts';
import { openDatabase } from '../storage/database.ts';
import { openQueue, type Queue } from '../storage/queue.ts';
import { type TestDatabase, testDatabase } from '../storage/testing/test-database.ts';
import { createEmailChannel } from './channels/email.ts';
import { type Dispatcher, type DispatcherOptions, startDispatcher } from './dispatcher.ts';
import { enqueueAlerts } from './enqueue.ts';
import { DEAD_STATES, listDeliveries, retryDelivery } from './outbox-report-store.ts';
import { stop } from './subscription.ts';
import { insertSubscribers } from './testing/confirmed.ts';
import { DEAF_QUEUE, REAL_CLOCK, recordingChannel, settableClock, until, warningChange } from './testing/fakes.ts';
import { startSmtpSink } from './testing/smtp-sink.ts';

let database: TestDatabase;
let queue: Queue;
const running: Dispatcher[] = [];

beforeAll(async () => {
  database = await testDatabase();
  queue = await openQueue(database);
});
afterAll(async () => {
  await queue?.stop();
  await database?.close();
});
beforeEach(async () => {
  await database.db.deleteFrom('subscriber').execute();
  await database.db.deleteFrom('alert').execute();
});
afterEach(async () => {
  for (const dispatcher of running.splice(0)) await dispatcher.stop();
});

const start = async (options: Partial<DispatcherOptions>): Promise<Dispatcher> => {
  const dispatcher = await startDispatcher({
    db: database.db,
    queue: DEAF_QUEUE,
    channels: [],
    clock: REAL_CLOCK,
    random: () => 0,
    log: SILENT,
    publicUrl: 'https://sundew.example/',
    isDecoyAddress: () => false,
    ...options,
  });
  running.push(dispatcher);
  return dispatcher;
};

const tell = (
  changes: Parameters<typeof enqueueAlerts>[2],
  now = new Date(),
  into = DEAF_QUEUE as never,
): Promise<void> => database.db.transaction().execute((tx) => enqueueAlerts(tx, into, changes, { now }));

const states = async (): Promise<string[]> => (await listDeliveries(database.db)).map((delivery) => delivery.state);

describe('dispatcher', () => {
  it('has a mail at the SMTP server within tens of milliseconds of the commit', async () => {
    await insertSubscribers(database.db, [{ address: 'ann@readers.example' }]);
    let arrived = 0;
    await using sink = await startSmtpSink({
      judge: () => {
        arrived = performance.now();
      },
    });
    const email = createEmailChannel({
      host: '127.0.0.1',
      port: sink.port,
      security: 'none',
      from: 'a@sundew.example',
    });
    await start({ queue, channels: [email] });
    await tell([warningChange({ id: 'W-WARM' })], new Date(), queue as never);
    await until(async () => (await states()).every((state) => state === 'sent') && sink.mails.length === 1);
    const latencies: number[] = [];
    for (let revision = 1; revision <= 5; revision += 1) {
      await tell([warningChange({ id: 'W-FAST', revision })], new Date(), queue as never);
      const committed = performance.now();
      await until(() => sink.mails.length === revision + 1);
      latencies.push(arrived - committed);
    }
    expect(Math.min(...latencies)).toBeLessThan(100);
    expect(latencies.toSorted((a, b) => a - b)[2]).toBeLessThan(300);
  });

  it('finds work whose wake-up was lost', async () => {
    await insertSubscribers(database.db, [{ address: 'ann@readers.example' }]);
    const email = recordingChannel('email');
    await start({ channels: [email] });
    await tell([warningChange()]);
    await until(() => email.sent.length === 1);
    await until(async () => (await states())[0] === 'sent');
  });

  it('tries again with the same id after CHANNEL_RETRY and stops at CHANNEL_REFUSED', async () => {
    await insertSubscribers(database.db, [{ address: 'ann@readers.example' }]);
    const ids: string[] = [];
    const email = recordingChannel('email', (message) => {
      ids.push(message.stableId);
      throw new SundewError(ids.length < 2 ? 'CHANNEL_RETRY' : 'CHANNEL_REFUSED', 'no such mailbox');
    });
    await start({ channels: [email] });
    await tell([warningChange()]);
    await until(async () => (await states())[0] === 'failed');
    expect(new Set(ids).size).toBe(1);
    expect(ids).toHaveLength(2);
    const [dead] = await listDeliveries(database.db, { states: DEAD_STATES });
    expect(dead).toMatchObject({ attempt: 2, cause: 'no such mailbox', address: 'ann@readers.example' });
    const attempts = await database.db.selectFrom('delivery_attempt').selectAll().orderBy('n').execute();
    expect(attempts.map((attempt) => attempt.outcome)).toEqual(['retry', 'refused']);
    expect(await retryDelivery(database.db, dead?.id ?? '', new Date())).toBe(true);
  });

  it('expires what it could not deliver within the window of its severity', async () => {
    await insertSubscribers(database.db, [{ address: 'ann@readers.example' }]);
    const clock = settableClock('2026-03-01T12:00:00Z');
    const email = recordingChannel('email', () => {
      throw new SundewError('CHANNEL_RETRY', 'away');
    });
    await tell([warningChange({ severity: 'info' })], clock.now());
    await start({ channels: [email], clock });
    await until(async () => (await listDeliveries(database.db))[0]?.cause === 'away');
    clock.set('2026-03-01T14:00:01Z');
    await until(async () => (await states())[0] === 'expired');
    expect(email.sent).toHaveLength(0);
  });

  /** One delivery that a dead worker holds for a minute. */
  async function leaseOfTheDead(): Promise<ReturnType<typeof settableClock>> {
    await insertSubscribers(database.db, [{ address: 'ann@readers.example' }]);
    const clock = settableClock('2026-03-01T12:00:00Z');
    await tell([warningChange()], clock.now());
    await database.db
      .updateTable('delivery')
      .set({ state: 'leased', lease_owner: 'dead', lease_until: '2026-03-01T12:01:00Z', attempt: 1 })
      .execute();
    return clock;
  }

  it('takes a delivery that a dead worker left leased, but only after its lease', async () => {
    const clock = await leaseOfTheDead();
    const email = recordingChannel('email');
    const dispatcher = await start({ channels: [email], clock, sole: false });
    dispatcher.wake();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(email.sent).toHaveLength(0);
    clock.set('2026-03-01T12:01:01Z');
    await until(() => email.sent.length === 1);
  });

  it('takes it at once when it is alone on its outbox', async () => {
    const clock = await leaseOfTheDead();
    const email = recordingChannel('email');
    await start({ channels: [email], clock });
    await until(async () => (await states())[0] === 'sent');
    expect(email.sent).toHaveLength(1);
  });

  it('sends nothing more once the subscriber said stop, not even what was under way in the outbox', async () => {
    const tokens = await insertSubscribers(database.db, [{ address: 'ann@readers.example' }]);
    await tell([warningChange()]);
    await stop(database.db, tokens.get('ann@readers.example') ?? '', new Date());
    const email = recordingChannel('email');
    await start({ channels: [email] });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(email.sent).toHaveLength(0);
    expect(await states()).toEqual(['suppressed']);
  });

  it('looks again directly before it sends: a stop after the lease counts', async () => {
    const tokens = await insertSubscribers(database.db, [{ address: 'ann@readers.example' }]);
    const email = recordingChannel('email', async (message) => {
      if (message.thread?.startsWith('W-AAAA')) {
        await stop(database.db, tokens.get('ann@readers.example') ?? '', new Date());
      }
    });
    await tell([warningChange({ id: 'W-AAAA', severity: 'critical' }), warningChange({ id: 'W-BBBB' })]);
    await start({ channels: [email] });
    await until(async () => (await states()).every((state) => state === 'sent' || state === 'suppressed'));
    expect(email.sent.map((message) => message.thread?.slice(0, 6))).toEqual(['W-AAAA']);
  });

  it('writes to no address that has become a decoy', async () => {
    await insertSubscribers(database.db, [{ address: 'dora@decoys.example' }]);
    const email = recordingChannel('email');
    await tell([warningChange()]);
    await start({ channels: [email], isDecoyAddress: (_channel, address) => address === 'dora@decoys.example' });
    await until(async () => (await states())[0] === 'suppressed');
    expect(email.sent).toHaveLength(0);
  });

  it('keeps the budget of the day, says so once, and lets corrections through', async () => {
    await insertSubscribers(database.db, [{ address: 'ann@readers.example' }]);
    const clock = settableClock('2026-03-01T12:00:00Z');
    const email = recordingChannel('email');
    await start({ channels: [email], budgetPerDay: 3, clock });
    await tell(
      Array.from({ length: 6 }, (_, at) => warningChange({ id: `W-B${at}` })),
      clock.now(),
    );
    await until(async () => (await states()).filter((state) => state === 'sent').length === 4);
    expect(email.sent.filter((message) => message.subject.includes('Budget'))).toHaveLength(1);
    expect((await states()).filter((state) => state === 'suppressed')).toHaveLength(3);
    const told = email.sent.find((message) => !message.subject.includes('Budget'))?.thread?.slice(0, 4) ?? '';
    await tell([warningChange({ id: told, revision: 2 }, 'corrected')], clock.now());
    await until(() => email.sent.some((message) => message.subject.includes('Correction')));
  });

  it('is not held up in one channel by another that hangs', async () => {
    await insertSubscribers(database.db, [
      { address: 'ann@readers.example' },
      { address: 'bob@im.example', channel: 'xmpp' },
    ]);
    let release = (): void => undefined;
    const hang = new Promise<void>((resolve) => {
      release = resolve;
    });
    const email = recordingChannel('email', () => hang);
    const xmpp = recordingChannel('xmpp');
    await tell([warningChange()]);
    await start({ channels: [email, xmpp], concurrency: 1 });
    await until(() => xmpp.sent.length === 1);
    expect(email.sent).toHaveLength(0);
    release();
  });

  it('sends at once what waited for a channel that is set up later', async () => {
    await insertSubscribers(database.db, [{ address: 'ann@readers.example' }]);
    await tell([warningChange()]);
    const dispatcher = await start({ random: () => 0.999 });
    await until(async () => (await listDeliveries(database.db))[0]?.cause?.includes('not set up') === true);
    const email = recordingChannel('email');
    await dispatcher.setChannel('email', email);
    await until(() => email.sent.length === 1);
  });

  it('goes on after every connection to the database was killed, again and again', async () => {
    const addresses = Array.from({ length: 40 }, (_, at) => ({ address: `reader${at}@readers.example` }));
    await insertSubscribers(database.db, addresses);
    const email = recordingChannel('email', () => sleep(20));
    await tell([warningChange()]);
    await using own = openDatabase({ url: database.url, realm: 'live', max: 5 });
    await start({ db: own.db, channels: [email], concurrency: 4, leaseMs: 1_500, random: Math.random });
    for (let kills = 0; kills < 5; kills += 1) {
      await sleep(40);
      await sql`select pg_terminate_backend(pid) from pg_stat_activity
                where datname = current_database() and pid <> pg_backend_pid() and application_name = 'sundew live'
                and backend_type = 'client backend'`.execute(database.db);
    }
    await until(async () => (await states()).every((state) => state === 'sent'), 20_000);
    expect(new Set(email.sent.map((message) => message.stableId)).size).toBe(40);
  });
});
