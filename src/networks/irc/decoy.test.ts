// The decoy against the range's server and against a hostile one, over real sockets.
import { randomFillSync } from 'node:crypto';
import type { Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { DecoyContext } from '../../core/decoy.ts';
import type { TlsFacts } from '../../core/link.ts';
import { dialLoopback, loopbackContext, type Sent, scriptedServer, until } from '../testing/loopback.ts';
import { type RunningDecoy, runDecoy } from '../testing/running-decoy.ts';
import { ircDecoy } from './decoy.ts';
import { startIrcServer } from './server.ts';
import { openPeer } from './testing/peer.ts';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

async function rangeServer(): Promise<number> {
  const server = await startIrcServer({ port: 0, name: 'irc.range.test', channels: ['#lobby'] });
  undo.push(() => server.stop());
  return server.port;
}

async function scripted(serve: (socket: Socket) => void): Promise<number> {
  const { port, stop } = await scriptedServer(serve);
  undo.push(stop);
  return port;
}

function start(port: number, over: Partial<DecoyContext> = {}, nick = 'dora'): RunningDecoy {
  const decoy = ircDecoy({ address: nick, host: '127.0.0.1', port, tls: 'none', channels: ['#lobby'] });
  const running = runDecoy(decoy, loopbackContext(over));
  undo.push(() => {
    running.stop();
    return running.ended;
  });
  return running;
}

const online = (running: RunningDecoy): Promise<void> =>
  until(() => running.context.states.includes('online'), 'online');

describe('an IRC decoy on the range’s server', () => {
  test('captures what peers do, answers none of it, and signs off', async () => {
    const port = await rangeServer();
    const running = start(port);
    await online(running);
    const peer = await openPeer(port, 'mallory');
    undo.push(() => peer.close());
    peer.say('JOIN #lobby');
    await until(() => peer.heard.some((line) => line.includes(' 366 ')), 'joined');
    const heard = peer.heard.length;
    const lines = [
      'PRIVMSG dora :hi grüße',
      'NOTICE dora :psst',
      'INVITE dora #spam',
      'PRIVMSG dora :\x01VERSION\x01',
      'PRIVMSG dora :\x01DCC SEND "a b.scr" 3221225985 4000 61440\x01',
      'PRIVMSG #lobby :to all',
      'PART #lobby :bye http://x.example/',
    ];
    for (const line of lines) peer.say(line);
    await until(() => running.context.captures.length === lines.length, 'captures');
    const { captures, sent } = running.context;
    expect(captures.map(({ draft }) => draft.kind)).toEqual([
      'message',
      'message',
      'group-invite',
      'probe',
      'file-offer',
      'message',
      'message',
    ]);
    expect(Buffer.from(captures[0]?.raw ?? []).toString()).toMatch(
      /^@time=\S+;msgid=\S+ :mallory!~mallory@mallory\.users\.test PRIVMSG dora :hi grüße$/,
    );
    running.stop();
    expect(await running.ended).toBe('signed off');
    expect(new Set(sent.map(({ intent }) => intent.act))).toEqual(new Set(['sign-on', 'join-own-channel', 'sign-off']));
    expect(peer.heard.slice(heard).filter((line) => !/ (341|QUIT|PART) /.test(line))).toEqual([]);
    expect(running.context.states).toEqual(['connecting', 'online', 'offline']);
  });

  test('a nick in use is a conflict, not another nick', async () => {
    const port = await rangeServer();
    const peer = await openPeer(port, 'DORA');
    undo.push(() => peer.close());
    expect(await start(port).ended).toMatchObject({ code: 'DECOY_CONFLICT' });
  });

  test('a server that stops closes the session', async () => {
    const server = await startIrcServer({ port: 0, name: 'irc.range.test', channels: [] });
    const running = start(server.port);
    await online(running);
    await server.stop();
    expect(await running.ended).toMatchObject({ code: 'WIRE_CLOSED' });
  });

  test('a journal that cannot be written ends the session with that', async () => {
    const port = await rangeServer();
    const broken = start(port, { capture: () => Promise.reject(new Error('disk')) });
    await online(broken);
    const peer = await openPeer(port, 'mallory');
    undo.push(() => peer.close());
    peer.say('PRIVMSG dora :hi');
    expect(await broken.ended).toMatchObject({ message: 'disk' });
  });
});

describe('an IRC decoy and trust in the link', () => {
  const decoy = ircDecoy({
    address: 'dora',
    host: 'irc.test',
    tls: 'direct',
    serverPassword: 'secret',
    channels: [],
  });
  test.each<[string, TlsFacts | undefined]>([
    ['an untrusted certificate', { protocol: 'TLSv1.3', verified: false, problem: 'self-signed certificate' }],
    ['no TLS', undefined],
  ])('not one byte goes over %s', async (_, tls) => {
    const port = await rangeServer();
    const sent: Sent[] = [];
    const context = loopbackContext({ dial: () => dialLoopback({ host: '127.0.0.1', port }, sent, { tls }) });
    await expect(decoy.run(context, new AbortController().signal)).rejects.toMatchObject({ code: 'LINK_UNVERIFIED' });
    expect(sent).toEqual([]);
  });
});

describe('an IRC decoy and a hostile server', () => {
  test('lines without end, NUL and bad sources are captured as malformed, and what follows is read', async () => {
    const port = await scripted((socket) => {
      socket.write(':s.test 001 dora :hi\r\n:s.test 422 dora :x\r\n');
      socket.write(`:a!b@c PRIVMSG dora :${'A'.repeat(100_000)}\r\n`);
      socket.write(':a!b@c PRIV\0MSG dora :x\r\n');
      socket.write(`:${'a'.repeat(1000)} PRIVMSG dora :x\r\n`);
      socket.write(':a!b@c PRIVMSG dora :last\r\n');
    });
    const running = start(port);
    await until(() => running.context.captures.length === 4, 'captures');
    const drafts = running.context.captures.map(({ draft }) => draft);
    expect(drafts.map((draft) => draft.kind)).toEqual(['malformed', 'malformed', 'malformed', 'message']);
    expect(drafts[0]).toMatchObject({ peer: { id: 's.test' }, meta: { reason: 'line too long' } });
  });

  test('a character split over two chunks stays whole', async () => {
    const port = await scripted((socket) => {
      const bytes = Buffer.from(':s.test 001 dora :hi\r\n:s.test 422 dora :x\r\n:a!b@c PRIVMSG dora :ü\r\n');
      const cut = bytes.indexOf(0xc3) + 1;
      socket.write(bytes.subarray(0, cut));
      setTimeout(() => socket.write(bytes.subarray(cut)), 30);
    });
    const running = start(port);
    await until(() => running.context.captures.length === 1, 'capture');
    expect(running.context.captures[0]?.draft).toMatchObject({ text: 'ü', meta: { command: 'PRIVMSG' } });
  });

  test('ten megabytes of random bytes leave it running and memory bounded', async () => {
    const noise = randomFillSync(Buffer.alloc(1 << 20));
    const port = await scripted((socket) => {
      socket.write(':s.test 001 dora :hi\r\n:s.test 422 dora :x\r\n');
      let left = 10;
      const pump = (): void => {
        while (left > 0) {
          left -= 1;
          if (!socket.write(noise)) {
            socket.once('drain', pump);
            return;
          }
        }
        socket.write('\r\n:a!b@c PRIVMSG dora :alive\r\n');
      };
      pump();
    });
    let count = 0;
    let alive = false;
    const running = start(port, {
      capture: async (draft) => {
        count += 1;
        alive ||= draft.text === 'alive';
        return '' as never;
      },
    });
    const before = process.memoryUsage().rss;
    await until(() => alive, 'alive', 25_000);
    expect(count).toBeGreaterThan(1000);
    expect(process.memoryUsage().rss - before).toBeLessThan(200 << 20);
    running.stop();
    expect(await running.ended).toBe('signed off');
  });
});
