import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ApiFailure, getJson, sendJson, sentenceOf, withQuery } from './client.ts';

const answers: Readonly<Record<string, readonly [number, string]>> = {
  '/ok': [200, '{"a":1}'],
  '/empty': [204, ''],
  '/ours': [409, '{"error":{"code":"THREAT_CONFLICT","message":"Somebody was faster."}}'],
  '/theirs': [401, '{"code":"INVALID_PASSWORD","message":"Invalid password"}'],
  '/proxy': [502, '<html>Bad gateway</html>'],
  '/odd': [500, '{"error":"no object"}'],
};
let seen: { method: string | undefined; type: string | undefined; body: string } | undefined;
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => {
    body += String(chunk);
  });
  request.on('end', () => {
    seen = { method: request.method, type: request.headers['content-type'], body };
    const [status, text] = answers[request.url ?? ''] ?? [404, ''];
    response.writeHead(status).end(text);
  });
});
let url = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
});
afterAll(() => {
  server.close();
});
const failure = (path: string) => getJson(`${url}${path}`).then(String, (error: unknown) => error);

test('JSON comes back, and an empty answer is nothing', async () => {
  expect(await getJson(`${url}/ok`)).toEqual({ a: 1 });
  expect(await sendJson('POST', `${url}/empty`, { b: 2 })).toBeUndefined();
  expect(seen).toEqual({ method: 'POST', type: 'application/json', body: '{"b":2}' });
});

test('a body is only announced when there is one', async () => {
  await sendJson('DELETE', `${url}/ok`);
  expect(seen).toEqual({ method: 'DELETE', type: undefined, body: '' });
});

test.each([
  ['/ours', 409, 'THREAT_CONFLICT', 'Somebody was faster.'],
  ['/theirs', 401, 'INVALID_PASSWORD', 'Invalid password'],
  ['/proxy', 502, 'HTTP_502', 'Sundew answered with HTTP status 502.'],
  ['/odd', 500, 'HTTP_500', 'Sundew answered with HTTP status 500.'],
])('%s fails with its status, code and sentence', async (path, status, code, message) => {
  expect(await failure(path)).toMatchObject({ name: 'ApiFailure', status, code, message });
});

test('no answer at all says what to check', async () => {
  const error = await getJson('http://127.0.0.1:1/').catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ApiFailure);
  expect(error).toMatchObject({ status: 0, code: 'UNREACHABLE' });
  expect(sentenceOf(error)).toContain('Check that it is running');
});

test('a query leaves out what is not given', () => {
  expect(withQuery('/x', { a: 'b c', n: 3, none: undefined, empty: '' })).toBe('/x?a=b+c&n=3');
  expect(withQuery('/x', {})).toBe('/x');
});
