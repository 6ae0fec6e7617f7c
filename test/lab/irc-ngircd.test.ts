// IRC decoys on a real ngircd, touched by a real irssi and by a bare client.
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkServerIdentity, connect } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { CaptureKind } from '../../src/core/capture.ts';
import type { Link, TlsOptions } from '../../src/core/link.ts';
import type { IrcDecoyConfig } from '../../src/networks/irc/config.ts';
import { ircDecoy } from '../../src/networks/irc/decoy.ts';
import { openPeer } from '../../src/networks/irc/testing/peer.ts';
import {
  type LoopbackContext,
  linkOver,
  loopbackContext,
  type Sent,
  until,
} from '../../src/networks/testing/loopback.ts';
import { type Ngircd, startNgircd } from './ngircd.ts';
import { needs } from './peers.ts';

let ngircd: Ngircd;
beforeAll(async () => {
  if (needs('ngircd')) return;
  ngircd = await startNgircd();
});
afterAll(() => ngircd?.stop());

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

/** A TLS link as the dialer opens it: an untrusted certificate is a fact, not an error. */
async function dialTls(port: number, options: TlsOptions, sent: Sent[]): Promise<Link> {
  const ca = options.ca === undefined ? {} : { ca: options.ca };
  const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ...ca });
  await new Promise<void>((resolve, reject) => {
    socket.once('secureConnect', resolve);
    socket.once('error', reject);
  });
  const misnamed = checkServerIdentity(options.serverName, socket.getPeerCertificate());
  const verified = socket.authorized && misnamed === undefined;
  return linkOver(socket, sent, { tls: { protocol: socket.getProtocol() ?? '', verified } });
}

function start(
  nick: string,
  over: Partial<IrcDecoyConfig>,
): { context: LoopbackContext; ended: Promise<unknown>; stop(): void } {
  const stopper = new AbortController();
  const context: LoopbackContext = loopbackContext({
    ...(over.tls === 'direct'
      ? { dial: ({ port, tls }) => dialTls(port, tls ?? { serverName: '' }, context.sent) }
      : {}),
  });
  const decoy = ircDecoy({
    address: nick,
    host: '127.0.0.1',
    port: ngircd.port,
    tls: 'none',
    channels: ['#lobby'],
    ...over,
  });
  const ended = decoy.run(context, stopper.signal).then(
    () => 'signed off',
    (error: unknown) => error,
  );
  const stop = (): void => stopper.abort();
  undo.push(async () => {
    stop();
    await ended;
  });
  return { context, ended, stop };
}

const kinds = (context: LoopbackContext): readonly CaptureKind[] => context.captures.map(({ draft }) => draft.kind);

