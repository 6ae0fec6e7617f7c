import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../storage/testing/test-database.ts';
import type { WarningChange } from '../warning/types.ts';
import { parseCommand } from './command.ts';
import { type CommandHandler, createCommandHandler } from './command-handler.ts';
import { enqueueAlerts } from './enqueue.ts';
import { listDeliveries } from './outbox-report-store.ts';
import { createRateLimit } from './rate-limit.ts';
import { findSubscriber, listSubscribers } from './subscriber-report-store.ts';
import { insertSubscribers } from './testing/confirmed.ts';
import { DEAF_QUEUE, settableClock, warningChange } from './testing/fakes.ts';

describe('parseCommand', () => {
  it.each([
    ['help', { kind: 'help' }],
    [' STOP ', { kind: 'stop' }],
    ['Unsubscribe.', { kind: 'stop' }],
    ['stop all', { kind: 'stop' }],
    ['/quit', { kind: 'stop' }],
    ['info', { kind: 'info', warning: undefined }],
    ['info w-7k3f', { kind: 'info', warning: 'W-7K3F' }],
    ['info W-7K3F.2', { kind: 'info', warning: 'W-7K3F' }],
    ["info '; drop table", { kind: 'unknown' }],
    ['ack', { kind: 'ack', warning: undefined }],
    ['ACK w-7k3f.12', { kind: 'ack', warning: 'W-7K3F' }],
    ['ack yes', { kind: 'unknown' }],
    ['confirm 012345', { kind: 'confirm', code: '012345' }],
    ['confirm 12345', { kind: 'unknown' }],
    ['level HIGH', { kind: 'level', severity: 'high' }],
    ['level everything', { kind: 'unknown' }],
    ['lol is that you?', { kind: 'unknown' }],
    ['', { kind: 'unknown' }],
    [`stop ${'x'.repeat(300)}`, { kind: 'unknown' }],
  ])('reads %j', (text, command) => {
    expect(parseCommand(text)).toEqual(command);
  });
});

describe('createRateLimit', () => {
  it('forgets the oldest of too many keys instead of growing', () => {
    const limit = createRateLimit(1, 1_000);
    const now = new Date(0);
    for (let at = 0; at < 10_001; at += 1) expect(limit.take(`k${at}`, now)).toBe(true);
    expect(limit.take('k10000', now)).toBe(false);
    expect(limit.take('k0', now)).toBe(true);
  });
});

