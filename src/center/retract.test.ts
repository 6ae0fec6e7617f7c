// Taking back: who is told, what stays silent, what readers see, and that it happens whole or not at all.
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { markUnsent } from '../alerts/channel.ts';
import { startDispatcher } from '../alerts/dispatcher.ts';
import { enqueueAlerts } from '../alerts/enqueue.ts';
import { listDeliveries } from '../alerts/outbox-report-store.ts';
import { insertSubscribers } from '../alerts/testing/confirmed.ts';
import { DEAF_QUEUE, REAL_CLOCK, type RecordingChannel, recordingChannel, until } from '../alerts/testing/fakes.ts';
import type { Analysed } from '../analysis/types.ts';
import { SILENT } from '../core/clock.ts';
import { SundewError } from '../core/error.ts';
import { recordKnowledge } from '../knowledge/record.ts';
import { listRetractions } from '../knowledge/retraction-store.ts';
import { analysed, type Given } from '../knowledge/testing/analysed.ts';
import { type TestDatabase, testDatabase } from '../storage/testing/test-database.ts';
import { assessWarnings } from '../warning/assess.ts';
import { viewWarning } from '../warning/disclosure.ts';
import { endQuiet } from '../warning/end-quiet.ts';
import { networkLevels, updateLevels } from '../warning/level-store.ts';
import { countWarnings, findWarning, listWarningRevisions, listWarnings } from '../warning/warning-store.ts';
import { type RetractionRealm, retract, undo } from './retract.ts';

const TABLES = [
  ...['retraction', 'warning', 'warning_watch', 'network_level', 'campaign', 'campaign_decoy', 'campaign_sender'],
  ...['campaign_indicator', 'indicator', 'subscriber', 'alert'],
];
const WHY = { by: 'ada@sundew.example', reason: 'It was a test of ours.' };
const ANN = 'ann@readers.example';
const at = (minute: number): string => new Date(Date.parse('2026-01-05T10:00:00.000Z') + minute * 60_000).toISOString();
const LATER = new Date(at(60));

let database: TestDatabase;
let gone: string[] = [];
let realm: RetractionRealm;
beforeAll(async () => {
  database = await testDatabase();
  realm = {
    db: database.db,
    queue: DEAF_QUEUE,
    feed: { retracted: (ids) => gone.push(...ids) },
    live: { publish: () => undefined },
    view: { scrub: (text) => text },
    wakeOutbox: () => undefined,
  };
});
afterAll(() => database.close());
beforeEach(async () => {
  gone = [];
  for (const table of TABLES) await sql`delete from ${sql.table(table)}`.execute(database.db);
});

const worm = (minute: number, decoy: string, given: Given = {}): Analysed =>
  analysed({ at: at(minute), decoy, peer: `from-${decoy}`, ...given });

/** What the pipeline does with a batch. */
async function feed(...items: readonly Analysed[]): Promise<void> {
  await database.db.transaction().execute(async (tx) => {
    const changes = await assessWarnings(tx, await recordKnowledge(tx, items), { simulated: false });
    await enqueueAlerts(tx, DEAF_QUEUE, changes, { now: new Date(at(10)) });
  });
}

async function warned(given: Given = {}): Promise<string> {
  for (const [minute, decoy] of ['dora', 'max', 'eve'].entries()) await feed(worm(minute, `${decoy}@d.example`, given));
  const { warnings } = await listWarnings(database.db);
  return warnings[0]?.id ?? '';
}

const due = (): Promise<unknown> =>
  sql`update delivery set next_at = now() - interval '1 hour',
  expires_at = now() + interval '1 day', created_at = now()`.execute(database.db);

/** Lets everything out that waits. */
async function send(judge?: Parameters<typeof recordingChannel>[1]): Promise<RecordingChannel> {
  await due();
  const channel = recordingChannel('email', judge);
  const dispatcher = await startDispatcher({
    db: database.db,
    queue: DEAF_QUEUE,
    channels: [channel],
    clock: REAL_CLOCK,
    random: () => 0.5,
    log: SILENT,
    publicUrl: 'https://sundew.example',
    isDecoyAddress: () => false,
  });
  const tried = async (): Promise<boolean> =>
    (
      await sql<{ n: number }>`select count(*)::int as n from delivery
      where state = 'leased' or (state = 'pending' and next_at <= now())`.execute(database.db)
    ).rows[0]?.n === 0;
  await until(tried, 20_000);
  await dispatcher.stop();
  return channel;
}

