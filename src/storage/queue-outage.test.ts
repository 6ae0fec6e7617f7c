// The queue over a database that is killed and started again: nothing is lost, and the workers go on by themselves.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { SILENT } from '../core/clock.ts';
import { openDatabase } from './database.ts';
import { type Embedded, startEmbedded } from './embedded/embedded.ts';
import { openQueue } from './queue.ts';

let dir = '';
let server: Embedded;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'sundew-outage-'));
  server = await startEmbedded({ dir: join(dir, 'postgres'), log: SILENT });
});
afterAll(async () => {
  await server.stop();
  rmSync(dir, { recursive: true, force: true });
});

test('jobs committed before a kill run after it, new ones are refused meanwhile, and waking works again', async () => {
  await using database = openDatabase({ url: server.url, realm: 'live' });
  const troubles: string[] = [];
  const log = { ...SILENT, warn: (_: unknown, message: string) => void troubles.push(message) };
  await using queue = await openQueue(database, { log });
  const seen: unknown[] = [];
  const insert = (n: number) => database.db.transaction().execute((tx) => queue.insert(tx, 'mail', [{ data: { n } }]));
  await queue.work('mail', async ({ data }) => void seen.push(data));
  await insert(1);
  await vi.waitFor(() => expect(seen).toEqual([{ n: 1 }]));
  await queue.insert(database.db, 'mail', [{ data: { n: 2 }, startAfter: new Date(Date.now() + 2000) }]);

  process.kill(server.pid, 'SIGKILL');
  await server.ended;
  await expect(insert(3)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  server = await startEmbedded({ dir: join(dir, 'postgres'), log: SILENT });

  await vi.waitFor(() => expect(seen).toContainEqual({ n: 2 }), { timeout: 20_000 });
  await insert(4);
  await vi.waitFor(() => expect(seen).toContainEqual({ n: 4 }), { timeout: 10_000 });
  expect(seen).not.toContainEqual({ n: 3 });
  expect(troubles.length).toBeGreaterThan(0);
});
