// The sending side against the range's server: messages taken once, at the pace that the server allows.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CaptureDraft } from '../../core/capture.ts';
import type { Clock } from '../../core/clock.ts';
import { REAL_CLOCK } from '../../decoys/testing/real-clock.ts';
import { dialLoopback, type Sent, until } from '../testing/loopback.ts';
import { openOscarClient } from './client.ts';
import { piecesOf } from './outgoing.ts';
import { type OscarServer, startOscarServer } from './server.ts';
import { openStranger } from './testing/stranger.ts';
import { decodeIcbmToClient } from './wire/icbm.ts';
import { decodeMessageBlock } from './wire/message-block.ts';
import { SNAC_ICBM_TO_CLIENT } from './wire/snac-types.ts';
import { findTlv } from './wire/tlv.ts';

let server: OscarServer;
const sent: Sent[] = [];

beforeEach(async () => {
  sent.length = 0;
  server = await startOscarServer({
    port: 0,
    accounts: [
      { name: 'Sundew Alerts', password: 'alerts1' },
      { name: 'ann', password: 'annpass' },
    ],
  });
});
afterEach(async () => await server.stop());

const open = (clock: Clock = REAL_CLOCK, onArrival: (draft: CaptureDraft) => void = () => undefined) =>
  openOscarClient(
    {
      settings: { address: 'Sundew Alerts', password: 'alerts1', host: '127.0.0.1', port: server.port, tls: 'none' },
      dial: (endpoint) => dialLoopback(endpoint, sent),
      clock,
      onArrival,
    },
    AbortSignal.timeout(20_000),
  );

const intent = { act: 'notify', peer: 'ann' } as const;

describe('an alert account on AIM', () => {
  it('writes a message that arrives as it was meant, markup and all, and hears the answer', async () => {
    const ann = await openStranger(server.port, 'ann', 'annpass');
    const arrived: CaptureDraft[] = [];
    await using client = await open(REAL_CLOCK, (draft) => void arrived.push(draft));
    await client.sendMessage({ to: 'Ann', body: 'worm <b> & ünïcode\nline two', id: 'alert-1', intent });
    // The server's word to the account and the message to ann travel on two connections: either may be first.
    await until(() => ann.received().some(({ type }) => type === SNAC_ICBM_TO_CLIENT), 'the message');
    const got = ann.received().filter(({ type }) => type === SNAC_ICBM_TO_CLIENT);
    const text = got.map(({ body }) => {
      const block = findTlv(decodeIcbmToClient(body).list.tlvs, 2) ?? new Uint8Array(0);
      return decodeMessageBlock(block, false).text;
    });
    expect(text).toEqual(['worm &lt;b&gt; &amp; ünïcode<BR>line two']);
    await ann.say('Sundew Alerts', 'stop');
    await until(() => arrived.length > 0, 'the answer');
    expect(arrived).toMatchObject([{ kind: 'message', text: 'stop', peer: { id: 'ann' } }]);
    ann.close();
  });

  it('has a message kept for who is away, and is told when there is no such person', async () => {
    await using client = await open();
    await client.sendMessage({ to: 'ann', body: 'later', id: 'alert-2', intent });
    const nobody = client.sendMessage({ to: 'nobody', body: 'x', id: 'alert-3', intent });
    await expect(nobody).rejects.toMatchObject({ code: 'CHANNEL_RETRY' });
  });

  it('never falls below the alert line of the rate class', async () => {
    const slept: number[] = [];
    const times = { now: Date.now() };
    const clock: Clock = {
      now: () => new Date(times.now),
      // Time stands still but for the sleeping between messages; the limit for an answer never ends.
      sleep: (ms, signal) => {
        if (ms >= 30_000)
          return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new Error())));
        slept.push(ms);
        times.now += ms;
        return Promise.resolve();
      },
    };
    await using client = await open(clock);
    for (let at = 0; at < 6; at += 1) {
      await client.sendMessage({ to: 'ann', body: `alert ${at}`, id: `alert-${at}`, intent });
    }
    expect(slept).toHaveLength(3);
    expect(Math.min(...slept)).toBeGreaterThan(2000);
  });

  it('rejects what is unsent when the session ends', async () => {
    const client = await open();
    await server.stop();
    await client.closed;
    const late = client.sendMessage({ to: 'ann', body: 'x', id: 'alert-4', intent });
    await expect(late).rejects.toMatchObject({ code: 'CHANNEL_RETRY' });
    server = await startOscarServer({ port: 0, accounts: [] });
  });

  it('cuts long texts between words and keeps cookies at every try', () => {
    const body = 'word '.repeat(300).trim();
    const pieces = piecesOf('ann', body, 'id');
    expect(pieces.map(({ text }) => text).join(' ')).toBe(body);
    expect(piecesOf('ann', body, 'id')).toEqual(pieces);
    expect(new Set(pieces.map(({ cookie }) => Buffer.from(cookie).toString('hex'))).size).toBe(pieces.length);
    expect(Buffer.from(pieces[0]?.cookie ?? []).toString()).toMatch(/^\d{7}\0$/);
    expect(piecesOf('12345', '<', 'id')[0]?.text).toBe('<');
    expect(() => piecesOf('ann', 'x'.repeat(100_000), 'id')).toThrow(/too long/);
  });
});
