// The sending side against the range's server.
import { afterEach, describe, expect, test } from 'vitest';
import type { CaptureDraft } from '../../core/capture.ts';
import { REAL_CLOCK } from '../../decoys/testing/real-clock.ts';
import { dialLoopback, type LinkOptions, type Sent, until } from '../testing/loopback.ts';
import { openSametimeClient, type SametimeClient } from './client.ts';
import { type SametimeServer, startSametimeServer } from './server.ts';
import { kindOf } from './testing/sent.ts';
import { openStranger } from './testing/stranger.ts';

const ACCOUNTS = [
  { user: 'alerts', password: 'secret1' },
  { user: 'CN=Al Ice/O=Acme', password: 'x' },
];
const AL = 'CN=Al Ice/O=Acme';
const cleanUps: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function open(
  of: { link?: LinkOptions; onArrival?: (draft: CaptureDraft) => void } = {},
): Promise<{ server: SametimeServer; client: SametimeClient; sent: Sent[] }> {
  const server = await startSametimeServer({ port: 0, accounts: ACCOUNTS });
  const sent: Sent[] = [];
  const client = await openSametimeClient(
    {
      settings: { address: 'alerts', password: 'secret1', host: '127.0.0.1', port: server.port, tls: 'none' },
      dial: (endpoint) => dialLoopback(endpoint, sent, of.link),
      clock: REAL_CLOCK,
      ...(of.onArrival === undefined ? {} : { onArrival: of.onArrival }),
    },
    new AbortController().signal,
  );
  cleanUps.push(async () => {
    await client[Symbol.asyncDispose]();
    await server.stop();
  });
  return { server, client, sent };
}

const alert = { to: AL, body: 'Worm: do not open it. Grüße', id: '1', intent: { act: 'notify', peer: AL } } as const;

describe('a Sametime account that writes', () => {
  test('opens a channel, says it encrypted, closes it, and then says that it was taken', async () => {
    const { client, sent, server } = await open();
    const { sender, close } = await openStranger(server.port, { user: AL, password: 'x' });
    cleanUps.push(close);
    await client.sendMessage(alert);
    expect(sender.read).toEqual([{ from: 'alerts', text: alert.body }]);
    expect(Buffer.concat(sent.map(({ bytes }) => bytes)).includes('Worm')).toBe(false);
    expect(sent.filter(({ intent }) => intent.act === 'notify').map(kindOf)).toEqual(['create', 'send', 'destroy']);
  });

  test('says to try again when the receiver is offline', async () => {
    const { client } = await open();
    await expect(client.sendMessage(alert)).rejects.toMatchObject({ code: 'CHANNEL_RETRY', message: /offline/ });
  });

  test('says so when the gate stops it, and when it is too long', async () => {
    const { client } = await open({ link: { allows: ({ act }) => act !== 'notify' } });
    await expect(client.sendMessage(alert)).rejects.toMatchObject({ code: 'GATE_DENIED' });
    await expect(client.sendMessage({ ...alert, body: 'a'.repeat(70_000) })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
  });

  test('hears commands', async () => {
    const drafts: CaptureDraft[] = [];
    const { server } = await open({ onArrival: (draft) => void drafts.push(draft) });
    const { sender, close } = await openStranger(server.port, { user: AL, password: 'x' });
    cleanUps.push(close);
    sender.im('alerts', 'stop');
    await until(() => drafts.some(({ kind }) => kind === 'message'), 'the command');
    expect(drafts.at(-1)).toMatchObject({ text: 'stop', peer: { id: AL, verifiedBy: 'own-server' } });
  });

  test('whatever waits is told when the session ends', async () => {
    const { client, server } = await open();
    const { close, sender } = await openStranger(server.port, { user: AL, password: 'x', accepts: false });
    cleanUps.push(close);
    const waiting = client.sendMessage(alert);
    waiting.catch(() => undefined);
    await until(() => sender.heard.some(({ kind }) => kind === 'create'), 'the channel');
    await server.stop();
    await expect(waiting).rejects.toMatchObject({ code: 'CHANNEL_RETRY' });
    expect((await client.closed).error).toMatchObject({ code: 'WIRE_CLOSED' });
    await expect(client.sendMessage(alert)).rejects.toMatchObject({ code: 'CHANNEL_RETRY' });
  });
});
