import { hash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MAX_FILE_BYTES } from '../../core/file-inbox.ts';
import type { Intent } from '../../core/link.ts';
import { type LoopbackContext, loopbackContext, until } from '../testing/loopback.ts';
import type { MsnpSettings } from './config.ts';
import { msnpDecoy } from './decoy.ts';
import { type MsnpServer, startMsnpServer } from './server.ts';
import { DIALECTS, type Dialect } from './session/types.ts';
import { textOf } from './testing/sent.ts';

const DORA = 'dora@decoys.example';
const WORM = { address: 'worm@example.com', name: 'Worm é' };
const PROGRAM = Buffer.from(`MZ${'not a program. '.repeat(400)}`);
const PICTURE = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(20_000, 1)]);

let server: MsnpServer;
let context: LoopbackContext;
let stop: AbortController;
let running: Promise<unknown>;
let allows: (intent: Intent) => boolean;

async function start(more: Partial<MsnpSettings> = {}): Promise<void> {
  const loginUrl = `http://127.0.0.1:${server.port}/login`;
  const settings = { address: DORA, password: 'x', host: '127.0.0.1', port: server.port, loginUrl, ...more };
  running = msnpDecoy(settings)
    .run(context, stop.signal)
    .catch((error: unknown) => error);
  await until(() => context.states.at(-1) === 'online', 'online');
}

beforeEach(async () => {
  server = await startMsnpServer({ port: 0, accounts: [{ address: DORA, password: 'x' }] });
  allows = () => true;
  context = loopbackContext({}, { allows: (intent) => allows(intent) });
  stop = new AbortController();
  running = Promise.resolve();
});
afterEach(async () => {
  stop.abort();
  await running;
  await server.stop();
});

const WAYS = [
  ['p2p', 'p2p', false],
  ['p2p, after a direct connection is proposed', 'p2p', true],
  ['MSNFTP', 'ftp', false],
] as const;

