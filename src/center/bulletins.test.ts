// Bulletins: once a period, to whoever asked for them before it was over, whatever is killed when, and never what was taken back.
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listBulletins } from '../alerts/bulletin-store.ts';
import { createEmailChannel } from '../alerts/channels/email.ts';
import { type Dispatcher, startDispatcher } from '../alerts/dispatcher.ts';
import { listDeliveries } from '../alerts/outbox-report-store.ts';
import { stop } from '../alerts/subscription.ts';
import { killChild, startChild } from '../alerts/testing/child.ts';
import { insertSubscribers } from '../alerts/testing/confirmed.ts';
import { DEAF_QUEUE, recordingChannel, settableClock, until } from '../alerts/testing/fakes.ts';
import { type SinkMail, startSmtpSink, textOf } from '../alerts/testing/smtp-sink.ts';
import { SILENT } from '../core/clock.ts';
import { type TestDatabase, testDatabase } from '../storage/testing/test-database.ts';
import { type Bulletins, startBulletins } from './bulletins.ts';
import { retract } from './retract.ts';
import { wormOf } from './testing/month.ts';

const GRACE_OVER = '2026-11-02T00:00:01Z';
const CHILD = fileURLToPath(new URL('testing/bulletin-child.ts', import.meta.url));
const ANN = 'ann@readers.example';
const TABLES = ['subscriber', 'bulletin', 'alert', 'retraction', 'warning', 'warning_watch', 'campaign', 'capture'];

let database: TestDatabase;
let clock = settableClock(GRACE_OVER);
const running: (Bulletins | Dispatcher)[] = [];
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.close());
beforeEach(async () => {
  clock = settableClock(GRACE_OVER);
  for (const table of TABLES) await sql`delete from ${sql.table(table)}`.execute(database.db);
});
afterEach(async () => {
  for (const one of running.splice(0).toReversed()) await one.stop();
});

const publish = async (): Promise<Bulletins> => {
  const bulletins = startBulletins({
    ...{ db: database.db, queue: DEAF_QUEUE, realm: 'live', delayMs: 0, scrub: (text) => text, clock, log: SILENT },
    ready: async () => undefined,
    wake: () => undefined,
  });
  running.push(bulletins);
  await bulletins.look();
  return bulletins;
};

const dispatch = async (channels: Parameters<typeof startDispatcher>[0]['channels']): Promise<void> => {
  running.push(
    await startDispatcher({
      ...{ db: database.db, queue: DEAF_QUEUE, channels, clock, random: () => 0, log: SILENT, budgetPerDay: 1 },
      publicUrl: 'https://sundew.example/',
      isDecoyAddress: () => false,
    }),
  );
};

const emailTo = (port: number): ReturnType<typeof createEmailChannel> =>
  createEmailChannel({ ...{ host: '127.0.0.1', port, security: 'none', from: 'alerts@sundew.example' } });
const fieldOf = (mail: SinkMail | undefined, name: string): string | undefined =>
  new RegExp(`^${name}: *(.*(?:\\r\\n[ \\t].*)*)`, 'im')
    .exec(mail?.raw ?? '')?.[1]
    ?.replaceAll(/\r\n[ \t]+/g, ' ')
    .trim();
const told = async (): Promise<string[]> =>
  (await listDeliveries(database.db)).map(({ address }) => address).toSorted();

