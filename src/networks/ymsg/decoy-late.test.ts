// The decoy of versions 15 and 16 and the grant of add requests, against the range's server over real sockets.
import { createServer } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import type { DecoyContext } from '../../core/decoy.ts';
import { dialLoopback, type LoopbackContext, loopbackContext, until } from '../testing/loopback.ts';
import { type RunningDecoy, runDecoy } from '../testing/running-decoy.ts';
import { ymsgDecoy } from './decoy.ts';
import { startYmsgServer } from './server.ts';
import { openPeer, packetOf, type YmsgPeer } from './testing/peer.ts';
import { said, serviceOf } from './testing/sent.ts';
import { decodePairs } from './wire/pairs.ts';
import { SERVICE, STATUS } from './wire/services.ts';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

async function serve(): Promise<number> {
  const accounts = ['dora', 'mallory'].map((id) => ({ id, password: `${id} & 1` }));
  const server = await startYmsgServer({ port: 0, accounts });
  undo.push(() => server.stop());
  return server.port;
}

type Settings = Parameters<typeof ymsgDecoy>[0];

function start(port: number, settings: Partial<Settings> = {}, over: Partial<DecoyContext> = {}): RunningDecoy {
  const place = { host: '127.0.0.1', port, loginUrl: `http://127.0.0.1:${port}/config` };
  const decoy = ymsgDecoy({ address: 'dora', password: 'dora & 1', version: 16, ...place, ...settings });
  const running = runDecoy(decoy, loopbackContext(over));
  undo.push(() => {
    running.stop();
    return running.ended;
  });
  return running;
}

async function stranger(port: number, version: number): Promise<YmsgPeer> {
  const peer = await openPeer(port, 'mallory', 'mallory & 1', version);
  undo.push(() => peer.close());
  return peer;
}

const keys = (peer: YmsgPeer, service: number): string[] =>
  peer.heard
    .filter((packet) => packet.service === service)
    .map(({ body }) =>
      decodePairs(body)
        .pairs.map(({ key, value }) => `${key}=${Buffer.from(value)}`)
        .join(' '),
    );

describe('a Yahoo decoy of a version with a log-in server', () => {
  test.each([15, 16] as const)('version %i signs on, captures, and signs off', async (version) => {
    const port = await serve();
    const running = start(port, { version });
    await until(() => running.context.states.includes('online'), 'online');
    const peer = await stranger(port, version);
    peer.say(packetOf(SERVICE.MESSAGE, STATUS.OFFLINE, [1, 'mallory'], [5, 'dora'], [97, 1], [14, 'hi grüße']));
    await until(() => running.context.captures.length === 1, 'a capture');
    expect(running.context.captures[0]?.draft).toMatchObject({ kind: 'message', text: 'hi grüße' });
    running.stop();
    expect(await running.ended).toBe('signed off');
    expect(running.context.sent.map(said)).toEqual([
      'sign-on auth',
      'sign-on GET /config/pwtoken_get',
      'sign-on GET /config/pwtoken_login',
      'sign-on auth-response',
      'sign-off logoff',
    ]);
  });

  test('a wrong password and an unknown name are told apart', async () => {
    const port = await serve();
    expect(await start(port, { password: 'wrong' }).ended).toMatchObject({
      code: 'DECOY_LOGIN_REFUSED',
      message: expect.stringContaining('password') as string,
    });
    expect(await start(port, { address: 'nobody' }).ended).toMatchObject({
      code: 'DECOY_LOGIN_REFUSED',
      message: expect.stringContaining('no account') as string,
    });
  });

  test.each<[string, string, number, string]>([
    ['a page that is none of its', '<html>', 200, 'DECOY_UNSUPPORTED'],
    ['an error', '0\r\nymsgr=x', 500, 'DECOY_UNSUPPORTED'],
    ['a locked account', '1214', 200, 'DECOY_BANNED'],
    ['a number that nobody knows', '4711', 200, 'DECOY_LOGIN_REFUSED'],
  ])('%s of the log-in server ends the sign-on', async (_, body, status, code) => {
    const port = await serve();
    const web = createServer((_request, response) => response.writeHead(status).end(body));
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
    undo.push(() => web.close());
    const address = web.address();
    const webPort = typeof address === 'object' && address !== null ? address.port : 0;
    expect(await start(port, { loginUrl: `http://127.0.0.1:${webPort}/` }).ended).toMatchObject({ code });
  });

  test('a log-in server that is silent holds up nobody who wants to stop', async () => {
    const port = await serve();
    const web = createServer(() => undefined);
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
    undo.push(() => {
      web.closeAllConnections();
      web.close();
    });
    const address = web.address();
    const webPort = typeof address === 'object' && address !== null ? address.port : 0;
    const running = start(port, { loginUrl: `http://127.0.0.1:${webPort}/` });
    await until(() => running.context.sent.length === 2, 'the request');
    running.stop();
    expect(await running.ended).toBe('signed off');
  });

  test('the password goes over no plain link to another machine', async () => {
    const port = await serve();
    expect(() => start(port, { loginUrl: 'http://login.example/' })).toThrow('loginUrl is not encrypted');
    const sent: LoopbackContext['sent'] = [];
    const dial: DecoyContext['dial'] = (endpoint) => dialLoopback(endpoint, sent, { loopback: sent.length === 0 }); // the second link is to the log-in server
    expect(await start(port, {}, { dial }).ended).toMatchObject({ code: 'LINK_UNVERIFIED' });
    expect(sent.map(serviceOf)).toEqual(['auth']);
  });

  test.each<[string, Partial<Settings>]>([
    ['no log-in server', { loginUrl: undefined }],
    ['one that is no URL', { loginUrl: 'login' }],
    ['one with a name in it', { loginUrl: 'https://a:b@login.example/' }],
  ])('settings with %s are refused', (_, settings) => {
    expect(() => start(5050, settings)).toThrow('loginUrl');
  });
});

