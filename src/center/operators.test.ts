// What signing in opens, and going live, over real HTTP.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../../test/support/sundew.ts';
import { openTestCenter, type TestCenter } from './testing/open-center.ts';

const PASSWORD = 'correct horse battery staple';

let whole: TestCenter;
const call: TestCenter['call'] = (...args) => whole.call(...args);

beforeAll(async () => {
  whole = await openTestCenter();
});
afterAll(async () => {
  await whole[Symbol.asyncDispose]();
});

describe('signing in', () => {
  let cookie = '';

  test('the one-time link makes the first admin once', async () => {
    const link = await whole.center.firstAdminLink();
    const token = new URL(link ?? '').searchParams.get('token') ?? '';
    const admin = { name: 'Ada', email: 'ada@example.org', password: PASSWORD };
    expect((await call('POST', '/api/v1/setup', { ...admin, token: 'x'.repeat(token.length) })).status).toBe(403);
    expect((await call('POST', '/api/v1/setup', { ...admin, token, password: 'short' })).status).toBe(400);
    expect((await call('POST', '/api/v1/setup', { ...admin, token })).status).toBe(200);
    expect((await call('POST', '/api/v1/setup', { ...admin, email: 'eve@example.org', token })).status).toBe(403);
    expect(await whole.center.firstAdminLink()).toBeUndefined();
  });

  test('a wrong password opens nothing, the right one the console', async () => {
    expect(
      (await call('POST', '/api/auth/sign-in/email', { email: 'ada@example.org', password: 'wrong wrong wrong' }))
        .status,
    ).toBe(401);
    const answer = await call(
      'POST',
      '/api/auth/sign-in/email',
      { email: 'ada@example.org', password: PASSWORD },
      { origin: whole.url },
    );
    expect(answer.status).toBe(200);
    cookie = answer.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
    expect(answer.headers.getSetCookie().join()).toMatch(/HttpOnly/i);
    expect(await (await call('GET', '/api/v1/me', undefined, { cookie })).json()).toEqual({
      name: 'Ada',
      email: 'ada@example.org',
      role: 'admin',
      twoFactor: false,
    });
  });

  test('the ledger reads the same forwards and backwards, a page at a time', async () => {
    const page = async (query: string) =>
      (await (
        await call('GET', `/api/v1/engagement/ledger?realm=simulated&${query}`, undefined, { cookie })
      ).json()) as { entries: { seq: number; rule: string }[]; next?: number };
    const forwards = (await page('after=0')).entries.map(({ seq }) => seq);
    expect(forwards.length).toBeGreaterThan(3);
    const middle = forwards.at(-1) ?? 0;
    const back = await page(`before=${middle + 1}`);
    expect(back.entries.map(({ seq }) => seq)).toEqual(forwards.toReversed().slice(0, 100));
    expect((await page('before=1')).entries).toEqual([]);
    expect((await page('before=0')).entries[0]?.seq).toBeGreaterThanOrEqual(middle);
  });

  test('nobody can register by themselves', async () => {
    expect(
      (await call('POST', '/api/auth/sign-up/email', { name: 'Eve', email: 'eve@example.org', password: PASSWORD }))
        .status,
    ).toBeGreaterThanOrEqual(400);
  });

  test('a page of another site cannot act with the cookie', async () => {
    const body = { reason: 'not mine' };
    const foreign = await call('POST', '/api/v1/engagement/stop', body, { cookie, origin: 'https://evil.example' });
    expect(foreign.status).toBe(403);
  });

  test('captures are found with their evidence', async () => {
    const page = await until(async () => {
      const found = (await (
        await call('GET', '/api/v1/captures?realm=simulated&limit=5', undefined, { cookie })
      ).json()) as { captures: { id: string }[] };
      return found.captures.length > 0 ? found : undefined;
    });
    const detail = await (
      await call('GET', `/api/v1/captures/${page.captures[0]?.id}?realm=simulated`, undefined, { cookie })
    ).json();
    expect(detail).toMatchObject({ capture: { simulated: true, v: 1 }, evidence: { erased: false, verified: true } });
    const path = `/api/v1/captures/${page.captures[0]?.id}`;
    const asked = await call(
      'PUT',
      `${path}/correction?realm=simulated`,
      { class: 'recon', note: 'ours' },
      { cookie, origin: whole.url },
    );
    expect(asked.status).toBe(200);
    const correction = { class: 'recon', note: 'ours', by: expect.stringMatching(/./) };
    const again = await (await call('GET', `${path}?realm=simulated`, undefined, { cookie })).json();
    expect(again).toMatchObject({ correction });
    expect(
      await (await call('GET', '/api/v1/corrections?realm=simulated', undefined, { cookie })).json(),
    ).toMatchObject({ corrections: [correction] });
    const back = await call('DELETE', `${path}/correction?realm=simulated`, undefined, { cookie, origin: whole.url });
    expect(back.status).toBe(204);
    expect(
      await (await call('GET', '/api/v1/evidence/verify?realm=simulated', undefined, { cookie })).json(),
    ).toMatchObject({ problems: [] });
  });

  test('an analyst may look but not administer', async () => {
    await call(
      'POST',
      '/api/v1/users',
      { name: 'Bob', email: 'bob@example.org', role: 'analyst', password: PASSWORD },
      { cookie, origin: whole.url },
    );
    const answer = await call(
      'POST',
      '/api/auth/sign-in/email',
      { email: 'bob@example.org', password: PASSWORD },
      { origin: whole.url },
    );
    const bob = answer.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
    expect((await call('GET', '/api/v1/captures', undefined, { cookie: bob })).status).toBe(200);
    expect((await call('POST', '/api/v1/simulated/purge', undefined, { cookie: bob, origin: whole.url })).status).toBe(
      403,
    );
    expect((await call('GET', '/api/v1/users', undefined, { cookie: bob })).status).toBe(403);
  });

  test('an edit of a threat is a revision, and a second one on the same revision a conflict', async () => {
    const { threats } = (await (await call('GET', '/api/v1/threats?q=kelvir')).json()) as { threats: { id: string }[] };
    const id = threats[0]?.id ?? '';
    const threat = (await (await call('GET', `/api/v1/threats/${id}`)).json()) as { revision: number; entry: object };
    const edit = {
      revision: threat.revision,
      reason: 'better words',
      entry: { ...threat.entry, summary: 'Rewritten.' },
    };
    expect((await call('PUT', `/api/v1/threats/${id}`, edit, { cookie, origin: whole.url })).status).toBe(200);
    expect((await call('PUT', `/api/v1/threats/${id}`, edit, { cookie, origin: whole.url })).status).toBe(409);
    expect(await (await call('GET', `/api/v1/threats/${id}`)).json()).toMatchObject({
      entry: { summary: 'Rewritten.' },
      revisions: [{ reason: 'better words', author: 'ada@example.org' }, {}],
    });
  });

  test('metrics are for this machine and for who is signed in', async () => {
    expect(await (await call('GET', '/metrics')).text()).toContain('sundew_captures_total{network="');
    expect((await call('GET', '/metrics', undefined, { 'x-forwarded-for': '203.0.113.9' })).status).toBe(401);
  });
});

