import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SILENT } from '../core/clock.ts';
import { type TestDatabase, testDatabase } from '../storage/testing/test-database.ts';
import { type Dispatcher, startDispatcher } from './dispatcher.ts';
import {
  addSimulatedSubscriber,
  deleteSubscriber,
  findSubscriber,
  listSubscribers,
} from './subscriber-report-store.ts';
import {
  confirm,
  confirmByCode,
  purgeUnconfirmed,
  requestSubscription,
  type SubscriptionRequest,
  stop,
} from './subscription.ts';
import { DEAF_QUEUE, type RecordingChannel, recordingChannel, settableClock, until } from './testing/fakes.ts';

const START = '2026-03-01T12:00:00Z';
const later = (ms: number): string => new Date(Date.parse(START) + ms).toISOString();
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let database: TestDatabase;
let email: RecordingChannel;
let xmpp: RecordingChannel;
let dispatcher: Dispatcher;
let clock: ReturnType<typeof settableClock>;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.close());
beforeEach(async () => {
  await database.db.deleteFrom('subscriber').execute();
  await database.db.deleteFrom('confirmation_tally').execute();
  clock = settableClock(START);
  email = recordingChannel('email');
  xmpp = recordingChannel('xmpp');
  dispatcher = await startDispatcher({
    db: database.db,
    queue: DEAF_QUEUE,
    channels: [email, xmpp],
    clock,
    random: () => 0,
    log: SILENT,
    publicUrl: 'https://sundew.example',
    isDecoyAddress: () => false,
  });
  return () => dispatcher.stop();
});

const request = async (part: Partial<SubscriptionRequest> = {}): Promise<string> => {
  const outcome = await requestSubscription(
    {
      db: database.db,
      queue: DEAF_QUEUE,
      clock,
      isDecoyAddress: (_channel, address) => address === 'dora@decoys.example',
    },
    {
      ...{ channel: 'email', address: 'ann@readers.example', networks: [], minSeverity: 'medium', via: 'form' },
      kinds: ['warnings'],
      ...part,
    },
  );
  dispatcher.wake();
  return outcome;
};

const tokenOf = async (sent: number, channel = email): Promise<string> => {
  await until(() => channel.sent.length >= sent);
  return /\/confirm\/([\w-]{22})/.exec(channel.sent[sent - 1]?.text ?? '')?.[1] ?? '';
};

const stateOf = async (key = 'ann@readers.example'): Promise<string | undefined> =>
  (await findSubscriber(database.db, 'email', key))?.state;

describe('double opt-in', () => {
  it('goes from requested to confirmed by the token that was sent, once', async () => {
    expect(await request()).toBe('requested');
    const token = await tokenOf(1);
    expect(await stateOf()).toBe('requested');
    await confirm(database.db, token, clock.now());
    expect(await stateOf()).toBe('confirmed');
    await expect(confirm(database.db, token, clock.now())).rejects.toMatchObject({ code: 'SUBSCRIBER_UNKNOWN' });
    const evidence = await database.db.selectFrom('subscription_request').selectAll().executeTakeFirstOrThrow();
    expect(evidence).toMatchObject({ confirmed_by: 'link', consent_text: '2', via: 'form', kinds: ['warnings'] });
  });

  it('stores no token that could be read back', async () => {
    await request();
    const token = await tokenOf(1);
    const rows = await database.db.selectFrom('confirmation_token').selectAll().execute();
    expect(rows).toHaveLength(2);
    expect(JSON.stringify(rows.map((row) => row.hash.toString('latin1')))).not.toContain(token);
  });

  it('lets a link die after 48 hours', async () => {
    await request();
    const token = await tokenOf(1);
    await expect(confirm(database.db, token, new Date(later(48 * HOUR + 1)))).rejects.toThrow(/older than 48 hours/);
    expect(await stateOf()).toBe('requested');
  });

  it.each(['', 'x', "' or 1=1 --", 'A'.repeat(22)])('refuses the token %j', async (token) => {
    await expect(confirm(database.db, token, clock.now())).rejects.toMatchObject({ code: 'SUBSCRIBER_UNKNOWN' });
    await expect(stop(database.db, token, clock.now())).rejects.toMatchObject({ code: 'SUBSCRIBER_UNKNOWN' });
  });

  it('takes the six digits from the account itself and from no other', async () => {
    await request({ channel: 'xmpp', address: 'Bob@IM.example/phone' });
    await until(() => xmpp.sent.length === 1);
    const code = /confirm (\d{6})/.exec(xmpp.sent[0]?.short ?? '')?.[1] ?? '';
    const now = clock.now();
    expect(await confirmByCode(database.db, { channel: 'xmpp', key: 'eve@im.example' }, code, now)).toBe(false);
    expect(await confirmByCode(database.db, { channel: 'xmpp', key: 'bob@im.example' }, code, now)).toBe(true);
    expect(await confirmByCode(database.db, { channel: 'xmpp', key: 'bob@im.example' }, code, now)).toBe(false);
  });

  it('keeps the wishes of a confirmed subscriber until new ones are confirmed too', async () => {
    await request();
    await confirm(database.db, await tokenOf(1), clock.now());
    clock.set(later(2 * DAY));
    await request({ networks: ['irc'], minSeverity: 'info' });
    expect(await findSubscriber(database.db, 'email', 'ann@readers.example')).toMatchObject({
      state: 'confirmed',
      networks: [],
      minSeverity: 'medium',
    });
    await confirm(database.db, await tokenOf(2), clock.now());
    expect(await findSubscriber(database.db, 'email', 'ann@readers.example')).toMatchObject({
      networks: ['irc'],
      minSeverity: 'info',
    });
  });
});

