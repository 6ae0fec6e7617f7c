// The decoy against the range's server: what a stranger does, and what of it is captured and answered.
import { hash } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import type { CaptureDraft } from '../../core/capture.ts';
import { type LinkOptions, type LoopbackContext, loopbackContext, until } from '../testing/loopback.ts';
import type { SametimeSettings } from './config.ts';
import { sametimeDecoy } from './decoy.ts';
import type { SametimeSenderOptions } from './sender.ts';
import { type SametimeServer, type SametimeServerOptions, startSametimeServer } from './server.ts';
import { kindOf, messageOf } from './testing/sent.ts';
import { openStranger, type Stranger } from './testing/stranger.ts';
import { DATA } from './wire/im.ts';

const ACCOUNTS = [
  { user: 'dora', password: 'secret1', name: 'Dora Example' },
  { user: 'bot7', password: 'x', name: 'Bot Seven' },
];
const cleanUps: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

interface World {
  readonly server: SametimeServer;
  readonly context: LoopbackContext;
  readonly ended: Promise<unknown>;
}

const settings = (port: number): SametimeSettings => ({
  address: 'dora',
  password: 'secret1',
  host: '127.0.0.1',
  port,
  tls: 'none',
});

async function world(
  of: { server?: Partial<SametimeServerOptions>; decoy?: Partial<SametimeSettings>; link?: LinkOptions } = {},
): Promise<World> {
  const server = await startSametimeServer({ port: 0, accounts: ACCOUNTS, ...of.server });
  const context = loopbackContext({}, of.link);
  const stop = new AbortController();
  const ended = sametimeDecoy({ ...settings(server.port), ...of.decoy })
    .run(context, stop.signal)
    .then(
      () => undefined,
      (error: unknown) => error,
    );
  cleanUps.push(async () => {
    stop.abort();
    await ended;
    await server.stop();
  });
  return { server, context, ended };
}

async function online(of: Parameters<typeof world>[0] = {}): Promise<World> {
  const made = await world(of);
  await until(() => made.context.states.includes('online'), 'online');
  return made;
}

async function stranger(server: SametimeServer, of: Partial<SametimeSenderOptions> = {}): Promise<Stranger> {
  const opened = await openStranger(server.port, { user: 'bot7', password: 'x', ...of });
  cleanUps.push(opened.close);
  return opened;
}

async function captured(context: LoopbackContext, kind: CaptureDraft['kind'], count = 1): Promise<CaptureDraft[]> {
  const all = (): CaptureDraft[] => context.captures.map(({ draft }) => draft).filter((draft) => draft.kind === kind);
  await until(() => all().length >= count, `${count} of ${kind}`);
  return all();
}

