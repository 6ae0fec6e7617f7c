// What strangers see of the whole, over real HTTP.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../../test/support/sundew.ts';
import { openTestCenter, type TestCenter } from './testing/open-center.ts';

const PASSWORD = 'correct horse battery staple';
const PUBLIC: readonly string[] = [
  'GET /api/v1/board',
  'GET /api/v1/river',
  'GET /api/v1/demo/mailbox',
  'GET /api/v1/warnings',
  'GET /api/v1/warnings/{id}',
  'GET /api/v1/warnings/{id}/stix',
  'GET /api/v1/threats',
  'GET /api/v1/threats/{id}',
  'GET /api/v1/forecasts',
  'GET /api/v1/threats/{id}/graph',
  'GET /api/v1/reports',
  'GET /api/v1/reports/{period}',
  'GET /api/v1/under-review',
  'POST /api/v1/lookup',
  'POST /api/v1/appeals',
  'POST /api/v1/subscribers',
  'POST /api/v1/subscribers/confirm',
  'POST /api/v1/subscribers/kinds',
  'POST /api/v1/subscribers/stop',
  'POST /api/v1/setup',
];

let whole: TestCenter;
const call: TestCenter['call'] = (...args) => whole.call(...args);

beforeAll(async () => {
  whole = await openTestCenter();
});
afterAll(async () => {
  await whole[Symbol.asyncDispose]();
});

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const NOBODY = '00000000-0000-8000-8000-000000000000';
const ENTRY = {
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
};

/** Bodies that are valid, so that it is the guard that refuses. */
const SAMPLES: Readonly<Record<string, unknown>> = {
  'PUT /api/v1/captures/{id}/correction': { class: 'spam' },
  'POST /api/v1/decoys': { name: 'a', network: 'irc', address: 'a', host: 'h.example' },
  'POST /api/v1/decoys/check': { name: 'a', network: 'irc', address: 'a', host: 'h.example' },
  'PUT /api/v1/settings/mail': { host: 'mail.example', from: 'a@b.example' },
  'POST /api/v1/settings/mail/test': { to: 'a@b.example' },
  'PUT /api/v1/settings/im/{network}': { address: 'a@b.example' },
  'POST /api/v1/users': { name: 'a', email: 'a@b.example', role: 'admin', password: PASSWORD },
  'POST /api/v1/engagement/stop': { reason: 'a' },
  'POST /api/v1/engagement/resume': { reason: 'a' },
  'POST /api/v1/engagement/approve': { level: 'accept', network: 'irc', approver: 'a', reason: 'b', days: 1 },
  'PUT /api/v1/threats/{id}': { revision: 1, reason: 'a', entry: ENTRY },
  'POST /api/v1/drafts': { id: 'im.a.msn', entry: ENTRY },
  'PUT /api/v1/drafts/{campaign}': { revision: 1, id: 'im.a.msn', entry: ENTRY },
  'POST /api/v1/drafts/{campaign}/publish': { revision: 1, reason: 'a' },
  'POST /api/v1/drafts/{campaign}/dismiss': { revision: 1, reason: 'a' },
  'POST /api/v1/knowledge/sources': { file: 'a', dryRun: true, sources: [] },
  'POST /api/v1/knowledge/suggestions': { source: NOBODY, threat: 'x', accept: false },
  'POST /api/v1/appeals/{id}/decide': { decision: 'reject', answer: 'abc' },
  'POST /api/v1/retractions': { target: 'abc', reason: 'abc' },
  'POST /api/v1/retractions/undo': { target: 'abc', reason: 'abc' },
  'POST /api/v1/threats/{id}/merge': { into: 'x', reason: 'a' },
  'POST /api/v1/threats/{id}/split': { variant: 'x', id: 'im.a.msn', reason: 'a' },
};

/** Queries that are needed, so that it is the guard that refuses. */
const QUERIES: Readonly<Record<string, string>> = { 'GET /api/v1/retractions/entries': '?target=abc' };

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
          .replace('{id}', /campaigns|appeals|bulletins/.test(path) ? NOBODY : 'x')
          .replace('{campaign}', NOBODY)
          .replace('{name}', 'x')
          .replace('{period}', '2026-05')
          .replace('{network}', 'xmpp')
          .concat(QUERIES[route] ?? ''),
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
    const decoys = (await whole.control.call<{ decoys: { name: string; address: string }[] }>('GET', '/api/v1/decoys'))
      .decoys;
    expect(decoys.length).toBeGreaterThan(5);
    const pages = await Promise.all(
      ['/api/v1/board', '/api/v1/river', '/api/v1/warnings', '/api/v1/threats?limit=200', '/api/v1/demo/mailbox'].map(
        async (path) => (await call('GET', path)).text(),
      ),
    );
    const board = JSON.parse(pages[0] ?? '') as { levels: { network: string }[] };
    expect(board).toMatchObject({ simulated: true, realm: 'simulated' });
    expect(board.levels.map(({ network }) => network)).toEqual(expect.arrayContaining(['xmpp', 'irc']));
    for (const { name, address } of decoys) {
      for (const page of pages) {
        expect(page).not.toContain(address);
        expect(page).not.toContain(name);
      }
    }
  });

  test('are told by the stream what happens, as it happens', async () => {
    const answer = await fetch(`${whole.url}/api/v1/stream`);
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
