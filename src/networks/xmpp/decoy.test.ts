import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isSundewError } from '../../core/error.ts';
import type { Endpoint } from '../../core/link.ts';
import { openXmppClient, type XmppClient } from './client.ts';
import type { XmppClientSettings } from './config.ts';
import { xmppDecoy } from './decoy.ts';
import { startXmppServer, type XmppServer } from './server.ts';
import { dialTest } from './testing/socket-link.ts';
import { REAL_CLOCK, type TestContext, testContext } from './testing/test-context.ts';

const DOMAIN = 'range.example';
let server: XmppServer;
let stop: AbortController;

const settings = (local: string, password = `${local}-pw`): XmppClientSettings => ({
  mode: 'client',
  address: `${local}@${DOMAIN}`,
  password,
  host: '127.0.0.1',
  port: server.port,
  tls: 'none',
});

beforeEach(async () => {
  server = await startXmppServer({
    domain: DOMAIN,
    accounts: ['dora', 'bot', 'ana'].map((local) => ({ local, password: `${local}-pw` })),
    components: [{ domain: `traps.${DOMAIN}`, secret: 's3cret' }],
    hibernateMs: 2_000,
  });
  stop = new AbortController();
});

afterEach(async () => {
  stop.abort();
  await server.stop();
});

async function openBot(onArrival?: Parameters<typeof openXmppClient>[0]['onArrival']): Promise<XmppClient> {
  const options = { settings: settings('bot'), dial: (endpoint: Endpoint) => dialTest(endpoint), clock: REAL_CLOCK };
  return openXmppClient(onArrival === undefined ? options : { ...options, onArrival }, stop.signal);
}

async function startDecoy(context: TestContext): Promise<{ readonly done: Promise<unknown> }> {
  const done = xmppDecoy(settings('dora'))
    .run(context, stop.signal)
    .catch((error: unknown) => error);
  await context.until(() => context.states.includes('online'), 'sign-on');
  return { done };
}

const say = (n: number, to = `dora@${DOMAIN}`) => ({
  to,
  body: `hello ${n} é😀`,
  id: `m${n}`,
  originId: `o${n}`,
  intent: { act: 'notify', peer: to } as const,
});

