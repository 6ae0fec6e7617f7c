// The whole in one process on a database of its own, over real HTTP: what strangers may see, what signing in opens.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort, until } from '../../test/support/sundew.ts';
import { controlClient } from '../cli/control-client.ts';
import { loadSettings } from '../config/settings.ts';
import { type TestDatabase, testDatabase } from '../storage/testing/test-database.ts';
import { type Center, openCenter } from './center.ts';

const PASSWORD = 'correct horse battery staple';
const PUBLIC: readonly string[] = [
  'GET /api/v1/board',
  'GET /api/v1/river',
  'GET /api/v1/demo/mailbox',
  'GET /api/v1/warnings',
  'GET /api/v1/warnings/{id}',
  'GET /api/v1/threats',
  'GET /api/v1/threats/{id}',
  'POST /api/v1/subscribers',
  'POST /api/v1/subscribers/confirm',
  'POST /api/v1/subscribers/stop',
  'POST /api/v1/setup',
];

let database: TestDatabase;
let dir: string;
let url: string;
let center: Center;

async function open(range: 'auto' | 'off', dataDir: string): Promise<Center> {
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  const env = {
    SUNDEW_DATABASE_URL: database.url,
    SUNDEW_HTTP_PORT: String(port),
    SUNDEW_LOG_LEVEL: 'error',
    SUNDEW_RANGE_ENABLED: range,
  };
  return openCenter(loadSettings({ env, dataDir }), { quiet: false });
}

beforeAll(async () => {
  database = await testDatabase({ empty: true });
  dir = await mkdtemp(join(tmpdir(), 'sundew-center-'));
  center = await open('auto', dir);
});
afterAll(async () => {
  await center.close();
  await database.close();
  await rm(dir, { recursive: true });
});