const publicly = async (id: string) => {
  const record = await findWarning(database.db, id);
  return record === undefined ? undefined : viewWarning(record, 'public', LATER);
};

describe('a retracted warning', () => {
  test('is gone for everybody below operator, in counts and levels too, and marked for operators', async () => {
    const id = await warned();
    await updateLevels(database.db, LATER);
    expect(await publicly(id)).toBeDefined();
    const outcome = await retract(realm, id.toLowerCase(), WHY, LATER);
    expect(outcome).toMatchObject({ warnings: [id], retraction: { label: id, ...WHY } });
    expect(gone).toEqual([id]);
    expect(await publicly(id)).toBeUndefined();
    expect((await listWarnings(database.db, { standing: true })).warnings).toEqual([]);
    expect(await countWarnings(database.db, at(0))).toBe(0);
    const levels = await networkLevels(database.db, LATER, ['xmpp']);
    expect(levels).toMatchObject([{ warnings24h: 0 }]);
    const record = await findWarning(database.db, id);
    expect(record && viewWarning(record, 'operator', LATER)?.retracted).toMatchObject(WHY);
    expect(record && viewWarning(record, 'subscriber', LATER)).toBeUndefined();
  });

  test('can be named by its campaign; twice is a conflict; what nobody knows is not found', async () => {
    const id = await warned();
    const record = await findWarning(database.db, id);
    expect(await retract(realm, record?.campaign ?? '', WHY, LATER)).toMatchObject({ retraction: { label: id } });
    await expect(retract(realm, id, WHY, LATER)).rejects.toMatchObject({ code: 'RETRACTION_CONFLICT' });
    await expect(retract(realm, 'nobody.example', WHY, LATER)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(undo(realm, 'nobody.example', WHY, LATER)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('stays silent while its campaign goes on, which operators see; numbering and clock go on', async () => {
    await insertSubscribers(database.db, [{ address: ANN }]);
    const id = await warned();
    await send();
    await retract(realm, id, WHY, LATER);
    await send();
    const before = await listDeliveries(database.db);
    await feed(...Array.from({ length: 40 }, (_, n) => worm(90 + n, `more${n}@d.example`)));
    await database.db.transaction().execute(async (tx) => {
      await enqueueAlerts(tx, DEAF_QUEUE, await endQuiet(tx, new Date(at(60 * 24 * 3))), { now: new Date() });
    });
    expect(await listDeliveries(database.db)).toHaveLength(before.length);
    const record = await findWarning(database.db, id);
    expect(record).toMatchObject({ captures: 43, retracted: WHY });
    const revisions = (await listWarningRevisions(database.db, id)).map(({ revision, change }) => [revision, change]);
    expect(revisions.map(([revision]) => revision)).toEqual(revisions.map((_, nth) => nth + 1));
    expect(revisions.at(-1)?.[1]).toBe('ended');
    expect(await publicly(id)).toBeUndefined();
  });

  test('a campaign without a warning yet raises none that anybody below operator sees', async () => {
    await insertSubscribers(database.db, [{ address: ANN }]);
    await feed(worm(0, 'dora@d.example', { analysis: { class: 'spam', severity: 'low' } }));
    const { rows } = await sql<{ id: string }>`select id from campaign`.execute(database.db);
    const outcome = await retract(realm, rows[0]?.id ?? '', WHY, LATER);
    expect(outcome).toMatchObject({ warnings: [], told: 0 });
    await feed(...['max', 'eve', 'ned'].map((name, n) => worm(n + 1, `${name}@d.example`)));
    expect(await listDeliveries(database.db)).toEqual([]);
    const { warnings } = await listWarnings(database.db);
    expect(warnings).toHaveLength(1);
    expect(viewWarning(warnings[0] as never, 'public', LATER)).toBeUndefined();
  });
});

describe('the correction', () => {
  const says = (channel: RecordingChannel): string[] =>
    channel.sent.filter(({ subject }) => subject.includes('Correction')).map(({ to }) => to);

  test('goes to exactly those who were told or may have been, once, and stops what waits', async () => {
    const names = ['told', 'lost', 'refused', 'greylisted', 'killed', 'stopped', 'late', 'waiting'];
    await insertSubscribers(
      database.db,
      names.map((name) => ({ address: `${name}@readers.example` })),
    );
    await insertSubscribers(database.db, [{ address: 'picky@readers.example', minSeverity: 'critical' }]);
    const id = await warned();
    await sql`delete from subscriber where address like 'late@%'`.execute(database.db);
    await sql`update delivery d set next_at = 'infinity' from subscriber s
      where s.id = d.subscriber and s.address like 'waiting@%'`.execute(database.db);
    // The first try of each: taken; no word after the data; refused for good; put off by an answer.
    await dispatchOnce((to) => {
      if (to.startsWith('lost')) throw new SundewError('CHANNEL_RETRY', 'the line went dead');
      if (to.startsWith('refused')) throw new SundewError('CHANNEL_REFUSED', '550 no such user');
      if (to.startsWith('greylisted')) throw markUnsent(new SundewError('CHANNEL_RETRY', '450 later'));
    });
    // Killed in the middle of a try: it was counted, nothing was written down.
    await sql`delete from delivery_attempt t using delivery d, subscriber s where t.delivery = d.id and s.id = d.subscriber
      and s.address like 'killed@%'`.execute(database.db);
    await sql`update delivery d set state = 'leased', lease_until = now() from subscriber s
      where s.id = d.subscriber and s.address like 'killed@%'`.execute(database.db);
    await sql`update subscriber set state = 'stopped' where address like 'stopped@%'`.execute(database.db);
    await insertSubscribers(database.db, [{ address: 'late@readers.example' }]);
    const { told } = await retract(realm, id, WHY, LATER);
    expect(told).toBe(3);
    const channel = await send();
    expect(says(channel).sort()).toEqual(['killed', 'lost', 'told'].map((name) => `${name}@readers.example`));
    expect(channel.sent).toHaveLength(3); // nothing else went out: what waited and what was to be tried again is stopped
    expect(channel.sent[0]?.text).toContain(WHY.reason);
    await expect(retract(realm, id, WHY, LATER)).rejects.toMatchObject({ code: 'RETRACTION_CONFLICT' });
    expect((await send()).sent).toEqual([]);
  });

  test('is not sent when a try that was in flight turns out to have been refused', async () => {
    await insertSubscribers(database.db, [{ address: ANN }]);
    const id = await warned();
    const channel = await send(async ({ subject }) => {
      if (subject.includes('Correction')) return;
      await retract(realm, id, WHY, LATER);
      await due();
      throw new SundewError('CHANNEL_REFUSED', '550 no such user');
    });
    expect(channel.sent).toEqual([]);
    expect((await send()).sent).toEqual([]);
    expect((await listDeliveries(database.db)).map(({ state }) => state).sort()).toEqual(['failed', 'suppressed']);
  });

  test('stands with the retraction or not at all', async () => {
    await insertSubscribers(database.db, [{ address: ANN }]);
    const id = await warned();
    await send();
    const broken = { insert: () => Promise.reject(new Error('killed here')) };
    await expect(retract({ ...realm, queue: broken }, id, WHY, LATER)).rejects.toThrow('killed here');
    expect(await publicly(id)).toBeDefined();
    expect(await listRetractions(database.db)).toEqual([]);
    expect(gone).toEqual([]);
    expect((await send()).sent).toEqual([]);
    expect(await retract(realm, id, WHY, LATER)).toMatchObject({ told: 1 });
  });

  async function dispatchOnce(judge: (to: string) => void): Promise<void> {
    await sql`update delivery set expires_at = now() + interval '1 day', next_at = case when next_at = 'infinity'
      then next_at else now() - interval '1 hour' end`.execute(database.db);
    const channel = recordingChannel('email', ({ to }) => judge(to));
    const dispatcher = await startDispatcher({
      ...{ db: database.db, queue: DEAF_QUEUE, channels: [channel], clock: REAL_CLOCK, random: () => 0.9 },
      ...{ log: SILENT, publicUrl: 'https://sundew.example', isDecoyAddress: () => false },
    });
    await until(async () => channel.sent.length >= 3);
    await until(async () => {
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from delivery where state = 'leased'
        or (state = 'pending' and attempt = 0 and next_at < now())`.execute(database.db);
      return rows[0]?.n === 0;
    });
    await dispatcher.stop();
  }
});

describe('taking it back', () => {
  test('shows it again, and tells those who heard the correction, and nobody else', async () => {
    await insertSubscribers(database.db, [{ address: ANN }]);
    const id = await warned();
    const before = await publicly(id);
    await send();
    await retract(realm, id, WHY, LATER);
    await send();
    const outcome = await undo(realm, id, { by: 'bob', reason: 'It was none of ours.' }, new Date(at(70)));
    expect(outcome).toMatchObject({ told: 1, retraction: { undone: { by: 'bob' } } });
    const again = await publicly(id);
    expect(again).toMatchObject({ kind: before?.kind, reasons: before?.reasons, template: before?.template });
    const { sent } = await send();
    expect(sent.map(({ to }) => to)).toEqual([ANN]);
    expect(sent[0]?.text).toContain('It stands after all');
    await expect(undo(realm, id, WHY, LATER)).rejects.toMatchObject({ code: 'RETRACTION_CONFLICT' });
    expect(await listRetractions(database.db)).toMatchObject([{ by: WHY.by, undone: { by: 'bob' } }]);
    await feed(...Array.from({ length: 40 }, (_, n) => worm(90 + n, `more${n}@d.example`)));
    expect((await listDeliveries(database.db)).some(({ state }) => state === 'pending')).toBe(true);
  });

  test('before the correction went out, nobody hears anything', async () => {
    await insertSubscribers(database.db, [{ address: ANN }]);
    const id = await warned();
    await send();
    expect(await retract(realm, id, WHY, LATER)).toMatchObject({ told: 1 });
    expect(await undo(realm, id, WHY, new Date(at(70)))).toMatchObject({ told: 0 });
    expect((await send()).sent).toEqual([]);
  });
});

describe('a retracted indicator', () => {
  test('leaves the warning and its alerts, and is corrected to those who were told of it', async () => {
    await insertSubscribers(database.db, [{ address: ANN }]);
    const id = await warned();
    await send();
    await insertSubscribers(database.db, [{ address: 'late@readers.example' }]);
    expect(JSON.stringify(await publicly(id))).toContain('evil.example');
    const outcome = await retract(realm, 'evil[.]example', WHY, LATER);
    expect(outcome).toMatchObject({ told: 1, warnings: [id], retraction: { kind: 'indicator' } });
    const shown = await publicly(id);
    expect(shown).toMatchObject({ indicators: [], title: expect.stringContaining('Worm on XMPP') });
    expect(JSON.stringify(shown)).not.toContain('evil.example');
    expect(JSON.stringify(shown?.template)).toContain('look at this');
    const record = await findWarning(database.db, id);
    expect(record && viewWarning(record, 'operator', LATER)?.withdrawn).toMatchObject([{ value: 'evil.example' }]);
    const { sent } = await send();
    expect(sent.map(({ to }) => to)).toEqual([ANN]);
    expect(sent[0]?.text).toContain('does not belong to it: domain evil[.]example');
    // News of the rest go out without it.
    await feed(...Array.from({ length: 40 }, (_, n) => worm(90 + n, `more${n}@d.example`)));
    const news = (await send()).sent;
    expect(news.map(({ to }) => to).sort()).toEqual([ANN, 'late@readers.example']);
    expect(news.map(({ text }) => text).join()).not.toContain('evil');
    expect(await undo(realm, 'domain:evil.example', WHY, new Date(at(200)))).toMatchObject({ told: 1 });
    expect(JSON.stringify(await publicly(id))).toContain('evil.example');
  });

  test('is cut out of an alert that waits, whose readers hear of no correction', async () => {
    await insertSubscribers(database.db, [{ address: ANN }]);
    await warned();
    expect(await retract(realm, 'domain:evil.example', WHY, LATER)).toMatchObject({ told: 0 });
    const { sent } = await send();
    expect(sent).toHaveLength(1);
    expect(`${sent[0]?.text}${sent[0]?.short}`).not.toContain('evil');
  });
});
