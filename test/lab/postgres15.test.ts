// The oldest PostgreSQL that Sundew promises to run on: Debian's 15, a throwaway cluster of it.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { REALMS } from '../../src/core/network.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { runOnServer } from '../../src/storage/embedded/ensure-database.ts';
import { migrate } from '../../src/storage/migrate.ts';
import { REALM_MIGRATIONS } from '../../src/storage/migrations/realm/index.ts';
import { openQueue } from '../../src/storage/queue.ts';
import { needs, POSTGRES15_BIN } from './peers.ts';

const isRoot = process.getuid?.() === 0;
/** PostgreSQL refuses root; Debian's package brings this user. */
const owner = isRoot ? idsOf('postgres') : {};

function idsOf(user: string): { readonly uid?: number; readonly gid?: number } {
  if (needs('postgresql15')) return {};
  const ask = (flag: string) => Number(execFileSync('id', [flag, user], { encoding: 'utf8' }));
  return { uid: ask('-u'), gid: ask('-g') };
}

describe.skipIf(needs('postgresql15'))('Debian PostgreSQL 15', () => {
  let dir = '';
  let server: ChildProcess;
  let url = '';

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'sundew-pg15-'));
    chmodSync(dir, 0o777);
    const data = join(dir, 'data');
    const options = { ...owner, cwd: dir, stdio: 'ignore' } as const;
    execFileSync(
      join(POSTGRES15_BIN, 'initdb'),
      ['-D', data, '-U', 'sundew', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '-N'],
      options,
    );
    const settings = ['listen_addresses=', `unix_socket_directories=${dir}`, 'fsync=off'].flatMap((one) => ['-c', one]);
    server = spawn(join(POSTGRES15_BIN, 'postgres'), ['-D', data, ...settings], options);
    const ready = () =>
      existsSync(join(data, 'postmaster.pid')) && readFileSync(join(data, 'postmaster.pid'), 'utf8').includes('ready');
    await vi.waitFor(() => expect(ready()).toBe(true), { timeout: 30_000 });
    url = `postgresql://sundew@localhost/sundew?host=${encodeURIComponent(dir)}`;
    await runOnServer(url, ['create database sundew']);
  });

  afterAll(async () => {
    server.kill('SIGINT');
    await once(server, 'exit');
    rmSync(dir, { recursive: true, force: true });
  });

  test.each(REALMS)('all migrations run in the realm %s, once', async (realm) => {
    await using database = openDatabase({ url, realm });
    expect(await migrate(database)).toHaveLength(REALM_MIGRATIONS.length);
    expect(await migrate(database)).toEqual([]);
    const { rows } = await sql<{ v: string }>`select current_setting('server_version') as v`.execute(database.db);
    expect(rows[0]?.v).toMatch(/^15\./);
  });

  test('the queue commits with its transaction, wakes and dead-letters there too', async () => {
    await using database = openDatabase({ url, realm: 'live' });
    await using queue = await openQueue(database);
    const seen: unknown[] = [];
    await queue.work('mail', async ({ data }) => {
      seen.push(data);
      return 'dead';
    });
    await sleep(50);
    await database.db.transaction().execute((tx) => queue.insert(tx, 'mail', [{ data: { n: 1 } }]));
    await vi.waitFor(async () => expect(await queue.counts('mail')).toEqual({ waiting: 0, active: 0, dead: 1 }));
    expect(seen).toEqual([{ n: 1 }]);
  });

  test('a terminated connection is told as a database that is away, and the pool recovers', async () => {
    await using database = openDatabase({ url, realm: 'live', max: 1 });
    const suicide = sql`select pg_terminate_backend(pg_backend_pid())`.execute(database.db);
    await expect(suicide).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect((await sql`select 1 as v`.execute(database.db)).rows).toEqual([{ v: 1 }]);
  });
});