describe('rules of engagement', () => {
  test('an approval needs who the level demands, and the kill switch is above it until it is taken back', async () => {
    const { control } = whole;
    const approval = { level: 'accept', network: 'irc', approver: 'Ada', reason: 'a study', days: 30 };
    await control.call('POST', '/api/v1/engagement/approve', approval);
    await expect(
      control.call('POST', '/api/v1/engagement/approve', { ...approval, level: 'respond-minimal' }),
    ).rejects.toThrow('second person');
    await control.call('POST', '/api/v1/engagement/stop', { reason: 'enough' });
    expect(await control.call('GET', '/api/v1/engagement')).toMatchObject({
      stopped: true,
      approvals: [{ approval: { level: 'accept' } }],
    });
    await control.call('POST', '/api/v1/engagement/resume', { reason: 'on again' });
    expect(await control.call('GET', '/api/v1/engagement')).toMatchObject({ stopped: false });
  });
});

describe('going live', () => {
  test('a decoy that is added stops the range; purging leaves nothing simulated', async () => {
    const client = whole.control;
    await client.call('POST', '/api/v1/decoys', {
      name: 'dora',
      network: 'irc',
      address: 'dora',
      host: '127.0.0.1',
      port: 1,
      tls: 'none',
      enabled: false,
    });
    expect(await (await call('GET', '/api/v1/board')).json()).toMatchObject({ simulated: false, realm: 'live' });
    expect((await call('GET', '/api/v1/demo/mailbox')).status).toBe(404);
    await client.call('POST', '/api/v1/simulated/purge');
    await expect(client.call('GET', '/api/v1/captures?realm=simulated')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await client.call('GET', '/api/v1/status')).toMatchObject({
      goingLive: [{ step: 'decoy', done: true }, { done: false }, { done: false }, { step: 'purge', done: true }],
    });
    const { decoys } = await client.call<{ decoys: unknown[] }>('GET', '/api/v1/decoys');
    expect(decoys).toMatchObject([{ name: 'dora', state: 'disabled', simulated: false }]);
  });

  test('what is configured is there after the next start', async () => {
    await whole.restart();
    expect(await (await call('GET', '/api/v1/board')).json()).toMatchObject({ simulated: false });
    expect(await whole.center.firstAdminLink()).toBeUndefined();
    const client = whole.control;
    await client.call('DELETE', '/api/v1/decoys/dora');
    expect(await (await call('GET', '/api/v1/board')).json()).toMatchObject({ simulated: true });
  });
});