const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  fetch(`${url}${path}`, {
    method,
    headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

describe('strangers', () => {
  test('get 401 from everything that is not public, and every public address is one that is meant to be', async () => {
    const { paths } = (await (await call('GET', '/api/openapi.json')).json()) as OpenApi;
    const all = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(all.length).toBeGreaterThan(30);
    for (const known of PUBLIC) expect(all).toContain(known);
    for (const route of all.filter((one) => !PUBLIC.includes(one))) {
      const [method = '', path = ''] = route.split(' ');
      const answer = await call(
        method,
        path
          .replace('{id}', path.includes('campaigns') ? '00000000-0000-8000-8000-000000000000' : 'x')
          .replace('{name}', 'x'),
        method === 'GET' ? undefined : (SAMPLES[route] ?? {}),
      );
      expect([route, answer.status]).toEqual([route, 401]);
    }
  });

  test('see the board, alive and marked simulated, without a word of a decoy in anything public', async () => {
    await until(async () => {
      const { warnings } = (await (await call('GET', '/api/v1/warnings')).json()) as { warnings: unknown[] };
      return warnings.length > 0 || undefined;
    });
    const decoys = (
      await controlClient(join(dir, 'control.sock')).call<{ decoys: { name: string; address: string }[] }>(
        'GET',
        '/api/v1/decoys',
      )
    ).decoys;
    expect(decoys.length).toBeGreaterThan(5);
    const pages = await Promise.all(
      ['/api/v1/board', '/api/v1/river', '/api/v1/warnings', '/api/v1/threats?limit=200', '/api/v1/demo/mailbox'].map(
        async (path) => (await call('GET', path)).text(),
      ),
    );
    expect(JSON.parse(pages[0] ?? '')).toMatchObject({ simulated: true, realm: 'simulated' });
    for (const { name, address } of decoys) {
      for (const page of pages) {
        expect(page).not.toContain(address);
        expect(page).not.toContain(name);
      }
    }
  });

  test('are told by the stream what happens, as it happens', async () => {
    const answer = await fetch(`${url}/api/v1/stream`);
    expect(answer.headers.get('content-type')).toContain('text/event-stream');
    const reader = (answer.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream()).getReader();
    let seen = '';
    while (!/event: (touch|warning|level)\ndata: \{/.test(seen)) {
      const { value, done } = await reader.read();
      if (done) break;
      seen += value;
    }
    await reader.cancel();
    expect(seen).toMatch(/event: (touch|warning|level)\ndata: \{.+"simulated":true|event: level/);
  });

  test('get strict headers with every page', async () => {
    for (const path of ['/', '/warnings', '/api/v1/board']) {
      const answer = await call('GET', path);
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
      expect(answer.headers.get('x-powered-by')).toBeNull();
    }
  });

  test('get one clear error for what is wrong', async () => {
    expect(
      await (await call('POST', '/api/v1/subscribers', { channel: 'pigeon', address: 'x@y.example' })).json(),
    ).toMatchObject({ error: { code: 'INPUT_INVALID' } });
    expect((await call('GET', '/api/v1/nothing')).status).toBe(404);
    expect(await (await call('GET', '/api/v1/warnings/W-0000')).json()).toMatchObject({ error: { code: 'NOT_FOUND' } });
    expect((await call('GET', '/healthz')).status).toBe(200);
    expect((await call('GET', '/readyz')).status).toBe(200);
  });

  test('cannot tell by the answer whether an address is subscribed, known or a decoy', async () => {
    const ask = async (address: string) => {
      const answer = await call('POST', '/api/v1/subscribers', { channel: 'email', address });
      return [answer.status, ((await answer.json()) as { message: string }).message.replace(address, 'X')];
    };
    const first = await ask('someone@example.org');
    expect(first[0]).toBe(202);
    expect(await ask('someone@example.org')).toEqual(first);
    expect(await ask('you@example.org')).toEqual(first);
  });
});

/** Bodies that are valid, so that it is the guard that refuses. */
const SAMPLES: Readonly<Record<string, unknown>> = {
  'POST /api/v1/decoys': { name: 'a', network: 'irc', address: 'a', host: 'h.example' },
  'POST /api/v1/decoys/check': { name: 'a', network: 'irc', address: 'a', host: 'h.example' },
  'PUT /api/v1/settings/mail': { host: 'mail.example', from: 'a@b.example' },
  'POST /api/v1/settings/mail/test': { to: 'a@b.example' },
  'PUT /api/v1/settings/xmpp': { address: 'a@b.example' },
  'POST /api/v1/users': { name: 'a', email: 'a@b.example', role: 'admin', password: PASSWORD },
  'POST /api/v1/engagement/stop': { reason: 'a' },
  'PUT /api/v1/threats/{id}': {
    revision: 1,
    reason: 'a',
    entry: {
      ...{
        name: 'a',
        aliases: [],
        type: 'im-worm',
        networks: [],
        firstSeen: '2004',
        status: 'historic',
        severity: 'low',
      },
      ...{
        severityReason: '',
        confirmed: true,
        tlp: 'clear',
        vectors: [],
        summary: '',
        lure: '',
        payload: '',
        atRisk: '',
      },
      ...{ avoid: [], remove: [], notes: '', techniques: [], references: [], source: '' },
    },
  },
};

describe('signing in', () => {
  let cookie = '';

  test('the one-time link makes the first admin once', async () => {
    const link = await center.firstAdminLink();
    const token = new URL(link ?? '').searchParams.get('token') ?? '';
    const admin = { name: 'Ada', email: 'ada@example.org', password: PASSWORD };
    expect((await call('POST', '/api/v1/setup', { ...admin, token: 'x'.repeat(token.length) })).status).toBe(403);
    expect((await call('POST', '/api/v1/setup', { ...admin, token, password: 'short' })).status).toBe(400);
    expect((await call('POST', '/api/v1/setup', { ...admin, token })).status).toBe(200);
    expect((await call('POST', '/api/v1/setup', { ...admin, email: 'eve@example.org', token })).status).toBe(403);
    expect(await center.firstAdminLink()).toBeUndefined();
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
      { origin: url },
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
    });
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
    expect(
      await (await call('GET', '/api/v1/evidence/verify?realm=simulated', undefined, { cookie })).json(),
    ).toMatchObject({ problems: [] });
  });

  test('an analyst may look but not administer', async () => {
    await call(
      'POST',
      '/api/v1/users',
      { name: 'Bob', email: 'bob@example.org', role: 'analyst', password: PASSWORD },
      { cookie, origin: url },
    );
    const answer = await call(
      'POST',
      '/api/auth/sign-in/email',
      { email: 'bob@example.org', password: PASSWORD },
      { origin: url },
    );
    const bob = answer.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
    expect((await call('GET', '/api/v1/captures', undefined, { cookie: bob })).status).toBe(200);
    expect((await call('POST', '/api/v1/simulated/purge', undefined, { cookie: bob, origin: url })).status).toBe(403);
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
    expect((await call('PUT', `/api/v1/threats/${id}`, edit, { cookie, origin: url })).status).toBe(200);
    expect((await call('PUT', `/api/v1/threats/${id}`, edit, { cookie, origin: url })).status).toBe(409);
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

describe('going live', () => {
  test('a decoy that is added stops the range; purging leaves nothing simulated', async () => {
    const client = controlClient(join(dir, 'control.sock'));
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
    await center.close();
    center = await open('auto', dir);
    expect(await (await call('GET', '/api/v1/board')).json()).toMatchObject({ simulated: false });
    expect(await center.firstAdminLink()).toBeUndefined();
    const client = controlClient(join(dir, 'control.sock'));
    await client.call('DELETE', '/api/v1/decoys/dora');
    expect(await (await call('GET', '/api/v1/board')).json()).toMatchObject({ simulated: true });
  });
});
