// Who has the decoy on the list, on the range's server.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openXmppClient } from './client.ts';
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
    accounts: ['dora', 'bot'].map((local) => ({ local, password: `${local}-pw` })),
  });
  stop = new AbortController();
});

afterEach(async () => {
  stop.abort();
  await server.stop();
});

async function startDecoy(context: TestContext): Promise<{ readonly done: Promise<unknown> }> {
  const done = xmppDecoy(settings('dora'))
    .run(context, stop.signal)
    .catch((error: unknown) => error);
  await context.until(() => context.states.includes('online'), 'sign-on');
  return { done };
}

describe('who has the decoy on the list', () => {
  const lists = (context: TestContext) =>
    context.kept.map(({ draft }) => draft).filter(({ meta }) => meta?.event === 'contact-list');

  it('is told at sign-on, the same each time, and again when it changes', async () => {
    server.plant('dora', `ana@${DOMAIN}`, 'both');
    server.plant('dora', 'eve@b.example', 'from');
    server.plant('dora', 'max@b.example', 'to');
    const context = testContext();
    const { done } = await startDecoy(context);
    await context.until(() => lists(context).length === 1, 'the list');
    expect(lists(context)[0]).toMatchObject({
      ...{ kind: 'service-notice', peer: { id: DOMAIN, verifiedBy: 'own-server' } },
      meta: { contacts: [`ana@${DOMAIN}`, 'eve@b.example'] },
    });
    expect(context.kept[0]?.raw).toMatch(/^<iq .*max@b\.example.*<\/iq>$/);
    server.plant('dora', 'max@b.example', 'both');
    await context.until(() => lists(context).length === 2, 'the change');
    expect(lists(context)[1]).toMatchObject({ meta: { contacts: ['max@b.example'] } });
    expect(lists(context)[1]).not.toHaveProperty('native');
    stop.abort();
    await done;
    stop = new AbortController();
    server.plant('dora', 'max@b.example', 'to');
    const again = testContext();
    await startDecoy(again);
    await again.until(() => lists(again).length === 1, 'the list again');
    expect(lists(again)[0]?.native).toBe(lists(context)[0]?.native);
    expect([...context.sent(), ...again.sent()].filter(({ text }) => /ana@|eve@|max@/.test(text))).toEqual([]);
  });

  it('changes when somebody takes the decoy off', async () => {
    server.plant('dora', 'eve@b.example', 'from');
    const context = testContext();
    await startDecoy(context);
    await context.until(() => lists(context).length === 1, 'the list');
    server.deliver(`<presence from='eve@b.example' to='dora@${DOMAIN}' type='unsubscribe'/>`);
    await context.until(() => context.kept.length === 2, 'the change');
    expect(context.kept[1]?.draft).toMatchObject({
      ...{ kind: 'contact-change', peer: { id: 'eve@b.example' }, meta: { event: 'removed-you' } },
    });
    await context.until(() => context.sent().some(({ text }) => text.includes('id="push-')), 'the answer to the push');
    expect(context.kept).toHaveLength(2);
  });

  it('is not asked for by a notifier', async () => {
    server.plant('bot', 'eve@b.example', 'both');
    const got: unknown[] = [];
    const onArrival = (draft: unknown) => void got.push(draft);
    await using bot = await openXmppClient(
      { settings: settings('bot'), dial: (endpoint) => dialTest(endpoint), clock: REAL_CLOCK, onArrival },
      stop.signal,
    );
    const to = `dora@${DOMAIN}`;
    await bot.sendMessage({ to, body: 'hello', id: 'm', originId: 'o', intent: { act: 'notify', peer: to } });
    expect(got).toEqual([]);
  });
});
