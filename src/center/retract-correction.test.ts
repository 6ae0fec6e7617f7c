// The correction: who is told, that it goes out whole or not at all, and of an indicator what is left.
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { markUnsent } from '../alerts/channel.ts';
import { startDispatcher } from '../alerts/dispatcher.ts';
import { listDeliveries } from '../alerts/outbox-report-store.ts';
import { insertSubscribers } from '../alerts/testing/confirmed.ts';
import { DEAF_QUEUE, REAL_CLOCK, type RecordingChannel, recordingChannel, until } from '../alerts/testing/fakes.ts';
import { SILENT } from '../core/clock.ts';
import { SundewError } from '../core/error.ts';
import { listRetractions } from '../knowledge/retraction-store.ts';
import { viewWarning } from '../warning/disclosure.ts';
import { findWarning } from '../warning/warning-store.ts';
import { retract, undo } from './retract.ts';
import { at, LATER, openRetractionDesk, type RetractionDesk, WHY, worm } from './testing/retraction-desk.ts';

const ANN = 'ann@readers.example';

let desk: RetractionDesk;
beforeAll(async () => {
  desk = await openRetractionDesk();
});
afterAll(() => desk.close());
beforeEach(() => desk.clear());

describe('the correction', () => {
  const says = (channel: RecordingChannel): string[] =>
    channel.sent.filter(({ subject }) => subject.includes('Correction')).map(({ to }) => to);

  test('goes to exactly those who were told or may have been, once, and stops what waits', async () => {
    const names = ['told', 'lost', 'refused', 'greylisted', 'killed', 'stopped', 'late', 'waiting'];
    await insertSubscribers(
      desk.db,
      names.map((name) => ({ address: `${name}@readers.example` })),
    );
    await insertSubscribers(desk.db, [{ address: 'picky@readers.example', minSeverity: 'critical' }]);
    const id = await desk.warned();
    await sql`delete from subscriber where address like 'late@%'`.execute(desk.db);
    await sql`update delivery d set next_at = 'infinity' from subscriber s
      where s.id = d.subscriber and s.address like 'waiting@%'`.execute(desk.db);
    // The first try of each: taken; no word after the data; refused for good; put off by an answer.
    await dispatchOnce((to) => {
      if (to.startsWith('lost')) throw new SundewError('CHANNEL_RETRY', 'the line went dead');
      if (to.startsWith('refused')) throw new SundewError('CHANNEL_REFUSED', '550 no such user');
      if (to.startsWith('greylisted')) throw markUnsent(new SundewError('CHANNEL_RETRY', '450 later'));
    });
    // Killed in the middle of a try: it was counted, nothing was written down.
    await sql`delete from delivery_attempt t using delivery d, subscriber s where t.delivery = d.id and s.id = d.subscriber
      and s.address like 'killed@%'`.execute(desk.db);
    await sql`update delivery d set state = 'leased', lease_until = now() from subscriber s
      where s.id = d.subscriber and s.address like 'killed@%'`.execute(desk.db);
    await sql`update subscriber set state = 'stopped' where address like 'stopped@%'`.execute(desk.db);
    await insertSubscribers(desk.db, [{ address: 'late@readers.example' }]);
    const { told } = await retract(desk.realm, id, WHY, LATER);
    expect(told).toBe(3);
    const channel = await desk.send();
    expect(says(channel).sort()).toEqual(['killed', 'lost', 'told'].map((name) => `${name}@readers.example`));
    expect(channel.sent).toHaveLength(3); // nothing else went out: what waited and what was to be tried again is stopped
    expect(channel.sent[0]?.text).toContain(WHY.reason);
    await expect(retract(desk.realm, id, WHY, LATER)).rejects.toMatchObject({ code: 'RETRACTION_CONFLICT' });
    expect((await desk.send()).sent).toEqual([]);
  });

  test('is not sent when a try that was in flight turns out to have been refused', async () => {
    await insertSubscribers(desk.db, [{ address: ANN }]);
    const id = await desk.warned();
    const channel = await desk.send(async ({ subject }) => {
      if (subject.includes('Correction')) return;
      await retract(desk.realm, id, WHY, LATER);
      await desk.due();
      throw new SundewError('CHANNEL_REFUSED', '550 no such user');
    });
    expect(channel.sent).toEqual([]);
    expect((await desk.send()).sent).toEqual([]);
    expect((await listDeliveries(desk.db)).map(({ state }) => state).sort()).toEqual(['failed', 'suppressed']);
  });

  test('stands with the retraction or not at all', async () => {
    await insertSubscribers(desk.db, [{ address: ANN }]);
    const id = await desk.warned();
    await desk.send();
    const broken = { insert: () => Promise.reject(new Error('killed here')) };
    await expect(retract({ ...desk.realm, queue: broken }, id, WHY, LATER)).rejects.toThrow('killed here');
    expect(await desk.publicly(id)).toBeDefined();
    expect(await listRetractions(desk.db)).toEqual([]);
    expect(desk.gone).toEqual([]);
    expect((await desk.send()).sent).toEqual([]);
    expect(await retract(desk.realm, id, WHY, LATER)).toMatchObject({ told: 1 });
  });

  async function dispatchOnce(judge: (to: string) => void): Promise<void> {
    await sql`update delivery set expires_at = now() + interval '1 day', next_at = case when next_at = 'infinity'
      then next_at else now() - interval '1 hour' end`.execute(desk.db);
    const channel = recordingChannel('email', ({ to }) => judge(to));
    const dispatcher = await startDispatcher({
      ...{ db: desk.db, queue: DEAF_QUEUE, channels: [channel], clock: REAL_CLOCK, random: () => 0.9 },
      ...{ log: SILENT, publicUrl: 'https://sundew.example', isDecoyAddress: () => false },
    });
    await until(async () => channel.sent.length >= 3);
    await until(async () => {
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from delivery where state = 'leased'
        or (state = 'pending' and attempt = 0 and next_at < now())`.execute(desk.db);
      return rows[0]?.n === 0;
    });
    await dispatcher.stop();
  }
});

describe('a retracted indicator', () => {
  test('leaves the warning and its alerts, and is corrected to those who were told of it', async () => {
    await insertSubscribers(desk.db, [{ address: ANN }]);
    const id = await desk.warned();
    await desk.send();
    await insertSubscribers(desk.db, [{ address: 'late@readers.example' }]);
    expect(JSON.stringify(await desk.publicly(id))).toContain('evil.example');
    const outcome = await retract(desk.realm, 'evil[.]example', WHY, LATER);
    expect(outcome).toMatchObject({ told: 1, warnings: [id], retraction: { kind: 'indicator' } });
    const shown = await desk.publicly(id);
    expect(shown).toMatchObject({ indicators: [], title: expect.stringContaining('Worm on XMPP') });
    expect(JSON.stringify(shown)).not.toContain('evil.example');
    expect(JSON.stringify(shown?.template)).toContain('look at this');
    const record = await findWarning(desk.db, id);
    expect(record && viewWarning(record, 'operator', LATER)?.withdrawn).toMatchObject([{ value: 'evil.example' }]);
    const { sent } = await desk.send();
    expect(sent.map(({ to }) => to)).toEqual([ANN]);
    expect(sent[0]?.text).toContain('does not belong to it: domain evil[.]example');
    // News of the rest go out without it.
    await desk.feed(...Array.from({ length: 40 }, (_, n) => worm(90 + n, `more${n}@d.example`)));
    const news = (await desk.send()).sent;
    expect(news.map(({ to }) => to).sort()).toEqual([ANN, 'late@readers.example']);
    expect(news.map(({ text }) => text).join()).not.toContain('evil');
    expect(await undo(desk.realm, 'domain:evil.example', WHY, new Date(at(200)))).toMatchObject({ told: 1 });
    expect(JSON.stringify(await desk.publicly(id))).toContain('evil.example');
  });

  test('is cut out of an alert that waits, whose readers hear of no correction', async () => {
    await insertSubscribers(desk.db, [{ address: ANN }]);
    await desk.warned();
    expect(await retract(desk.realm, 'domain:evil.example', WHY, LATER)).toMatchObject({ told: 0 });
    const { sent } = await desk.send();
    expect(sent).toHaveLength(1);
    expect(`${sent[0]?.text}${sent[0]?.short}`).not.toContain('evil');
  });
});
