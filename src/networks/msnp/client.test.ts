import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CaptureDraft } from '../../core/capture.ts';
import { SILENT } from '../../core/clock.ts';
import { createGate, type EngagementGate } from '../../decoys/engagement/gate.ts';
import { openDialer } from '../../decoys/engagement/link.ts';
import { MemoryJournal } from '../../decoys/testing/memory-journal.ts';
import { REAL_CLOCK } from '../../decoys/testing/real-clock.ts';
import { until } from '../testing/loopback.ts';
import { type MsnpClient, openMsnpClient } from './client.ts';
import { type MsnpServer, startMsnpServer } from './server.ts';
import { encodeText } from './wire/message.ts';

const ALERTS = 'alerts@im.example';
const BOB = 'bob@im.example';
const ACCOUNTS = [ALERTS, BOB].map((address) => ({ address, password: 'secret' }));

let server: MsnpServer;
let alerts: MsnpClient;
let bob: MsnpClient | undefined;
let heard: CaptureDraft[];
let commands: CaptureDraft[];
let confirmed: string[];

const open: EngagementGate = {
  role: 'decoy',
  network: 'msnp',
  level: () => 'observe',
  rule: () => ({ allowed: true, rule: 'test' }),
};

function connect(address: string, gate: EngagementGate, arrivals: CaptureDraft[]): Promise<MsnpClient> {
  const dial = openDialer({ gate, journal: new MemoryJournal(), decoy: address, clock: REAL_CLOCK, log: SILENT });
  const login = `http://127.0.0.1:${server.port}/login`;
  const settings = { address, password: 'secret', host: '127.0.0.1', port: server.port, loginUrl: login };
  const onArrival = (draft: CaptureDraft): void => void arrivals.push(draft);
  return openMsnpClient({ settings, dial, clock: REAL_CLOCK, onArrival }, AbortSignal.timeout(25_000));
}

const texts = (drafts: readonly CaptureDraft[]): unknown[] =>
  drafts.filter(({ kind }) => kind === 'message').map(({ text }) => text);

beforeEach(async () => {
  server = await startMsnpServer({ port: 0, accounts: ACCOUNTS });
  [heard, commands, confirmed, bob] = [[], [], [BOB], undefined];
  const gate = createGate({
    role: 'notifier',
    network: 'msnp',
    address: ALERTS,
    mayNotify: (address) => confirmed.includes(address),
    mayAnswer: (address) => confirmed.includes(address),
  });
  alerts = await connect(ALERTS, gate, commands);
});
afterEach(async () => {
  await alerts[Symbol.asyncDispose]();
  await bob?.[Symbol.asyncDispose]();
  await server.stop();
});

const send = (body: string, to = BOB): Promise<void> =>
  alerts.sendMessage({ to, body, id: 'd-1', intent: { act: 'notify', peer: to } });

describe('an MSN account that writes', () => {
  test('brings a message to a signed-on peer, the second in the same conversation', async () => {
    bob = await connect(BOB, open, heard);
    await send('HIGH: a worm "ü" <b>');
    await send('and another');
    await until(() => texts(heard).length === 2, 'both messages');
    expect(texts(heard)).toEqual(['HIGH: a worm "ü" <b>', 'and another']);
    expect(heard.filter(({ kind }) => kind === 'connection')).toHaveLength(1);
  });

  test('cuts a long text between characters, within what a switchboard takes', async () => {
    bob = await connect(BOB, open, heard);
    const long = 'ü😀'.repeat(700);
    await send(long);
    await until(() => texts(heard).join('').length === long.length, 'all parts');
    expect(texts(heard).join('')).toBe(long);
    expect(texts(heard).length).toBe(4);
  });

  test('hears commands, and answers where they were said', async () => {
    bob = await connect(BOB, open, heard);
    await bob.sendMessage({ to: ALERTS, body: 'stop', id: 'c', intent: { act: 'notify', peer: ALERTS } });
    await until(() => texts(commands).length === 1, 'the command');
    expect(commands.at(-1)).toMatchObject({ text: 'stop', peer: { id: BOB } });
    await alerts.sendMessage({ to: BOB, body: 'done', id: 'r', intent: { act: 'command-reply', peer: BOB } });
    await until(() => texts(heard).includes('done'), 'the answer');
    expect(heard.filter(({ kind }) => kind === 'connection')).toHaveLength(0);
  });

  test('says when the peer is away, does not exist, or may not be written to', async () => {
    await expect(send('hi')).rejects.toMatchObject({
      code: 'CHANNEL_RETRY',
      message: expect.stringMatching(/online/) as string,
    });
    confirmed.push('nobody@im.example', 'eve@im.example');
    await expect(send('hi', 'nobody@im.example')).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    confirmed.length = 0;
    await expect(send('hi')).rejects.toMatchObject({ code: 'GATE_DENIED' });
  });

  test('joins whoever rings it and says nothing there', async () => {
    const eve = { address: 'eve@x.example', name: 'Eve' };
    expect(await server.ring(eve, ALERTS, [encodeText('hi')])).toBe(true);
    await until(() => texts(commands).length === 1, 'the message');
    expect(server.heard()).toEqual([]);
  });

  test('ends when the server goes', async () => {
    await server.stop();
    expect((await alerts.closed).error).toMatchObject({ code: 'WIRE_CLOSED' });
    await expect(send('hi')).rejects.toMatchObject({ code: 'CHANNEL_RETRY' });
    server = await startMsnpServer({ port: 0, accounts: ACCOUNTS });
  });
});
