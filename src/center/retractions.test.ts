// Taking back and appealing over real HTTP, with the range's outbreak as the captures and its mailbox as the post.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { until } from '../../test/support/sundew.ts';
import type * as contract from './api/contract.ts';
import { openTestCenter, type TestCenter } from './testing/open-center.ts';

type Warning = z.infer<typeof contract.Warning>;
type Appeal = z.infer<typeof contract.Appeal>;

const HOSTILE = '<script>alert(1)</script>\u0000\u202e It is our newsletter, nobody is harmed by it.';

let whole: TestCenter;
beforeAll(async () => {
  whole = await openTestCenter();
});
afterAll(async () => {
  await whole[Symbol.asyncDispose]();
});

const get = async <T>(path: string): Promise<T> => (await (await whole.call('GET', path)).json()) as T;
const listed = async (): Promise<readonly Warning[]> =>
  (await get<{ warnings: readonly Warning[] }>('/api/v1/warnings?limit=200')).warnings;
const control = <T>(method: string, path: string, body?: unknown): Promise<T> =>
  whole.control.call<T>(method, `${path}?realm=simulated`, body);

/** The first event of the public stream that names the warning as retracted. */
async function heard(id: string): Promise<boolean> {
  const signal = AbortSignal.timeout(30_000);
  const stream = await fetch(`${whole.url}/api/v1/stream`, { signal });
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of stream.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (text.includes(`event: retracted\ndata: {"warning":"${id}"}`)) return true;
  }
  return false;
}

describe('a retraction', () => {
  test('takes a warning from everything public and from open streams, over restarts, until it is undone', async () => {
    const warning = await until(async () => (await listed()).find(({ template }) => (template ?? '').length > 40));
    const { id } = warning;
    const stream = heard(id);
    await until(async () => (await whole.call('GET', '/api/v1/board')).ok);
    const reason = 'A drill of the range.';
    const done = await control<z.infer<typeof contract.RetractionDone>>('POST', '/api/v1/retractions', {
      ...{ target: id, reason, by: 'ada' },
    });
    expect(done).toMatchObject({ warnings: [id], retraction: { label: id, by: 'ada', reason } });
    expect((await listed()).map((one) => one.id)).not.toContain(id);
    expect((await whole.call('GET', `/api/v1/warnings/${id}`)).status).toBe(404);
    expect(JSON.stringify(await get('/api/v1/river?limit=200'))).not.toContain(id);
    const asked = await whole.call('POST', '/api/v1/lookup', { text: warning.template?.replaceAll('…', 'x') ?? '' });
    expect(JSON.stringify(await asked.json())).not.toContain(id);
    expect(await stream).toBe(true);
    const marked = await control<Warning>('GET', `/api/v1/console/warnings/${id}`);
    expect(marked.retracted).toMatchObject({ by: 'ada', reason });
    await expect(control('POST', '/api/v1/retractions', { target: id, reason })).rejects.toMatchObject({
      code: 'RETRACTION_CONFLICT',
    });
    await whole.restart();
    expect((await whole.call('GET', `/api/v1/warnings/${id}`)).status).toBe(404);
    await control('POST', '/api/v1/retractions/undo', { target: id, reason: 'It was none.' });
    expect((await whole.call('GET', `/api/v1/warnings/${id}`)).status).toBe(200);
    const { retractions } = await control<z.infer<typeof contract.RetractionList>>('GET', '/api/v1/retractions');
    expect(retractions).toMatchObject([{ label: id, by: 'ada', undone: { reason: 'It was none.' } }]);
  });
});

describe('an appeal', () => {
  const appeal = (body: object): Promise<Response> => whole.call('POST', '/api/v1/appeals', body);
  const open = async (): Promise<readonly Appeal[]> =>
    (await control<{ appeals: readonly Appeal[] }>('GET', '/api/v1/appeals')).appeals;

  test('is taken from anybody, made harmless, decided, and answered by mail once', async () => {
    const answer = await appeal({ what: ' news.example ', why: HOSTILE, contact: 'paula@news.example' });
    expect(answer.status).toBe(202);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('set-cookie')).toBeNull();
    const number = /A-[0-9A-F]{8}/.exec(await answer.text())?.[0] ?? 'none';
    const [first] = await open();
    expect(first).toMatchObject({ what: 'news.example', contact: 'paula@news.example', state: 'open' });
    expect(first?.why).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(JSON.stringify(first)).not.toContain('127.0.0.1');
    const path = `/api/v1/appeals/${first?.id}`;
    // Nothing here is called so: the appeal stays open, and says what to do.
    await expect(
      control('POST', `${path}/decide`, { decision: 'retract', answer: 'You are right.' }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await open())[0]?.state).toBe('open');
    const decided = await control<Appeal>('POST', `${path}/decide`, {
      decision: 'reject',
      answer: 'It is seen daily.',
    });
    expect(decided).toMatchObject({ state: 'rejected', mail: 'sent', decided: { answer: 'It is seen daily.' } });
    await expect(control('POST', `${path}/decide`, { decision: 'reject', answer: 'Again.' })).rejects.toMatchObject({
      code: 'NOT_ALLOWED',
    });
    expect(await control<Appeal>('POST', `${path}/mail`, {})).toMatchObject({ mail: 'sent' });
    const { mails } = await get<z.infer<typeof contract.Mailbox>>('/api/v1/demo/mailbox');
    const own = mails.filter(({ to }) => to.includes('paula@news.example'));
    expect(own).toHaveLength(1);
    expect(own[0]?.subject).toContain(number);
    expect(own[0]?.text).toContain('It is seen daily.');
    expect(own[0]?.text).not.toMatch(/script|newsletter|news\.example(?!>)/);
  });

  test('that is right takes back what it names', async () => {
    const { id } = await until(async () => (await listed())[0]);
    expect((await appeal({ what: `our host in ${id}`, why: 'That is our update server.' })).status).toBe(202);
    const [first] = await open();
    const body = { decision: 'retract', answer: 'It is your update server.', target: id };
    const decided = await control<Appeal>('POST', `/api/v1/appeals/${first?.id}/decide`, body);
    expect(decided).toMatchObject({ state: 'retracted', mail: 'none' });
    expect((await whole.call('GET', `/api/v1/warnings/${id}`)).status).toBe(404);
  });

  test('is limited in form and number', async () => {
    expect((await appeal({ what: 'x', why: 'too short' })).status).toBe(400);
    expect((await appeal({ what: 'x.example', why: 'y'.repeat(5_000) })).status).toBe(400);
    expect(
      (await appeal({ what: 'x.example', why: 'It is ours.', contact: 'a@b.example\nbcc: c@d.example' })).status,
    ).toBe(400);
    expect((await appeal({ what: 'x.example', why: 'It is ours.' })).status).toBe(429);
    expect((await whole.call('GET', '/api/v1/appeals')).status).toBe(401);
  });
});