describe('a file that an MSN peer pushes', () => {
  test.each(WAYS)('comes by %s, and its content is the evidence', async (_, way, direct) => {
    await start({ persona: way === 'ftp' ? 'classic' : 'p2p' });
    expect(await server.offerFile(WORM, DORA, { name: 'photo.scr', content: PROGRAM, way, direct })).toBe('taken');
    await until(() => context.of('file').length === 1, 'the file');
    const { draft, raw } = context.captures.find((one) => one.draft.kind === 'file') ?? {};
    expect(draft).toMatchObject({
      peer: { id: WORM.address, name: WORM.name },
      file: { name: 'photo.scr', size: PROGRAM.length, sha256: hash('sha256', PROGRAM, 'hex') },
    });
    expect(Buffer.from(raw ?? [])).toEqual(PROGRAM);
    const answers = context.sent.filter(({ intent }) => intent.peer !== undefined);
    for (const { intent } of answers) expect(intent).toMatchObject({ peer: WORM.address, cause: expect.any(String) });
    expect(new Set(answers.map(({ intent }) => intent.act))).toEqual(
      new Set(['delivery-handshake', 'accept-file', 'transfer']),
    );
  });

  test('is not taken where the gate says no: nothing is said and nothing dialled', async () => {
    allows = ({ act }) => act !== 'accept-file';
    await start({ persona: 'classic' });
    for (const way of ['p2p', 'ftp'] as const) {
      const offered = server.offerFile(WORM, DORA, { name: 'a.exe', content: PROGRAM, way });
      await until(() => context.of('file-offer').length === (way === 'p2p' ? 1 : 2), 'the offer');
      stop.signal.throwIfAborted();
      expect(server.heard()).toEqual([]);
      if (way === 'ftp') stop.abort();
      void offered;
    }
    await running;
    expect(server.heard()).toEqual([]);
  });

  test('is dropped when the level falls before it is whole', async () => {
    let answers = 0;
    allows = ({ act }) => {
      if (act === 'transfer') answers += 1;
      return act !== 'transfer';
    };
    await start();
    void server.offerFile(WORM, DORA, { name: 'a.exe', content: PROGRAM, way: 'p2p' });
    await until(() => answers > 0, 'the last acknowledgement');
    stop.abort();
    await running;
    expect(context.of('file')).toEqual([]);
  });

  test.each(WAYS)('is let go of when it turns out to be a picture: %s', async (_, way) => {
    await start({ persona: way === 'ftp' ? 'classic' : 'p2p' });
    await server.offerFile(WORM, DORA, { name: 'a.exe', content: PICTURE, way });
    await until(() => context.of('file').length === 1, 'the word of it');
    const { draft, raw } = context.captures.find((one) => one.draft.kind === 'file') ?? {};
    expect(draft).toMatchObject({ file: { name: 'a.exe' }, meta: { refused: 'media' } });
    expect(draft?.file?.sha256).toBeUndefined();
    expect(raw).toHaveLength(0);
  });

  test.each(WAYS)('of more bytes than it claims is taken up to what it claims, or refused: %s', async (_, way) => {
    await start({ persona: way === 'ftp' ? 'classic' : 'p2p' });
    const content = Buffer.concat([PROGRAM, Buffer.alloc(2 * MAX_FILE_BYTES, 'x')]);
    expect(await server.offerFile(WORM, DORA, { name: 'a.exe', content, claims: 5000, way })).toBe('refused');
    await until(() => context.of('file').length === 1, 'the file');
    const kept = context.captures.find(({ draft }) => draft.kind === 'file')?.raw ?? [];
    if (way === 'p2p') expect(kept).toHaveLength(5000);
    else expect(context.of('file')[0]).toMatchObject({ file: { size: content.length }, meta: { refused: 'size' } });
  });

  test.each([
    ['a picture by name', { name: 'a.jpg', content: PROGRAM }],
    ['over the cap', { name: 'a.exe', content: PROGRAM, claims: MAX_FILE_BYTES + 1 }],
    ['empty', { name: 'a.exe', content: new Uint8Array() }],
  ] as const)('that is %s is an offer and no more', async (_, file) => {
    await start({ persona: 'classic' });
    for (const way of ['p2p', 'ftp'] as const) {
      const before = context.of('file-offer').length;
      void server.offerFile(WORM, DORA, { ...file, way });
      await until(() => context.of('file-offer').length > before, 'the offer');
    }
    expect(server.heard()).toEqual([]);
  });

  test('by MSNFTP is left alone by the other persona, which never shows its address', async () => {
    await start({ persona: 'p2p' });
    void server.offerFile(WORM, DORA, { name: 'a.exe', content: PROGRAM, way: 'ftp' });
    await until(() => context.of('file-offer').length === 1, 'the offer');
    expect(server.heard()).toEqual([]);
  });

  test('comes again and again, of one peer not without end', async () => {
    await start();
    for (let round = 0; round < 10; round += 1) {
      expect(await server.offerFile(WORM, DORA, { name: `${round}.exe`, content: PROGRAM, way: 'p2p' })).toBe('taken');
    }
    void server.offerFile(WORM, DORA, { name: 'last.exe', content: PROGRAM, way: 'p2p' });
    await until(() => context.of('file-offer').length === 11, 'the last offer');
    expect(context.of('file')).toHaveLength(10);
  });
});

describe('who adds an MSN decoy', () => {
  const listCommands = (): readonly string[] =>
    context.sent.map((one) => textOf(one).trim()).filter((text) => /^(?:ADC|ADD|REM) /.test(text));

  test.each(DIALECTS)(
    'is let in, with dialect %i, now and while it was away, once, and nothing is asked back',
    async (dialect) => {
      const early = { address: 'early@example.com', name: 'Early' };
      server.add(early, DORA);
      await start({ dialect: dialect as Dialect });
      server.add(WORM, DORA);
      await until(() => server.admitted(DORA).length === 2, 'both let in');
      await until(() => listCommands().length === (dialect >= 11 ? 4 : 2), 'all answers');
      expect(listCommands().every((text) => !/ FL /.test(text))).toBe(true);
      for (const one of context.sent) {
        if (/^(?:ADC|ADD|REM) /.test(textOf(one)))
          expect(one.intent).toMatchObject({ act: 'accept-contact', cause: expect.any(String) });
      }
      stop.abort();
      await running;
      stop = new AbortController();
      context = loopbackContext();
      await start({ dialect: dialect as Dialect });
      await server.ring(WORM, DORA, []);
      expect(listCommands()).toEqual([]);
    },
  );

  test('stays where they are when the gate says no', async () => {
    allows = ({ act }) => act !== 'accept-contact';
    server.add({ address: 'early@example.com', name: 'Early' }, DORA);
    await start();
    server.add(WORM, DORA);
    await until(() => context.of('contact-request').length === 2, 'both captures');
    expect(listCommands()).toEqual([]);
    expect(server.admitted(DORA)).toEqual([]);
  });
});
