import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CaptureDraft } from '../../core/capture.ts';
import { SILENT } from '../../core/clock.ts';
import type { Journal } from '../../core/journal.ts';
import { createGate, type EngagementGate } from '../../decoys/engagement/gate.ts';
import { openDialer } from '../../decoys/engagement/link.ts';
import { openXmppClient, type XmppClient } from '../../networks/xmpp/client.ts';
import { startXmppServer, type XmppServer } from '../../networks/xmpp/server.ts';
import type { OutgoingMessage } from '../channel.ts';
import { REAL_CLOCK, until } from '../testing/fakes.ts';
import { type Audience, createAudience } from './audience.ts';
import { createImChannel, type ImChannel } from './im.ts';

const ALERTS = 'alerts@im.example';
const BOB = 'bob@im.example';
const MESSAGE: OutgoingMessage = {
  stableId: 'd-1.1',
  to: BOB,
  subject: 's',
  text: 'long',
  short: 'HIGH, XMPP: a worm "ü" <b>',
  thread: 'W-7K3F.root.s-1',
};

/** Keeps nothing: the ledger is tested where it lives. */
const JOURNAL: Journal = {
  append: async () => 1,
  read: async () => [],
  last: 0,
  waitBeyond: async () => undefined,
  erase: async () => undefined,
};

let server: XmppServer;
let audience: Audience;
let commands: [string, string][];
let channel: ImChannel;
let bob: XmppClient;
let arrivals: CaptureDraft[];

const connect = (
  address: string,
  gate: EngagementGate,
  onArrival: (draft: CaptureDraft) => Promise<void>,
  signal: AbortSignal,
): Promise<XmppClient> =>
  openXmppClient(
    {
      settings: { mode: 'client', address, password: 'secret', host: '127.0.0.1', port: server.port, tls: 'none' },
      dial: openDialer({ gate, journal: JOURNAL, decoy: address, clock: REAL_CLOCK, log: SILENT }),
      clock: REAL_CLOCK,
      onArrival,
    },
    signal,
  );

const notifierGate = (): EngagementGate =>
  createGate({
    role: 'notifier',
    network: 'xmpp',
    address: ALERTS,
    mayNotify: audience.mayNotify,
    mayAnswer: audience.mayAnswer,
  });

/** Bob is a person: his client may write what it likes. */
const open: EngagementGate = {
  role: 'decoy',
  network: 'xmpp',
  level: () => 'observe',
  rule: () => ({ allowed: true, rule: 'test' }),
};

const fromBob = (body: string, type = 'chat'): void =>
  server.deliver(`<message from='${BOB}/phone' to='${ALERTS}' type='${type}'><body>${body}</body></message>`);

beforeEach(async () => {
  const accounts = [ALERTS, BOB].map((address) => ({ local: address.split('@', 1)[0] ?? '', password: 'secret' }));
  server = await startXmppServer({ domain: 'im.example', accounts });
  audience = createAudience();
  commands = [];
  arrivals = [];
  bob = await connect(BOB, open, async (draft) => void arrivals.push(draft), AbortSignal.timeout(25_000));
  channel = createImChannel({
    kind: 'xmpp',
    open: (onArrival, signal) => connect(ALERTS, notifierGate(), onArrival, signal),
    audience,
    commands: async (key, text) => {
      commands.push([key, text]);
      return text === 'silence' ? undefined : 'an answer';
    },
    clock: REAL_CLOCK,
    random: () => 0,
    log: SILENT,
  });
});
afterEach(async () => {
  await channel.close();
  await bob[Symbol.asyncDispose]();
  await server.stop();
});

const send = (message = MESSAGE): Promise<unknown> => channel.send(message, AbortSignal.timeout(5_000));
const messages = (): CaptureDraft[] => arrivals.filter((draft) => draft.kind === 'message');

describe('XMPP channel', () => {
  it('brings the short form to the subscriber, acknowledged by the server, through the notifier gate', async () => {
    await send();
    await until(() => messages().length === 1);
    expect(messages()[0]).toMatchObject({ text: MESSAGE.short, peer: { id: ALERTS } });
    expect(channel.state()).toBe('online');
  });

  it('writes to nobody that was not admitted for this very message', () => {
    const done = audience.admit('notify', BOB);
    expect(audience.mayNotify(BOB)).toBe(true);
    expect(audience.mayAnswer(BOB)).toBe(false);
    done();
    expect(audience.mayNotify(BOB)).toBe(false);
  });

  it('hands commands over with the bare address and answers them', async () => {
    await until(() => channel.state() === 'online');
    fromBob('stop');
    await until(() => messages().length === 1);
    expect(commands).toEqual([[BOB, 'stop']]);
    expect(messages()[0]?.text).toBe('an answer');
  });

  it('says nothing when the handler says nothing, and never answers errors or rooms', async () => {
    await until(() => channel.state() === 'online');
    fromBob('ouch', 'error');
    fromBob('hello all', 'groupchat');
    fromBob('silence');
    await until(() => commands.length === 1);
    await send();
    await until(() => messages().length === 1);
    expect(commands).toEqual([[BOB, 'silence']]);
  });

  it('signs on again after the connection was cut, and sends with the same id', async () => {
    await send();
    server.cut();
    await bob.closed;
    bob = await connect(BOB, open, async (draft) => void arrivals.push(draft), AbortSignal.timeout(25_000));
    await until(async () => {
      try {
        await send();
        return true;
      } catch {
        return false; // the cut is not noticed yet
      }
    });
    await until(() => messages().length >= 2);
    expect(messages().every((draft) => draft.text === MESSAGE.short)).toBe(true);
  });

  it('asks for another try while it is offline', async () => {
    await until(() => channel.state() === 'online');
    await server.stop();
    await until(() => channel.state() !== 'online');
    const attempt = channel.send(MESSAGE, AbortSignal.timeout(200));
    await expect(attempt).rejects.toMatchObject({ code: 'CHANNEL_RETRY' });
  });

  it('gives up for good on what is no address', async () => {
    await expect(send({ ...MESSAGE, to: 'not an address' })).rejects.toMatchObject({ code: 'CHANNEL_REFUSED' });
  });
});