describe('commands', () => {
  const clock = settableClock('2026-03-01T12:00:00Z');
  let database: TestDatabase;
  let handle: CommandHandler;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database?.close());
  beforeEach(async () => {
    await database.db.deleteFrom('subscriber').execute();
    await insertSubscribers(database.db, [{ address: 'bob@im.example', channel: 'xmpp' }]);
    handle = createCommandHandler({ db: database.db, clock, channel: 'xmpp', publicUrl: 'https://sundew.example' });
  });
  const bob = 'bob@im.example';

  it('stops at once, says so once, then keeps silent', async () => {
    expect(await handle(bob, 'stop')).toMatch(/^Stopped/);
    expect((await findSubscriber(database.db, 'xmpp', bob))?.state).toBe('stopped');
    expect(await handle(bob, 'stop')).toBeUndefined();
    expect(await handle('eve@im.example', 'stop')).toBeUndefined();
  });

  it('obeys stop even when the sender has used up every answer', async () => {
    for (let at = 0; at < 30; at += 1) await handle(bob, 'help');
    expect(await handle(bob, 'help')).toBeUndefined();
    await handle(bob, 'stop');
    expect((await findSubscriber(database.db, 'xmpp', bob))?.state).toBe('stopped');
  });

  it('changes the level and tells the standing', async () => {
    expect(await handle(bob, 'level high')).toMatch(/high and above/);
    expect(await handle(bob, 'status')).toBe('You get warnings of severity high and above, all networks.');
  });

  it('answers unknown input once an hour and never quotes it', async () => {
    const first = await handle(bob, 'BUY-NOW http://x.example');
    expect(first).toMatch(/^I understand/);
    expect(first).not.toContain('BUY-NOW');
    expect(await handle(bob, 'again?')).toBeUndefined();
  });

  it('gives a stranger help and nothing else, three times a day', async () => {
    expect(await handle('eve@im.example', 'info')).toBeUndefined();
    expect(await handle('eve@im.example', 'level info')).toBeUndefined();
    const answers = [];
    for (let at = 0; at < 5; at += 1) answers.push(await handle('mal@im.example', 'help'));
    expect(answers.filter((answer) => answer !== undefined)).toHaveLength(3);
  });

  it('lets nobody guess codes', async () => {
    const answers = [];
    for (let at = 0; at < 9; at += 1) answers.push(await handle(bob, `confirm 00000${at}`));
    expect(answers.filter((answer) => answer !== undefined)).toHaveLength(5);
  });

  it('gives details of what this subscriber was told, and of nothing else', async () => {
    await database.db
      .transaction()
      .execute((tx) => enqueueAlerts(tx, DEAF_QUEUE, [warningChange()], { now: clock.now() }));
    expect(await handle(bob, 'info W-7K3F')).toBe('You were told of no such warning.');
    await database.db.updateTable('delivery').set({ state: 'sent', sent_at: clock.now() }).execute();
    const info = await handle(bob, 'info w-7k3f');
    expect(info).toContain('hxxp://pictures[.]example');
    expect(info).toContain('https://sundew.example/warnings/W-7K3F');
  });

  describe('ack', () => {
    const enqueue = (...changes: WarningChange[]): Promise<void> =>
      database.db.transaction().execute((tx) => enqueueAlerts(tx, DEAF_QUEUE, changes, { now: clock.now() }));
    const sendAll = async (): Promise<void> => {
      await database.db
        .updateTable('delivery')
        .set({ state: 'sent', sent_at: clock.now() })
        .where('state', '=', 'pending')
        .execute();
    };
    const states = async (): Promise<readonly string[]> =>
      (await listDeliveries(database.db))
        .map(({ warning, revision, state }) => `${warning}.${revision} ${state}`)
        .sort();
    beforeEach(() => database.db.deleteFrom('alert').execute());

    it('acknowledges the last alert, or the one that is named, and is answered once', async () => {
      expect(await handle(bob, 'ack')).toBe('You were told of no such warning.');
      await enqueue(warningChange({ id: 'W-ONE' }));
      await sendAll();
      clock.set('2026-03-01T12:01:00Z');
      await enqueue(warningChange({ id: 'W-TWO' }));
      await sendAll();
      expect(await handle(bob, 'ack')).toMatch(/^Noted: you have seen W-TWO\. /);
      expect(await handle(bob, 'ack')).toBeUndefined();
      clock.set('2026-03-01T12:02:00Z');
      expect(await handle(bob, 'ack w-one.1')).toMatch(/^Noted: you have seen W-ONE\. /);
      expect(await handle(bob, 'ack W-NONE')).toBe('You were told of no such warning.');
      expect(await listSubscribers(database.db)).toMatchObject([
        { delivered: 2, acknowledged: { warning: 'W-ONE', at: '2026-03-01T12:02:00.000Z' } },
      ]);
      expect((await listDeliveries(database.db)).map(({ ackedAt }) => ackedAt).sort()).toEqual([
        '2026-03-01T12:01:00.000Z',
        '2026-03-01T12:02:00.000Z',
      ]);
    });

    it('ends updates that say nothing worse, and neither a worse one nor the all-clear', async () => {
      await enqueue(warningChange());
      await sendAll();
      await enqueue(warningChange({ revision: 2 }, 'updated'));
      await handle(bob, 'ack');
      await enqueue(warningChange({ revision: 3 }, 'updated'));
      expect(await states()).toEqual(['W-7K3F.1 sent', 'W-7K3F.2 superseded']);
      await enqueue(warningChange({ revision: 4, severity: 'critical' }, 'updated'));
      await sendAll();
      await enqueue(warningChange({ revision: 5, severity: 'critical' }, 'updated'));
      await sendAll();
      expect(await handle(bob, 'ack')).toMatch(/^Noted/);
      await enqueue(warningChange({ revision: 6, severity: 'critical' }, 'updated'));
      await enqueue(warningChange({ revision: 7 }, 'ended'));
      expect(await states()).toEqual([
        'W-7K3F.1 sent',
        'W-7K3F.2 superseded',
        'W-7K3F.4 sent',
        'W-7K3F.5 sent',
        'W-7K3F.7 pending',
      ]);
    });

    it('is nothing to a stranger, nor to one who has stopped', async () => {
      await enqueue(warningChange());
      await sendAll();
      expect(await handle('eve@im.example', 'ack W-7K3F')).toBeUndefined();
      await handle(bob, 'stop');
      expect(await handle(bob, 'ack')).toBeUndefined();
      expect((await listDeliveries(database.db))[0]?.ackedAt).toBeUndefined();
    });
  });
});
