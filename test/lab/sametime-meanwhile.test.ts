// Debian's libmeanwhile, which libpurple uses too, against our server, our decoy and our alert account.
import { hash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { REAL_CLOCK } from '../../src/decoys/testing/real-clock.ts';
import { openSametimeClient } from '../../src/networks/sametime/client.ts';
import { sametimeDecoy } from '../../src/networks/sametime/decoy.ts';
import {
  type SametimeServer,
  type SametimeServerOptions,
  startSametimeServer,
} from '../../src/networks/sametime/server.ts';
import { SametimeFramer } from '../../src/networks/sametime/wire/frame.ts';
import { decodeSametime, type SametimeMessage } from '../../src/networks/sametime/wire/message.ts';
import { dialLoopback, loopbackContext, until } from '../../src/networks/testing/loopback.ts';
import { countBytes } from '../contract/byte-counter.ts';
import { compileMeanwhile, type MeanwhileProgram } from './meanwhile-person.ts';
import { needs } from './peers.ts';

const ACCOUNTS = [
  { user: 'dora', password: 'secret1' },
  { user: 'bob', password: 'x' },
];
const SIZE = 20_000;

describe.skipIf(needs('libmeanwhile'))('libmeanwhile', () => {
  let program: MeanwhileProgram;
  const cleanUps: (() => Promise<void> | void)[] = [];
  beforeAll(() => {
    program = compileMeanwhile();
  });
  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  });
  afterAll(() => program.remove());

  async function serve(of: Partial<SametimeServerOptions> = {}): Promise<SametimeServer> {
    const server = await startSametimeServer({ port: 0, accounts: ACCOUNTS, ...of });
    cleanUps.push(() => server.stop());
    return server;
  }

  const person = (port: number, of: { password?: string; text?: string } = {}) =>
    program.start({
      port,
      user: 'bob',
      password: of.password ?? 'x',
      peer: 'dora',
      text: of.text ?? '',
      html: '<a href="http://evil.test/a.scr">http://bank.test</a>',
      file: { name: 'party.scr', size: SIZE },
    });

  async function decoy(port: number) {
    const context = loopbackContext();
    const stop = new AbortController();
    const settings = { address: 'dora', password: 'secret1', host: '127.0.0.1', port, tls: 'none' } as const;
    const running = sametimeDecoy({ ...settings, clientType: 0x1700 }).run(context, stop.signal);
    cleanUps.push(async () => {
      stop.abort();
      await running.catch(() => undefined); // the server may be gone
    });
    await until(() => context.states.includes('online'), 'the decoy online');
    return context;
  }

  test('signs on to our server and sends our decoy text, HTML and a file; all is captured', async () => {
    const server = await serve();
    const context = await decoy(server.port);
    const { lines } = person(server.port, { text: 'hi look http://x.example/a.scr' });
    const drafts = () => context.captures.map(({ draft }) => draft);
    await until(() => drafts().some(({ kind }) => kind === 'file'), 'the file', 15_000);
    expect(drafts().map(({ kind }) => kind)).toEqual([
      'connection',
      'typing',
      'message',
      'message',
      'file-offer',
      'file',
    ]);
    const [, , text, html, offer, file] = drafts();
    expect(text).toMatchObject({
      text: 'hi look http://x.example/a.scr',
      encrypted: true,
      peer: { id: 'bob', client: 'libmeanwhile' },
      meta: { cipher: 'rc2-128', weakKey: expect.stringMatching(/clock/) as string },
    });
    expect(html).toMatchObject({
      html: '<a href="http://evil.test/a.scr">http://bank.test</a>',
      text: 'http://bank.test',
    });
    expect(offer).toMatchObject({ file: { name: 'party.scr', size: SIZE }, text: 'see this' });
    expect(file).toMatchObject({ file: { sha256: hash('sha256', Buffer.alloc(SIZE, 'M'), 'hex') } });
    await until(() => lines.includes('FILE 0 0'), 'the sender told that the file arrived');
    expect(lines).toContain('OPENED 1');
  });

  test('is refused with a wrong password, and stays where it is when redirected', async () => {
    const server = await serve();
    const wrong = person(server.port, { password: 'no' });
    await until(() => wrong.lines.includes('STOPPING 80000211'), 'the refusal');
    const redirecting = await serve({ redirectTo: 'elsewhere.test' });
    const staying = person(redirecting.port);
    await until(() => staying.lines.includes('ONLINE'), 'online');
    expect(staying.lines).toEqual(['REDIRECTED', 'ONLINE']);
  });

  test('reads an alert of ours', async () => {
    const server = await serve();
    const { lines } = person(server.port);
    await until(() => lines.includes('ONLINE'), 'online');
    const settings = {
      address: 'dora',
      password: 'secret1',
      host: '127.0.0.1',
      port: server.port,
      tls: 'none',
    } as const;
    await using client = await openSametimeClient(
      { settings, dial: (endpoint) => dialLoopback(endpoint, []), clock: REAL_CLOCK },
      new AbortController().signal,
    );
    await client.sendMessage({
      to: 'bob',
      body: 'Worm: do not open it',
      id: '1',
      intent: { act: 'notify', peer: 'bob' },
    });
    await until(() => lines.includes('SAID dora Worm: do not open it'), 'the alert');
  });

  test('signs on with the same frames as our decoy, nonces aside', async () => {
    const server = await serve();
    const proxy = await countBytes(() => server.port);
    cleanUps.push(() => proxy.stop());
    const { lines } = person(proxy.port);
    await until(() => lines.includes('ONLINE'), 'online');
    await decoy(proxy.port);
    const [theirs = [], ours = []] = proxy
      .sent()
      .map((bytes) => [...new SametimeFramer().feed(bytes)].map(decodeSametime));
    const shape = (messages: readonly SametimeMessage[]) =>
      messages.slice(0, 2).map((message) => {
        if (message.kind === 'handshake') return { ...message, minor: 0, localIp: 0, host: '' };
        // Keys without leading zeros may be a byte shorter there.
        if (message.kind === 'login') return { ...message, userId: '', auth: Math.ceil(message.auth.length / 16) };
        return message;
      });
    expect(shape(ours)).toMatchObject(
      shape(theirs).map((one) => (one.kind === 'login' ? { ...one, auth: expect.any(Number) as number } : one)),
    );
    expect(theirs.map(({ kind }) => kind).slice(0, 2)).toEqual(['handshake', 'login']);
  });
});
