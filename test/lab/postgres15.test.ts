// The oldest PostgreSQL that Sundew promises to run on: Debian's 15, a throwaway cluster of it.
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { REALMS } from '../../src/core/network.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { migrate } from '../../src/storage/migrate.ts';
import { REALM_MIGRATIONS } from '../../src/storage/migrations/realm/index.ts';
import { openQueue } from '../../src/storage/queue.ts';
import { needs } from './peers.ts';
import { type Postgres15, startPostgres15 } from './postgres15-server.ts';

describe.skipIf(needs('postgresql15'))('Debian PostgreSQL 15', () => {
  let server: Postgres15;
  let url = '';

  beforeAll(async () => {
    server = await startPostgres15();
    ({ url } = server);
  });
  afterAll(() => server[Symbol.asyncDispose]());

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