describe('a Sametime decoy', () => {
  test('signs on with a password that nobody on the way can read, and looks like a client', async () => {
    const { context } = await online();
    await until(() => context.sent.length >= 13, 'the set-up of its services');
    expect(context.sent.map(kindOf)).toEqual([
      'handshake',
      'login',
      'create',
      'create',
      'create',
      'status',
      'privacy',
      ...new Array(6).fill('send'),
    ]);
    expect(messageOf(context.sent[1])).toMatchObject({ authType: 4 });
    expect(Buffer.concat(context.sent.map(({ bytes }) => bytes)).includes('secret1')).toBe(false);
  });

  for (const [ciphers, name, encrypted] of [
    ['none', 'none', undefined],
    ['rc2-40', 'rc2-40', true],
    ['both', 'rc2-128', true],
  ] as const) {
    test(`captures what is said under the cipher ${name}, with who said it`, async () => {
      const { context, server } = await online();
      const { sender } = await stranger(server, { ciphers });
      sender.im('dora', 'hi look http://x.example/a.scr');
      sender.im('dora', 'and again');
      const [first, second] = await captured(context, 'message', 2);
      expect(first).toMatchObject({
        text: 'hi look http://x.example/a.scr',
        peer: { id: 'bot7', name: 'Bot Seven', address: '127.0.0.1', client: 'libmeanwhile', verifiedBy: 'own-server' },
        meta: { cipher: name, clientType: '1700', scriptedClient: true },
      });
      expect(first?.encrypted).toBe(encrypted);
      expect('weakKey' in (first?.meta ?? {})).toBe(encrypted === true);
      expect(second?.text).toBe('and again');
      const [contact] = await captured(context, 'connection');
      expect(contact).toMatchObject({ peer: { id: 'bot7' }, meta: { feature: '33453' } });
    });
  }

  test('accepts a channel only when the contact is stored, and names it as the cause', async () => {
    const { context, server } = await online();
    (await stranger(server)).sender.im('dora', 'hi');
    await captured(context, 'message');
    const accept = context.sent.find((one) => kindOf(one) === 'accept');
    expect(accept?.intent).toEqual({ act: 'delivery-handshake', peer: 'bot7', cause: 'capture-1' });
    expect(messageOf(accept)).toMatchObject({ mode: 0x2000 });
  });

  test('a peer that opens channels in a loop is one contact', async () => {
    const { context, server } = await online();
    const { sender } = await stranger(server, { ciphers: 'none' });
    for (let round = 0; round < 5; round += 1) {
      const seen = context.captures.length;
      sender.im('dora', `round ${round}`);
      await until(() => context.captures.length > seen && context.captures.at(-1)?.draft.kind === 'message', 'said');
      sender.close('dora');
    }
    expect(await captured(context, 'message', 5)).toHaveLength(5);
    expect(await captured(context, 'connection')).toHaveLength(1);
  });

  test('keeps HTML with its links, subjects, typing, MIME and messages in pieces', async () => {
    const { context, server } = await online();
    const { sender } = await stranger(server);
    const data = (type: number, value: string): void =>
      sender.im('dora', { kind: 'data', type, subtype: 0, value: Buffer.from(value) });
    sender.typing('dora');
    data(DATA.subject, 'Your bank');
    sender.html('dora', '<a href="http://evil.test/a.scr">http://bank.test</a>');
    data(DATA.partsBegin, '');
    data(DATA.html, '<b>h');
    data(DATA.html, 'é</b>');
    data(DATA.partsEnd, '');
    data(DATA.mime, 'Content-Type: text/html\r\n\r\n<i>m</i>');
    const [typed] = await captured(context, 'typing');
    expect(typed?.peer.id).toBe('bot7');
    const [html, pieces, mime] = await captured(context, 'message', 3);
    expect(html).toMatchObject({
      text: 'http://bank.test',
      html: '<a href="http://evil.test/a.scr">http://bank.test</a>',
      meta: { subject: 'Your bank' },
    });
    expect(pieces).toMatchObject({ text: 'hé', html: '<b>hé</b>' });
    expect(mime).toMatchObject({ text: 'm', html: '<i>m</i>', meta: { mime: true } });
  });

  test('a file offer is captured and left unanswered where the gate says so', async () => {
    const { context, server } = await online({ link: { allows: ({ act }) => act !== 'accept-file' } });
    const { sender } = await stranger(server);
    sender.file('dora', '..\\a.exe', Buffer.from('MZ'), 'see this');
    const [offer] = await captured(context, 'file-offer');
    expect(offer).toMatchObject({
      file: { name: '..\\a.exe', size: 2 },
      text: 'see this',
      meta: { vulnerability: 'file name with a path' },
    });
    expect(sender.heard.some((one) => one.kind === 'accept')).toBe(false);
  });

  for (const ciphers of ['none', 'both'] as const) {
    test(`takes an offered file that the gate allows, cipher ${ciphers}`, async () => {
      const { context, server } = await online();
      const content = Buffer.alloc(27_019, 'MZ payload ');
      (await stranger(server, { ciphers })).sender.file('dora', 'a.scr', content);
      const [file] = await captured(context, 'file');
      expect(file).toMatchObject({ file: { name: 'a.scr', size: 27_019, sha256: hash('sha256', content, 'hex') } });
      const raw = context.captures.find(({ draft }) => draft.kind === 'file')?.raw;
      expect(Buffer.from(raw ?? []).equals(content)).toBe(true);
      const acts = context.sent.map(({ intent }) => intent.act);
      expect(acts.filter((act) => act === 'accept-file')).toHaveLength(1);
      expect(acts.filter((act) => act === 'transfer')).toHaveLength(4);
    });
  }

  test('an over-long file name is malformed, tied to what it aims at, and never taken', async () => {
    const { context, server } = await online();
    (await stranger(server)).sender.file('dora', 'a'.repeat(60_000), Buffer.from('MZ'));
    const [malformed] = await captured(context, 'malformed');
    expect(malformed).toMatchObject({ peer: { id: 'bot7' }, meta: { vulnerability: 'over-long file name' } });
    expect(context.sent.some(({ intent }) => intent.act === 'accept-file')).toBe(false);
  });

  test('invitations, announcements and words of the administrator', async () => {
    const { context, server } = await online();
    const { sender } = await stranger(server);
    sender.invite('dora', 'Party', 'join us');
    sender.announce('dora', 'Click http://x.test');
    server.broadcast('maintenance at noon');
    const [invite] = await captured(context, 'group-invite');
    expect(invite).toMatchObject({ peer: { id: 'bot7' }, text: 'join us', meta: { title: 'Party' } });
    expect(invite?.conversation).toMatch(/^bot7\([0-9a-f]{8},[0-9a-f]{4}\)$/);
    const [announcement] = await captured(context, 'message');
    expect(announcement).toMatchObject({ text: 'Click http://x.test', meta: { announcement: true } });
    const [notice] = await captured(context, 'service-notice');
    expect(notice).toMatchObject({ text: 'maintenance at noon', peer: { id: '127.0.0.1' } });
    expect(context.sent.every(({ intent }) => intent.peer === undefined)).toBe(true);
  });

  test('a wrong password, a server without a key, a link that is not trusted: each is told by its code', async () => {
    const wrong = await world({ decoy: { password: 'no' } });
    expect(await wrong.ended).toMatchObject({ code: 'DECOY_LOGIN_REFUSED' });
    const weak = await world({ server: { offersKey: false } });
    expect(await weak.ended).toMatchObject({ code: 'DECOY_UNSUPPORTED' });
    const far = await world({ link: { loopback: false } });
    expect(await far.ended).toMatchObject({ code: 'LINK_UNVERIFIED' });
    expect(far.context.sent).toEqual([]);
  });

  test('what the operator allows is done: RC2-40, and a plain link elsewhere', async () => {
    const { context } = await online({
      server: { offersKey: false },
      link: { loopback: false },
      decoy: { weakLogin: true, insecure: true },
    });
    expect(messageOf(context.sent[1])).toMatchObject({ kind: 'login', authType: 2 });
  });

  test('stays where it is when redirected to a host that nobody named, with one login', async () => {
    const { context } = await online({ server: { redirectTo: 'evil.test' } });
    const kinds = context.sent.map(kindOf);
    expect(kinds.filter((kind) => kind === 'login')).toHaveLength(1);
    expect(kinds).toContain('login-continue');
    expect((await captured(context, 'service-notice'))[0]).toMatchObject({ meta: { redirect: 'evil.test' } });
    expect(context.dialled).toHaveLength(1);
  });

  test('follows a redirect to a host of the community, twice at most', async () => {
    const { context } = await online({ server: { redirectTo: 'two.test' }, decoy: { redirectHosts: ['two.test'] } });
    expect(context.dialled.map(({ host }) => host)).toEqual(['127.0.0.1', 'two.test', 'two.test']);
  });
});
