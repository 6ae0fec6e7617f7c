import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../storage/testing/test-database.ts';
import { parseCommand } from './command.ts';
import { type CommandHandler, createCommandHandler } from './command-handler.ts';
import { enqueueAlerts } from './enqueue.ts';
import { createRateLimit } from './rate-limit.ts';
import { findSubscriber } from './subscriber-report-store.ts';
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
    ["info '; drop table", { kind: 'unknown' }],
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
});