describe('a client decoy on the range server', () => {
  it('captures a message with its exact bytes, acknowledges it to the server and sends nothing to the peer', async () => {
    const context = testContext();
    const { done } = await startDecoy(context);
    await using bot = await openBot();
    for (let n = 0; n < 20; n += 1) await bot.sendMessage(say(n));
    await context.until(() => context.kept.length === 20, '20 captures');
    const [first] = context.kept;
    expect(first?.draft).toMatchObject({
      kind: 'message',
      text: 'hello 0 é😀',
      peer: { id: `bot@${DOMAIN}`, verifiedBy: 'own-server' },
      native: expect.stringMatching(/^stanza-id:/),
      meta: { id: 'm0', originId: 'o0' },
    });
    expect(first?.raw).toMatch(/^<message .*hello 0 é😀.*<\/message>$/);
    await context.until(() => context.sent().some((frame) => frame.text.includes('<a ')), 'an acknowledgement');
    expect(context.sent().filter((frame) => frame.intent.peer !== undefined)).toEqual([]);
    expect(context.sent().filter((frame) => /<message|<iq[^>]* to=|<presence[^>]* to=/.test(frame.text))).toEqual([]);
    stop.abort();
    expect(await done).toBeUndefined();
  });

  it('acknowledges nothing that is not yet durable', async () => {
    const context = testContext();
    const gate = Promise.withResolvers<void>();
    context.hold = gate.promise;
    await startDecoy(context);
    await using bot = await openBot();
    for (let n = 0; n < 7; n += 1) await bot.sendMessage(say(n));
    const acks = (): string[] => context.sent().flatMap((frame) => /<a [^>]*h="(\d+)"/.exec(frame.text)?.[1] ?? []);
    await context.until(() => acks().length > 0, 'an answer to the request');
    expect(new Set(acks())).toEqual(new Set(['1']));
    gate.resolve();
    // The answer to the request of the roster, in which nobody is, and the seven.
    await context.until(() => acks().at(-1) === '8', 'the acknowledgement of all seven');
  });

  it('resumes after a cut: nothing lost, nothing twice', async () => {
    const context = testContext();
    const decoy = xmppDecoy(settings('dora'));
    const first = decoy.run(context, stop.signal).catch((error: unknown) => error);
    await context.until(() => context.states.includes('online'), 'sign-on');
    await using bot = await openBot();
    for (let n = 0; n < 5; n += 1) await bot.sendMessage(say(n));
    server.cut('dora');
    for (let n = 5; n < 12; n += 1) await bot.sendMessage(say(n));
    expect(await first).toSatisfy((error) => isSundewError(error, 'WIRE_CLOSED'));
    const second = decoy.run(context, stop.signal).catch((error: unknown) => error);
    await context.until(() => context.kept.length >= 12, '12 captures');
    stop.abort();
    await second;
    expect(context.sent().some((frame) => frame.text.includes('<resume'))).toBe(true);
    const ids = context.kept.map((one) => one.draft.meta?.id);
    expect([...ids].sort()).toEqual([...new Set(ids)].sort());
    expect(ids).toHaveLength(12);
  });

  it('gets after a crash, in a process that knows nothing, what the last one did not store', async () => {
    const crashed = testContext();
    crashed.hold = new Promise(() => undefined);
    void xmppDecoy(settings('dora'))
      .run(crashed, new AbortController().signal)
      .catch(() => undefined);
    await crashed.until(() => crashed.states.includes('online'), 'sign-on');
    await using bot = await openBot();
    for (let n = 0; n < 4; n += 1) await bot.sendMessage(say(n));
    crashed.links[0]?.cut();
    const context = testContext();
    await startDecoy(context);
    await context.until(() => context.kept.length === 4, 'four captures');
    expect(new Set(context.kept.map((one) => one.draft.text)).size).toBe(4);
    expect(context.kept[0]?.draft.sentAt).toMatch(/^\d{4}-/);
  });

  it('tells by the stamp of the server what comes again after a crash although it was stored', async () => {
    const crashed = testContext();
    const link = crashed.dial;
    const deaf: TestContext = {
      ...crashed,
      dial: async (endpoint, signal) => {
        const real = await link(endpoint, signal);
        const send = real.send.bind(real);
        real.send = (frame, intent) =>
          intent.act === 'acknowledge' ? Promise.resolve({ allowed: true, rule: 'test' }) : send(frame, intent);
        return real;
      },
    };
    await startDecoy(deaf);
    await using bot = await openBot();
    for (let n = 0; n < 4; n += 1) await bot.sendMessage(say(n));
    await crashed.until(() => crashed.kept.length === 4, 'four captures');
    expect(server.waiting('dora')).toBe(4);
    crashed.links[0]?.cut();
    const context = testContext();
    await startDecoy(context);
    await context.until(() => context.kept.length === 4, 'the same four');
    const natives = (kept: typeof context.kept) => kept.map((one) => one.draft.native);
    expect(natives(context.kept)).toEqual(natives(crashed.kept));
    expect(context.kept.every((one) => one.draft.sentAt !== undefined)).toBe(true);
    await context.until(() => server.waiting('dora') === 0, 'their acknowledgement');
  });

  it('is not fooled by a stamp in its own name that a peer wrote', async () => {
    const context = testContext();
    await startDecoy(context);
    const forged = `<stanza-id xmlns='urn:xmpp:sid:0' by='dora@${DOMAIN}' id='same'/>`;
    for (const text of ['one', 'two']) {
      server.deliver(`<message from='a@b.example/r' to='dora@${DOMAIN}'><body>${text}</body>${forged}</message>`);
    }
    await context.until(() => context.kept.length === 2, 'both');
    expect(new Set(context.kept.map((one) => one.draft.native)).size).toBe(2);
  });

  it('says DECOY_LOGIN_REFUSED on a wrong password and DECOY_CONFLICT when the account signs on elsewhere', async () => {
    const wrong = xmppDecoy(settings('dora', 'wrong')).run(testContext(), stop.signal);
    await expect(wrong).rejects.toMatchObject({ code: 'DECOY_LOGIN_REFUSED' });
    const { done } = await startDecoy(testContext());
    await startDecoy(testContext());
    expect(await done).toMatchObject({ code: 'DECOY_CONFLICT' });
  });

  it('lives on after a stanza that is too large, and counts it once as malformed', async () => {
    const context = testContext();
    await startDecoy(context);
    server.inject(`<message from='big@evil.example'><body>${'x'.repeat(600_000)}`);
    await context.until(() => context.kept.length === 1, 'the malformed capture');
    server.inject(`${'y'.repeat(600_000)}</body></message>`);
    server.deliver(`<message from='a@b.example/r' to='dora@${DOMAIN}'><body>still here</body></message>`);
    await context.until(() => context.kept.length === 2, 'the next message');
    expect(context.kept[0]?.draft).toMatchObject({ kind: 'malformed', peer: { id: 'big@evil.example' } });
    expect(context.kept[0]?.raw.length).toBeLessThan(10_000);
    expect(context.kept[1]?.draft).toMatchObject({ text: 'still here', peer: { verifiedBy: 'federated' } });
  });

  it('stays silent to strangers who ask, whatever they ask', async () => {
    const context = testContext();
    await startDecoy(context);
    server.deliver(
      `<presence from='eve@evil.example' to='dora@${DOMAIN}' type='subscribe'><status>hi, my pics</status></presence>`,
    );
    server.inject(`<iq type='get' id='v1' from='eve@evil.example/x'><query xmlns='jabber:iq:version'/></iq>`);
    await context.until(() => context.kept.length === 2, 'both captures');
    expect(context.kept.map((one) => one.draft.kind).sort()).toEqual(['contact-request', 'probe']);
    expect(context.sent().some((frame) => frame.text.includes('eve@'))).toBe(false);
  });

  it('does not read the link while too much waits for the disk', async () => {
    const context = testContext();
    const gate = Promise.withResolvers<void>();
    context.hold = gate.promise;
    await startDecoy(context);
    for (let n = 0; n < 500; n += 1) {
      server.deliver(`<message from='a@b.example/r' to='dora@${DOMAIN}' id='x${n}'><body>${n}</body></message>`);
    }
    gate.resolve();
    await context.until(() => context.kept.length === 500, 'all of them');
    expect(context.kept.map((one) => one.draft.text)).toEqual(Array.from({ length: 500 }, (_, n) => `${n}`));
  });
});

