// The sending side, against the range's server.
import type { Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { CaptureDraft } from '../../core/capture.ts';
import { REAL_CLOCK } from '../../decoys/testing/real-clock.ts';
import { dialLoopback, type LinkOptions, type Sent, scriptedServer, until } from '../testing/loopback.ts';
import { openYmsgClient, type YmsgClient } from './client.ts';
import { splitMessage } from './outgoing.ts';
import { startYmsgServer } from './server.ts';
import { openPeer, packetOf, type YmsgPeer } from './testing/peer.ts';
import { said } from './testing/sent.ts';
import { textOf } from './wire/fields.ts';
import { encodePacket } from './wire/packet.ts';
import { decodePairs, pair } from './wire/pairs.ts';
import { SERVICE } from './wire/services.ts';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

const NOTIFY = { act: 'notify', peer: 'ann' } as const;

async function open(
  port: number,
  options: LinkOptions & { readonly sent?: Sent[]; readonly arrivals?: CaptureDraft[] } = {},
): Promise<YmsgClient> {
  const stop = new AbortController();
  const client = await openYmsgClient(
    {
      settings: { address: 'alerts', password: 'secret', host: '127.0.0.1', port },
      dial: (endpoint) => dialLoopback(endpoint, options.sent ?? [], options),
      clock: REAL_CLOCK,
      onArrival: (draft) => void options.arrivals?.push(draft),
    },
    stop.signal,
  );
  undo.push(() => stop.abort());
  return client;
}

async function range(): Promise<{ port: number; ann: YmsgPeer; stop: () => Promise<void> }> {
  const accounts = [
    { id: 'alerts', password: 'secret' },
    { id: 'ann', password: 'ann1' },
  ];
  const server = await startYmsgServer({ port: 0, accounts });
  const ann = await openPeer(server.port, 'ann', 'ann1');
  undo.push(() => server.stop());
  undo.push(() => ann.close());
  return { port: server.port, ann, stop: () => server.stop() };
}

const heardBy = (peer: YmsgPeer): string[] =>
  peer.heard
    .filter(({ service }) => service === SERVICE.MESSAGE)
    .map(({ body }) => textOf(decodePairs(body).pairs, 14) ?? '');

describe('a Yahoo account that writes', () => {
  test('an alert arrives once, whole, and is taken when the promise resolves', async () => {
    const { port, ann } = await range();
    const sent: Sent[] = [];
    const client = await open(port, { sent });
    await client.sendMessage({ to: 'ann', body: 'ALERT 12 – grüße', id: '1', intent: NOTIFY });
    await until(() => heardBy(ann).length > 0, 'message');
    expect(heardBy(ann)).toEqual(['ALERT 12 – grüße']);
    expect(sent.slice(3).map(said)).toEqual(['notify message', 'keep-alive keep-alive']);
    await client[Symbol.asyncDispose]();
    expect(await client.closed).toEqual({ error: undefined });
  });

  test('two messages are a second apart', async () => {
    const { port, ann } = await range();
    const client = await open(port);
    const started = Date.now();
    await Promise.all(['one', 'two'].map((body) => client.sendMessage({ to: 'ann', body, id: body, intent: NOTIFY })));
    expect(Date.now() - started).toBeGreaterThan(950);
    await until(() => heardBy(ann).length === 2, 'messages');
    expect(heardBy(ann)).toEqual(['one', 'two']);
  });

  test('commands arrive as messages', async () => {
    const { port, ann } = await range();
    const arrivals: CaptureDraft[] = [];
    await open(port, { arrivals });
    ann.say(packetOf(SERVICE.MESSAGE, 0, [1, 'ann'], [5, 'alerts'], [14, 'stop']));
    await until(() => arrivals.length > 0, 'arrival');
    expect(arrivals).toMatchObject([{ kind: 'message', peer: { id: 'ann' }, text: 'stop' }]);
  });

  test('what the gate denies is told', async () => {
    const { port } = await range();
    const client = await open(port, { allows: ({ act }) => act !== 'notify' });
    await expect(client.sendMessage({ to: 'ann', body: 'x', id: '1', intent: NOTIFY })).rejects.toMatchObject({
      code: 'GATE_DENIED',
    });
  });

  test('a wrong password ends the opening', async () => {
    const server = await startYmsgServer({ port: 0, accounts: [{ id: 'alerts', password: 'other' }] });
    undo.push(() => server.stop());
    await expect(open(server.port)).rejects.toMatchObject({ code: 'DECOY_LOGIN_REFUSED' });
  });

  test('a connection that ends while a message is on its way is to be tried again', async () => {
    const sockets: Socket[] = [];
    const server = await scriptedServer((socket) => {
      sockets.push(socket);
      for (const packet of [
        { service: SERVICE.HANDSHAKE },
        { service: SERVICE.AUTH, pairs: [pair(94, 'AAAAAAAAAAAAAAACAAAAAA--')] },
        { service: SERVICE.LIST },
      ]) {
        socket.write(encodePacket(packet));
      }
    });
    undo.push(server.stop);
    const client = await open(server.port);
    const sending = client.sendMessage({ to: 'ann', body: 'x', id: '1', intent: NOTIFY });
    setTimeout(() => sockets.forEach((socket) => void socket.destroy()), 50);
    await expect(sending).rejects.toMatchObject({ code: 'CHANNEL_RETRY' });
    const { error } = await client.closed;
    expect(error).toMatchObject({ code: 'WIRE_CLOSED' });
    await expect(client.sendMessage({ to: 'ann', body: 'x', id: '2', intent: NOTIFY })).rejects.toMatchObject({
      code: 'CHANNEL_RETRY',
    });
  });
});

describe('a long message', () => {
  test('is cut between characters, at 800 of them or 948 bytes', () => {
    const parts = splitMessage({ to: 'ann', body: `${'a'.repeat(800)}${'😀'.repeat(300)}` });
    expect(parts.join('')).toBe(`${'a'.repeat(800)}${'😀'.repeat(300)}`);
    expect(parts.map((part) => Buffer.byteLength(part))).toEqual([800, 948, 252]);
  });

  test.each([
    ['ann', ''],
    ['ann', 'x'.repeat(17_000)],
    ['ann\u00c0', 'x'],
    ['', 'x'],
  ])('to %j is refused when it cannot be sent', (to, body) => {
    expect(() => splitMessage({ to, body })).toThrow();
  });
});
