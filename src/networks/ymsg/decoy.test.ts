// The decoy against the range's server and against hostile ones, over real sockets.
import type { Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { DecoyContext } from '../../core/decoy.ts';
import { dialLoopback, loopbackContext, type Sent, scriptedServer, until } from '../testing/loopback.ts';
import { type RunningDecoy, runDecoy } from '../testing/running-decoy.ts';
import { ymsgDecoy } from './decoy.ts';
import { startYmsgServer, type YmsgServer } from './server.ts';
import { openPeer, packetOf, type YmsgPeer } from './testing/peer.ts';
import { said, serviceOf } from './testing/sent.ts';
import { textOf } from './wire/fields.ts';
import { encodePacket } from './wire/packet.ts';
import { decodePairs, pair } from './wire/pairs.ts';
import { SERVICE, STATUS } from './wire/services.ts';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

const ACCOUNTS = ['dora', 'mallory', 'victim'].map((id) => ({ id, password: `${id}1` }));

async function rangeServer(guestPassword?: string): Promise<YmsgServer> {
  const server = await startYmsgServer({ port: 0, accounts: ACCOUNTS, ...(guestPassword && { guestPassword }) });
  undo.push(() => server.stop());
  return server;
}

async function stranger(port: number, id = 'mallory', version = 10): Promise<YmsgPeer> {
  const peer = await openPeer(port, id, `${id}1`, version);
  undo.push(() => peer.close());
  return peer;
}

type Settings = Parameters<typeof ymsgDecoy>[0];

function start(port: number, over: Partial<DecoyContext> = {}, settings: Partial<Settings> = {}): RunningDecoy {
  const decoy = ymsgDecoy({ address: 'Dora', password: 'dora1', host: '127.0.0.1', port, ...settings });
  const running = runDecoy(decoy, loopbackContext(over));
  undo.push(() => {
    running.stop();
    return running.ended;
  });
  return running;
}

const online = (running: RunningDecoy): Promise<void> =>
  until(() => running.context.states.includes('online'), 'online');
const kinds = ({ context }: RunningDecoy): string[] => context.captures.map(({ draft }) => draft.kind);

describe('a Yahoo decoy on the range’s server', () => {
  test.each([9, 10] as const)(
    'version %i: captures what peers do, answers none of it, and signs off',
    async (version) => {
      const { port } = await rangeServer();
      const running = start(port, {}, { version });
      await online(running);
      const peer = await stranger(port, 'mallory', version);
      const me = [1, 'mallory'] as [number, string];
      const to = [5, 'dora'] as [number, string];
      const before = peer.heard.length;
      for (const packet of [
        packetOf(SERVICE.MESSAGE, STATUS.OFFLINE, me, to, [97, 1], [63, ';0'], [14, 'hi grüße']),
        packetOf(SERVICE.MESSAGE, STATUS.OFFLINE, me, to, [14, '<ding>']),
        packetOf(SERVICE.MASS_MESSAGE, 0, me, [5, 'dora'], [5, 'victim'], [14, 'to many']),
        packetOf(SERVICE.NOTIFY, STATUS.NOTIFY, [49, 'TYPING'], me, [14, ' '], [13, 1], to),
        packetOf(SERVICE.CONFERENCE_INVITE, 0, me, [50, 'x'], [57, 'r-1'], [58, 'join'], [52, 'dora'], [52, 'victim']),
        packetOf(SERVICE.CHAT_INVITE, 0, me, [104, 'Room:1'], [117, 'come'], [118, 'dora']),
        packetOf(SERVICE.P2P_FILE, 0, me, to, [13, 1], [27, 'a.scr'], [28, 9], [20, 'http://192.0.2.1:80/a']),
        packetOf(SERVICE.FILE_TRANSFER, 0, me, to, [14, 'look'], [20, 'http://files.test/b.scr?x']),
        packetOf(SERVICE.FILE_OFFER_15, 0, me, to, [222, 1], [265, 'id'], [27, 'c.scr'], [28, 9]),
        packetOf(SERVICE.PEER_TO_PEER, 0, me, to, [12, 'MTkyLjAuMi4x'], [49, 'PEERTOPEER']),
      ]) {
        peer.say(packet);
      }
      await until(() => running.context.captures.length === 10, 'captures');
      expect(kinds(running)).toEqual([
        'message',
        'nudge',
        'message',
        'typing',
        'group-invite',
        'group-invite',
        'file-offer',
        'file-offer',
        'file-offer',
        'probe',
      ]);
      const [first] = running.context.captures;
      expect(first?.draft).toMatchObject({ text: 'hi grüße', peer: { id: 'mallory', verifiedBy: 'own-server' } });
      expect(
        Buffer.from(first?.raw ?? [])
          .subarray(0, 4)
          .toString(),
      ).toBe('YMSG');
      expect(running.context.captures[4]?.draft).toMatchObject({ peer: { id: 'mallory' }, conversation: 'r-1' });
      running.stop();
      expect(await running.ended).toBe('signed off');
      expect(running.context.sent.map(said)).toEqual([
        'sign-on handshake',
        'sign-on auth',
        'sign-on auth-response',
        'sign-off logoff',
      ]);
      expect(peer.heard.slice(before)).toEqual([]);
      expect(running.context.states).toEqual(['connecting', 'online', 'offline']);
    },
  );

  test('is told of add requests and of messages that came while it was away', async () => {
    const server = await rangeServer();
    const peer = await stranger(server.port);
    peer.say(packetOf(SERVICE.ADD_BUDDY, 0, [1, 'mallory'], [7, 'dora'], [14, 'add me'], [65, 'Friends'], [97, 1]));
    peer.say(packetOf(SERVICE.MESSAGE, 0, [5, 'dora'], [14, 'one']));
    peer.say(packetOf(SERVICE.MESSAGE, 0, [5, 'dora'], [14, 'two']));
    await until(() => server.waiting('dora') === 3, 'kept');
    const added = peer.heard.find(({ service }) => service === SERVICE.ADD_BUDDY);
    expect(textOf(decodePairs(added?.body ?? new Uint8Array(0)).pairs, 66)).toBe('0');
    const running = start(server.port);
    await until(() => running.context.captures.length === 3, 'captures');
    expect(running.context.captures.map(({ draft }) => [draft.kind, draft.text, draft.meta?.offline])).toEqual([
      ['contact-request', 'add me', undefined],
      ['message', 'one', true],
      ['message', 'two', true],
    ]);
    expect(server.waiting('dora')).toBe(0);
  });

  test('a wrong password and an unknown name are told apart', async () => {
    const { port } = await rangeServer();
    expect(await start(port, {}, { password: 'wrong' }).ended).toMatchObject({
      code: 'DECOY_LOGIN_REFUSED',
      message: expect.stringContaining('password') as string,
    });
    expect(await start(port, {}, { address: 'nobody' }).ended).toMatchObject({
      code: 'DECOY_LOGIN_REFUSED',
      message: expect.stringContaining('no account') as string,
    });
  });

  test('guests sign on with the range’s password', async () => {
    const { port } = await rangeServer('guest');
    await online(start(port, {}, { address: 'anyone', password: 'guest' }));
  });

  test('another sign-on of the id ends it as a conflict', async () => {
    const { port } = await rangeServer();
    const running = start(port);
    await online(running);
    await stranger(port, 'dora');
    expect(await running.ended).toMatchObject({ code: 'DECOY_CONFLICT' });
  });

  test('the cookies of one sign-on are shown at the next', async () => {
    const { port } = await rangeServer();
    const decoy = ymsgDecoy({ address: 'dora', password: 'dora1', host: '127.0.0.1', port });
    const cookies: number[] = [];
    for (let round = 0; round < 2; round += 1) {
      const context = loopbackContext();
      const stop = new AbortController();
      const ended = decoy.run(context, stop.signal);
      await until(() => context.states.includes('online'), 'online');
      stop.abort();
      await ended;
      const answer = context.sent.find((one) => serviceOf(one) === 'auth-response');
      const { pairs } = decodePairs((answer?.bytes ?? new Uint8Array(20)).subarray(20));
      cookies.push(pairs.filter(({ key }) => key === 59).length);
    }
    expect(cookies).toEqual([0, 2]);
  });

  test('a journal that cannot be written ends the session with that', async () => {
    const { port } = await rangeServer();
    const broken = start(port, { capture: () => Promise.reject(new Error('disk')) });
    await online(broken);
    (await stranger(port)).say(packetOf(SERVICE.MESSAGE, 0, [5, 'dora'], [14, 'hi']));
    expect(await broken.ended).toMatchObject({ message: 'disk' });
  });
});

describe('a Yahoo decoy and trust in the link', () => {
  const dialFar =
    (port: number, sent: Sent[]): DecoyContext['dial'] =>
    () =>
      dialLoopback({ host: '127.0.0.1', port }, sent, { loopback: false });

  test('not one byte goes to another machine', async () => {
    const { port } = await rangeServer();
    const sent: Sent[] = [];
    const running = start(port, { dial: dialFar(port, sent) });
    expect(await running.ended).toMatchObject({
      code: 'LINK_UNVERIFIED',
      message: expect.stringContaining('insecure: true') as string,
    });
    expect(sent).toEqual([]);
  });

  test('unless the operator has said so', async () => {
    const { port } = await rangeServer();
    await online(start(port, { dial: dialFar(port, []) }, { insecure: true }));
  });

  test('the password itself is never sent', async () => {
    const { port } = await rangeServer();
    const running = start(port);
    await online(running);
    const all = Buffer.concat(running.context.sent.map(({ bytes }) => bytes)).toString('latin1');
    expect(all).not.toContain('dora1');
  });

  test.each([{ address: 'dora@yahoo.com' }, { address: '' }, { password: '' }, { host: '' }])(
    'settings %j are refused',
    (settings) => {
      expect(() => ymsgDecoy({ address: 'dora', password: 'x', host: 'y.test', ...settings })).toThrow('Yahoo id');
    },
  );
});

describe('a Yahoo decoy and a hostile server', () => {
  async function scripted(serve: (socket: Socket) => void): Promise<number> {
    const { port, stop } = await scriptedServer(serve);
    undo.push(stop);
    return port;
  }

  const SIGN_ON = [
    encodePacket({ service: SERVICE.HANDSHAKE, status: 1 }),
    encodePacket({ service: SERVICE.AUTH, status: 1, pairs: [pair(94, 'AAAAAAAAAAAAAAACAAAAAA--')] }),
    encodePacket({ service: SERVICE.LIST }),
  ];

  test('a body without an end is malformed, and what follows is read', async () => {
    const good = encodePacket({ service: SERVICE.MESSAGE, status: 1, pairs: [pair(4, 'worm'), pair(14, 'last')] });
    const bad = good.slice(0, -1);
    new DataView(bad.buffer).setUint16(8, bad.length - 20);
    const port = await scripted((socket) => void socket.write(Buffer.concat([...SIGN_ON, bad, good])));
    const running = start(port);
    await until(() => running.context.captures.length === 2, 'captures');
    expect(running.context.captures.map(({ draft }) => draft)).toMatchObject([
      { kind: 'malformed', meta: { reason: 'the last value has no end' } },
      { kind: 'message', text: 'last' },
    ]);
  });

  test('a web server at the port is named as what it is not', async () => {
    const port = await scripted((socket) => void socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const running = start(port);
    expect(await running.ended).toMatchObject({ code: 'WIRE_MALFORMED' });
    expect(kinds(running)).toEqual(['malformed']);
  });

  test('secrets of a malformed list are no evidence', async () => {
    const list = encodePacket({ service: SERVICE.LIST, pairs: [pair(59, 'Y\tv=secret'), pair(59, 'T\tz')] });
    const bad = list.slice(0, -1);
    new DataView(bad.buffer).setUint16(8, bad.length - 20);
    const port = await scripted((socket) => void socket.write(Buffer.concat([...SIGN_ON, bad])));
    const running = start(port);
    await until(() => running.context.captures.length === 1, 'capture');
    expect(Buffer.from(running.context.captures[0]?.raw ?? []).toString('latin1')).not.toContain('secret');
  });

  test('a server that asks for nothing more and closes ends the session', async () => {
    const port = await scripted((socket) => void socket.end(SIGN_ON[0] ?? ''));
    expect(await start(port).ended).toMatchObject({ code: 'WIRE_CLOSED' });
  });
});