describe('a component decoy on the range server', () => {
  const component = () =>
    ({
      mode: 'component',
      address: `traps.${DOMAIN}`,
      password: 's3cret',
      host: '127.0.0.1',
      port: server.componentPort,
    }) as const;

  it('captures what reaches any address of its domain, says nothing, and names the address', async () => {
    const context = testContext();
    const done = xmppDecoy(component())
      .run(context, stop.signal)
      .catch((error: unknown) => error);
    await context.until(() => context.states.includes('online'), 'the handshake');
    await using bot = await openBot();
    await bot.sendMessage(say(1, `mary.w@traps.${DOMAIN}`));
    server.deliver(
      `<iq type='set' id='f' from='bot@${DOMAIN}/x' to='joe@traps.${DOMAIN}'><si xmlns='http://jabber.org/protocol/si' id='s'><file xmlns='http://jabber.org/protocol/si/profile/file-transfer' name='p.jpg.scr' size='9'/></si></iq>`,
    );
    await context.until(() => context.kept.length === 2, 'two captures');
    expect(context.kept[0]?.draft).toMatchObject({ kind: 'message', decoy: `mary.w@traps.${DOMAIN}` });
    expect(context.kept[1]?.draft).toMatchObject({
      kind: 'file-offer',
      decoy: `joe@traps.${DOMAIN}`,
      file: { name: 'p.jpg.scr', size: 9 },
    });
    expect(context.sent().map((frame) => frame.intent.act)).toEqual(['sign-on', 'sign-on']);
    stop.abort();
    expect(await done).toBeUndefined();
  });

  it('says DECOY_LOGIN_REFUSED on a wrong secret and DECOY_CONFLICT when the domain is taken', async () => {
    const wrong = xmppDecoy({ ...component(), password: 'no' }).run(testContext(), stop.signal);
    await expect(wrong).rejects.toMatchObject({ code: 'DECOY_LOGIN_REFUSED' });
    const context = testContext();
    void xmppDecoy(component())
      .run(context, stop.signal)
      .catch(() => undefined);
    await context.until(() => context.states.includes('online'), 'the handshake');
    const second = xmppDecoy(component()).run(testContext(), stop.signal);
    await expect(second).rejects.toMatchObject({ code: 'DECOY_CONFLICT' });
  });
});

describe('a notifier client', () => {
  it('resolves when the server has the message, hands over commands and tells of failed delivery', async () => {
    const got: string[] = [];
    await using bot = await openBot((draft) => void got.push(`${draft.kind}:${draft.text ?? draft.meta?.condition}`));
    await bot.sendMessage(say(1, `ana@${DOMAIN}`));
    server.deliver(`<message from='ana@${DOMAIN}/x' to='bot@${DOMAIN}' type='chat'><body>stop</body></message>`);
    await bot.sendMessage(say(2, `nobody@${DOMAIN}`));
    const context = testContext();
    await context.until(() => got.length === 2, 'the command and the bounce');
    expect(got.sort()).toEqual(['backscatter:service-unavailable', 'message:stop']);
  });

  it('rejects with CHANNEL_RETRY when the stream ends first, and with GATE_DENIED when the gate says no', async () => {
    const bot = await openBot();
    server.cut();
    await expect(bot.sendMessage(say(1))).rejects.toMatchObject({ code: 'CHANNEL_RETRY' });
    expect((await bot.closed).error).toMatchObject({ code: 'WIRE_CLOSED' });
    const denied = await openXmppClient(
      { settings: settings('bot'), dial: (endpoint) => dialTest(endpoint, ['notify']), clock: REAL_CLOCK },
      stop.signal,
    );
    await expect(denied.sendMessage(say(1))).rejects.toMatchObject({ code: 'GATE_DENIED' });
  });
});
