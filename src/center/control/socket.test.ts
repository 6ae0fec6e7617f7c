import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { controlClient } from '../../cli/control-client.ts';
import { isControl } from '../http/identity.ts';
import { controlPathOf } from '../settings.ts';
import { listenControl } from './socket.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sundew-control-'));
});
afterEach(async () => {
  await rm(dir, { recursive: true });
});

async function app() {
  const fastify = Fastify();
  fastify.get('/who', (request) => ({ operator: isControl(request) }));
  await fastify.ready();
  return fastify;
}

test('the socket is for its owner only, replaces a stale one, and requests over it are the operator’s', async () => {
  const path = join(dir, 'control.sock');
  await writeFile(path, 'left over');
  await using fastify = await app();
  await using _socket = await listenControl(fastify, path);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await controlClient(path).call('GET', '/who')).toEqual({ operator: true });
  expect((await fastify.inject('/who')).json()).toEqual({ operator: false });
});

test('a directory that others can write to is refused', async () => {
  await chmod(dir, 0o777);
  await using fastify = await app();
  await expect(listenControl(fastify, join(dir, 'control.sock'))).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
});

test('a data directory whose path is too long for a socket has it elsewhere, the same at every start', async () => {
  expect(controlPathOf('/data')).toBe('/data/control.sock');
  const deep = `/data/${'x'.repeat(120)}`;
  expect(controlPathOf(deep).length).toBeLessThan(100);
  expect(controlPathOf(deep)).toBe(controlPathOf(deep));
  expect(controlPathOf(deep)).not.toBe(controlPathOf(`${deep}y`));
});