describe('limits', () => {
  it('sends one confirmation a day and three in 30 days, and tells an anonymous caller nothing of it', async () => {
    const outcomes: string[] = [];
    for (const at of [0, 1, DAY + 1, 2 * DAY + 2, 3 * DAY + 3, 31 * DAY]) {
      clock.set(later(at));
      outcomes.push(await request());
    }
    expect(outcomes).toEqual(['requested', 'limited', 'requested', 'requested', 'limited', 'requested']);
  });

  it('keeps counting after the unconfirmed request was deleted', async () => {
    for (const day of [0, 1, 2]) {
      clock.set(later(day * (DAY + 1)));
      await request();
    }
    clock.set(later(10 * DAY));
    expect(await purgeUnconfirmed(database.db, clock.now())).toBe(3);
    expect(await stateOf()).toBeUndefined();
    expect(await request()).toBe('limited');
  });

  it('holds two requests for one address at the same moment to one confirmation', async () => {
    const outcomes = await Promise.all([request(), request(), request()]);
    expect(outcomes.toSorted()).toEqual(['limited', 'limited', 'requested']);
  });

  it('stops one internet address after five requests in an hour', async () => {
    for (let at = 0; at < 5; at += 1) await request({ address: `r${at}@readers.example`, ip: '192.0.2.7' });
    const sixth = request({ address: 'r6@readers.example', ip: '192.0.2.7' });
    await expect(sixth).rejects.toMatchObject({ code: 'SUBSCRIBER_REFUSED' });
    expect(await request({ address: 'r7@readers.example', ip: '192.0.2.8' })).toBe('requested');
  });

  it('refuses a decoy without saying so to the public, and says so to an admin (I-27)', async () => {
    expect(await request({ address: 'Dora@decoys.example' })).toBe('decoy');
    const asAdmin = request({ address: 'dora@decoys.example', via: 'admin' });
    await expect(asAdmin).rejects.toMatchObject({ code: 'SUBSCRIBER_REFUSED' });
    expect(await listSubscribers(database.db)).toEqual([]);
    expect(email.sent).toEqual([]);
  });
});

describe('stop', () => {
  it('is immediate, repeatable, and voids what could still confirm', async () => {
    await request();
    const token = await tokenOf(1);
    const row = await database.db.selectFrom('subscriber').select('stop_token').executeTakeFirstOrThrow();
    expect(row.stop_token).toMatch(/^[\w-]{22}$/);
    await stop(database.db, row.stop_token, clock.now());
    await stop(database.db, row.stop_token, clock.now());
    expect(await stateOf()).toBe('stopped');
    await expect(confirm(database.db, token, clock.now())).rejects.toMatchObject({ code: 'SUBSCRIBER_UNKNOWN' });
  });

  it('can be followed by a new double opt-in', async () => {
    await request();
    await confirm(database.db, await tokenOf(1), clock.now());
    const row = await database.db.selectFrom('subscriber').select('stop_token').executeTakeFirstOrThrow();
    await stop(database.db, row.stop_token, clock.now());
    clock.set(later(DAY + 1));
    await request();
    await confirm(database.db, await tokenOf(2), clock.now());
    expect(await stateOf()).toBe('confirmed');
  });
});

describe('housekeeping', () => {
  it('deletes what nobody confirmed within 7 days and keeps what was confirmed', async () => {
    await request();
    await confirm(database.db, await tokenOf(1), clock.now());
    await request({ address: 'never@readers.example' });
    expect(await purgeUnconfirmed(database.db, new Date(later(7 * DAY + HOUR)))).toBe(1);
    expect((await listSubscribers(database.db)).map((one) => one.address)).toEqual(['ann@readers.example']);
  });

  it('erases a subscriber with all that hangs on it', async () => {
    await request();
    const [subscriber] = await listSubscribers(database.db);
    await deleteSubscriber(database.db, subscriber?.id ?? '');
    expect(await database.db.selectFrom('delivery').selectAll().execute()).toEqual([]);
    await expect(deleteSubscriber(database.db, 'nobody')).rejects.toMatchObject({ code: 'SUBSCRIBER_UNKNOWN' });
  });

  it('takes unasked subscribers in the simulated realm only', async () => {
    const reader = { channel: 'email', address: 'a@mailbox.example', networks: [], minSeverity: 'info' } as const;
    await expect(addSimulatedSubscriber(database.db, reader, clock.now())).rejects.toMatchObject({
      code: 'NOT_ALLOWED',
    });
    await using simulated = await testDatabase({ realm: 'simulated' });
    await addSimulatedSubscriber(simulated.db, reader, clock.now());
    expect(await listSubscribers(simulated.db)).toMatchObject([{ state: 'confirmed', delivered: 0 }]);
  });
});