describe('an add request', () => {
  const ask = (peer: YmsgPeer): void =>
    peer.say(packetOf(SERVICE.ADD_BUDDY, 0, [1, 'mallory'], [7, 'dora'], [14, 'add me'], [65, 'Friends'], [97, 1]));

  test('of version 13 and later is captured, then granted, and nothing is asked in return', async () => {
    const port = await serve();
    const running = start(port);
    await until(() => running.context.states.includes('online'), 'online');
    const peer = await stranger(port, 16);
    ask(peer);
    await until(() => keys(peer, SERVICE.AUTHORISATION).length > 0, 'the grant');
    expect(running.context.captures.map(({ draft }) => [draft.kind, draft.text])).toEqual([
      ['contact-request', 'add me'],
    ]);
    expect(keys(peer, SERVICE.AUTHORISATION)).toEqual(['4=dora 5=mallory 13=1 241=0']);
    expect(running.context.sent.slice(4).map(said)).toEqual(['accept-contact authorisation']);
    // From now on the stranger sees it come and go.
    await until(() => keys(peer, SERVICE.STATUS_15).some((text) => text.includes('7=dora')), 'presence');
  });

  test('that the gate denies stays without an answer, and the session goes on', async () => {
    const port = await serve();
    const sent: LoopbackContext['sent'] = [];
    const dial: DecoyContext['dial'] = (endpoint) =>
      dialLoopback(endpoint, sent, { allows: ({ act }) => act !== 'accept-contact' });
    const running = start(port, {}, { dial });
    await until(() => running.context.states.includes('online'), 'online');
    const peer = await stranger(port, 16);
    ask(peer);
    peer.say(packetOf(SERVICE.MESSAGE, STATUS.OFFLINE, [1, 'mallory'], [5, 'dora'], [14, 'well?']));
    await until(() => running.context.captures.length === 2, 'both captures');
    expect([keys(peer, SERVICE.AUTHORISATION), sent.length]).toEqual([[], 4]);
  });

  test('of version 12 and before has taken effect, so that nothing is sent', async () => {
    const port = await serve();
    const running = start(port, { version: 10 });
    await until(() => running.context.states.includes('online'), 'online');
    const peer = await stranger(port, 10);
    ask(peer);
    await until(() => running.context.captures.length === 1, 'a capture');
    running.stop();
    await running.ended;
    expect(running.context.sent.map(({ intent }) => intent.act)).toEqual(['sign-on', 'sign-on', 'sign-on', 'sign-off']);
  });
});