/** irssi on a terminal of its own, doing what it is told once it is connected. */
async function runIrssi(nick: string, port: number, commands: readonly string[]): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'irssi-'));
  await writeFile(join(home, 'my pics.scr'), 'harmless');
  await writeFile(
    join(home, 'config'),
    `servers = ( { address = "127.0.0.1"; chatnet = "lab"; port = "${port}"; autoconnect = "yes"; } );
chatnets = { lab = { type = "IRC"; }; };
settings = { core = { user_name = "${nick}"; nick = "${nick}"; real_name = "${nick}"; };
"irc/core" = { cmd_queue_speed = "1msec"; cmds_max_at_once = "100"; };
"irc/dcc" = { dcc_own_ip = "127.0.0.1"; dcc_upload_path = "${home}"; }; };
`,
  );
  const irssi = spawn('script', ['-qfec', `irssi --home=${home}`, '/dev/null'], {
    env: { ...process.env, TERM: 'xterm', LANG: 'C.UTF-8' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let screen = '';
  irssi.stdout.on('data', (chunk) => {
    screen += String(chunk);
  });
  const gone = new Promise((resolve) => irssi.once('exit', resolve));
  undo.push(async () => {
    irssi.kill('SIGTERM');
    await gone;
    await rm(home, { recursive: true, force: true });
  });
  await until(() => screen.includes('End of MOTD'), 'irssi is connected', 20_000);
  for (const command of commands) irssi.stdin.write(`${command}\r`);
  return home;
}

describe.skipIf(needs('ngircd', 'irssi')).each(['none', 'direct'] as const)(
  'an IRC decoy on ngircd with tls: %s',
  (tls) => {
    const nick = `dora${tls}`;

    test('captures what irssi sends and irssi gets nothing back', async () => {
      const over = tls === 'direct' ? { tls, port: ngircd.tlsPort, ca: ngircd.ca } : { tls };
      const { context, ended, stop } = start(nick, over);
      await until(() => context.states.includes('online'), 'online', 10_000);
      await runIrssi(`mal${tls}`, ngircd.port, [
        '/join #den',
        `/msg ${nick} is that you? http://x.example/grüße.scr`,
        `/notice ${nick} psst`,
        `/invite ${nick} #den`,
        `/ctcp ${nick} VERSION`,
        `/dcc send ${nick} "my pics.scr"`,
        `/dcc chat ${nick}`,
      ]);
      const expected: CaptureKind[] = ['message', 'message', 'group-invite', 'probe', 'file-offer', 'transfer-request'];
      await until(() => context.captures.length >= expected.length, `captures, have ${kinds(context)}`, 20_000);
      expect(kinds(context)).toEqual(expected);
      const drafts = context.captures.map(({ draft }) => draft);
      expect(drafts[0]).toMatchObject({
        text: 'is that you? http://x.example/grüße.scr',
        peer: { id: expect.stringMatching(new RegExp(`^mal${tls}!~mal${tls}@`)), verifiedBy: 'self-asserted' },
      });
      expect(drafts[2]).toMatchObject({ conversation: '#den' });
      expect(drafts[4]).toMatchObject({
        file: { name: 'my pics.scr', size: 8 },
        peer: { address: expect.stringMatching(/^127\.0\.0\.1:\d+$/) },
      });
      stop();
      expect(await ended).toBe('signed off');
      expect(new Set(context.sent.map(({ intent }) => intent.act))).toEqual(
        new Set(['sign-on', 'join-own-channel', 'sign-off']),
      );
    });
  },
);

describe.skipIf(needs('ngircd'))('an IRC decoy on ngircd', () => {
  test('a bare peer hears nothing from it, whatever it sends', async () => {
    const { context } = start('dora', {});
    await until(() => context.states.includes('online'), 'online', 10_000);
    const peer = await openPeer(ngircd.port, 'mallory');
    undo.push(() => peer.close());
    const before = peer.heard.length;
    for (const probe of [
      'VERSION',
      'PING 1',
      'TIME',
      'CLIENTINFO',
      'DCC SEND a.exe 3221225985 0 5 77',
      'DCC CHAT chat 1 2',
    ]) {
      peer.say(`PRIVMSG dora :\x01${probe}\x01`);
    }
    for (let at = 0; at < 100; at += 1) peer.say(`PRIVMSG dora :number ${at}`);
    peer.say('NOTICE dora :end');
    await until(() => context.captures.length === 107, 'captures', 20_000);
    peer.say('PING :done');
    await until(() => peer.heard.some((line) => line.includes('PONG')), 'pong');
    expect(peer.heard.slice(before).filter((line) => !line.includes('PONG'))).toEqual([]);
    expect(Buffer.from(context.captures[50]?.raw ?? []).toString()).toBe(
      ':mallory!~mallory@127.0.0.1 PRIVMSG dora :number 44',
    );
  });

  test('a nick in use is a conflict', async () => {
    const peer = await openPeer(ngircd.port, 'taken');
    undo.push(() => peer.close());
    expect(await start('taken', {}).ended).toMatchObject({ code: 'DECOY_CONFLICT' });
  });

  test('without its certificate as root, nothing is sent', async () => {
    const { context, ended } = start('shy', { tls: 'direct', port: ngircd.tlsPort, serverPassword: 'secret' });
    expect(await ended).toMatchObject({ code: 'LINK_UNVERIFIED' });
    expect(context.sent).toEqual([]);
  });

  test('a wrong server password is a refused login', async () => {
    const locked = await startNgircd({ password: 'right' });
    undo.push(() => locked.stop());
    const wrong = await start('dora', { port: locked.port, serverPassword: 'wrong' }).ended;
    expect(wrong).toMatchObject({ code: 'DECOY_LOGIN_REFUSED' });
    const right = start('dora', { port: locked.port, serverPassword: 'right' });
    await until(() => right.context.states.includes('online'), 'online', 10_000);
  });
});