describe('a bulletin', () => {
  it('reaches the mailbox in words, with the one-click headers and the tier of the public page', async () => {
    const id = await wormOf(database.db, '2026-10');
    const tokens = await insertSubscribers(database.db, [{ address: ANN, kinds: ['warnings', 'monthly'] }]);
    await using sink = await startSmtpSink();
    await dispatch([emailTo(sink.port)]);
    await publish();
    await until(() => sink.mails.length === 1);
    const [mail] = sink.mails;
    const stopAt = `https://sundew.example/unsubscribe/${tokens.get(ANN)}?only=monthly`;
    expect(fieldOf(mail, 'subject')).toBe('[Sundew] Bulletin: October 2026');
    expect(fieldOf(mail, 'list-unsubscribe')).toBe(`<${stopAt}>`);
    expect(fieldOf(mail, 'list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    expect(fieldOf(mail, 'list-id')).toBe('"Sundew bulletins" <bulletins.sundew.example>');
    expect(fieldOf(mail, 'auto-submitted')).toBe('auto-generated');
    const text = await textOf(mail);
    expect(text).toContain('1. What was new\n---------------');
    expect(text).toContain('2026-10-01 00:00 UTC to 2026-11-01 00:00 UTC');
    expect(text).toContain(id);
    expect(text).toContain('For everybody: counts in bands.');
    expect(text).toContain('https://sundew.example/reports?period=2026-10&form=bulletin');
    expect(text.trimEnd().endsWith(stopAt)).toBe(true);
    for (const secret of ['dora', 'decoys.example', 'http://evil', 'evil.example'])
      expect(text.toLowerCase()).not.toContain(secret);
    expect(await listBulletins(database.db)).toMatchObject([{ kind: 'monthly', period: '2026-10', edition: 1 }]);
  });

  it('goes by instant message as a line with the link', async () => {
    await wormOf(database.db, '2026-10');
    await insertSubscribers(database.db, [{ address: 'bob@im.example', channel: 'xmpp', kinds: ['monthly'] }]);
    const xmpp = recordingChannel('xmpp');
    await dispatch([xmpp]);
    await publish();
    await until(() => xmpp.sent.length === 1);
    const short = xmpp.sent[0]?.short ?? '';
    expect(short).toMatch(
      /^Sundew Bulletin: October 2026: Captures .+\nhttps:\/\/sundew\.example\/reports\?period=2026-10/,
    );
    expect([...short].length).toBeLessThanOrEqual(400);
    expect(short.split('\n')).toHaveLength(3);
  });

  it('goes to whoever had confirmed the wish before the month was over, and to nobody else', async () => {
    await wormOf(database.db, '2026-10');
    const late = new Date('2026-11-01T00:00:01Z');
    await insertSubscribers(database.db, [
      { address: ANN, kinds: ['monthly'] },
      { address: 'warned@readers.example' },
      { address: 'quarter@readers.example', kinds: ['quarterly'] },
      { address: 'late@readers.example', kinds: ['monthly'], confirmedAt: late },
      { address: 'stopped@readers.example', kinds: ['monthly'], state: 'stopped' },
      { address: 'changed@readers.example' },
    ]);
    // Confirmed long ago, but with this wish only after the month.
    await sql`with s as (update subscriber set kinds = '{warnings,monthly}' where address = 'changed@readers.example' returning id)
      insert into subscription_request (id, subscriber, requested_at, via, networks, min_severity, kinds, consent_text, confirmed_at)
      select gen_random_uuid(), id, ${late}, 'form', '{}', 1, '{warnings,monthly}', '2', ${late} from s`.execute(
      database.db,
    );
    const bulletins = await publish();
    await bulletins.look();
    expect(await told()).toEqual([ANN]);
  });

  it('is made a day after the month, once, not of months that nothing was captured before, nor a week late', async () => {
    await insertSubscribers(database.db, [{ address: ANN, kinds: ['monthly', 'quarterly'] }]);
    const bulletins = await publish();
    expect(await listBulletins(database.db)).toEqual([]); // nothing was captured
    await wormOf(database.db, '2026-12');
    clock.set('2027-01-01T23:59:00Z');
    await bulletins.look();
    expect(await listBulletins(database.db)).toEqual([]); // the grace is not over
    clock.set('2027-01-09T00:00:00Z');
    await bulletins.look();
    expect(await listBulletins(database.db)).toEqual([]); // nobody ran it for a week
    clock.set('2027-01-02T00:00:00Z');
    await Promise.all([bulletins.look(), bulletins.look(), publish(), publish()]);
    const made = (await listBulletins(database.db)).map(({ period, waiting }) => `${period} ${waiting}`);
    expect(made.toSorted()).toEqual(['2026-12 1', '2026-Q4 1']);
  });

  it('is outside the budget of alerts, and stops with a click without ending warnings', async () => {
    await wormOf(database.db, '2026-10');
    const tokens = await insertSubscribers(database.db, [{ address: ANN, kinds: ['warnings', 'monthly'] }]);
    const bulletins = await publish();
    expect(await stop(database.db, tokens.get(ANN) ?? '', clock.now(), 'monthly')).toEqual(['warnings']);
    expect(await listDeliveries(database.db)).toMatchObject([{ state: 'suppressed', cause: 'no longer asked for' }]);
    clock.set('2026-12-02T01:00:00Z');
    await bulletins.look();
    expect(await listDeliveries(database.db)).toHaveLength(1);
    expect(await stop(database.db, tokens.get(ANN) ?? '', clock.now(), 'warnings')).toEqual([]);
    const { rows } = await sql<{ state: string }>`select state from subscriber`.execute(database.db);
    expect(rows).toEqual([{ state: 'stopped' }]);
  });

  it('is not sent with what was taken back since it was made, but made again', async () => {
    const id = await wormOf(database.db, '2026-10');
    await insertSubscribers(database.db, [{ address: ANN, kinds: ['monthly'] }]);
    const bulletins = await publish();
    clock.set('2026-11-02T00:10:00Z');
    await retract(
      {
        ...{ db: database.db, queue: DEAF_QUEUE, feed: { retracted: () => undefined } },
        ...{ live: { publish: () => undefined }, view: { scrub: (text) => text }, wakeOutbox: () => undefined },
        reloadSignatures: async () => undefined,
      },
      id,
      { by: 'ada', reason: 'It was a test of ours.' },
      clock.now(),
    );
    await using sink = await startSmtpSink();
    await dispatch([emailTo(sink.port)]);
    await until(async () => (await listDeliveries(database.db))[0]?.cause?.includes('made again') === true);
    expect(sink.mails).toEqual([]);
    clock.set('2026-11-02T00:20:00Z');
    await bulletins.look();
    await until(() => sink.mails.length === 1);
    expect(await textOf(sink.mails[0])).not.toContain(id);
    expect(await listBulletins(database.db)).toMatchObject([{ edition: 2 }]);
  });

  it('of the range says so', async () => {
    await using simulated = await testDatabase({ realm: 'simulated' });
    await wormOf(simulated.db, '2026-10', { simulated: true });
    await insertSubscribers(simulated.db, [{ address: ANN, kinds: ['monthly'] }]);
    await insertSubscribers(database.db, [{ address: 'real@readers.example', kinds: ['monthly'] }]);
    const mailbox = recordingChannel('email');
    const bulletins = startBulletins({
      ...{ db: simulated.db, queue: DEAF_QUEUE, realm: 'simulated', delayMs: 0, scrub: (text) => text, clock },
      ...{ log: SILENT, ready: async () => undefined, wake: () => undefined },
    });
    await bulletins.look();
    await bulletins.stop();
    await using _dispatcher = await startDispatcher({
      ...{ db: simulated.db, queue: DEAF_QUEUE, channels: [mailbox], clock, random: () => 0, log: SILENT },
      ...{ publicUrl: 'https://sundew.example', isDecoyAddress: () => false },
    });
    await until(() => mailbox.sent.length === 1);
    expect(mailbox.sent[0]).toMatchObject({ to: ANN, subject: '[SIMULATED] [Sundew] Bulletin: October 2026' });
    expect(mailbox.sent[0]?.text).toMatch(/^SIMULATED/);
    expect(await listDeliveries(database.db)).toEqual([]);
  });
});

const SUBSCRIBERS = 60;
const KILLS = 6;

const childAt = (port: number) => startChild(CHILD, [database.url, String(port), GRACE_OVER]);

it('reaches everybody exactly once by Message-ID while the process is killed from before it is made to the last mail', async () => {
  await wormOf(database.db, '2026-10');
  await using sink = await startSmtpSink({ judge: () => sleep(25) });
  await insertSubscribers(
    database.db,
    Array.from({ length: SUBSCRIBERS }, (_, at) => ({
      address: `r${at}@readers.example`,
      kinds: ['monthly' as const],
    })),
  );
  // The first ones die about when the bulletin is made.
  for (let early = 0; early < 2; early += 1) {
    const child = await childAt(sink.port);
    await sleep(Math.random() * 150);
    await killChild(child);
  }
  for (let kills = 0; kills < KILLS; kills += 1) {
    const child = await childAt(sink.port);
    const seen = sink.mails.length;
    await until(() => sink.mails.length > seen || sink.mails.length >= SUBSCRIBERS, 30_000);
    await sleep(Math.random() * 40);
    await killChild(child);
  }
  expect(new Set(sink.mails.map(({ messageId }) => messageId)).size).toBeLessThan(SUBSCRIBERS); // else it proves nothing
  const last = await childAt(sink.port);
  try {
    await until(async () => (await listBulletins(database.db))[0]?.sent === SUBSCRIBERS, 60_000);
  } finally {
    await killChild(last);
  }
  expect(await listBulletins(database.db)).toMatchObject([{ period: '2026-10', edition: 1, waiting: 0, unsent: 0 }]);
  const idsOf = Map.groupBy(sink.mails, ({ to }) => to.join());
  expect(idsOf.size).toBe(SUBSCRIBERS);
  for (const mails of idsOf.values()) expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(1);
  expect(new Set(sink.mails.map(({ messageId }) => messageId)).size).toBe(SUBSCRIBERS);
}, 120_000);
