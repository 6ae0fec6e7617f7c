import { type Kysely, sql } from 'kysely';
import { expect, test } from 'vitest';
import { uuidOf } from '../core/capture-id.ts';
import { openDatabase } from './database.ts';
import { dropRealm, migrate } from './migrate.ts';
import { type Migration, REALM_MIGRATIONS } from './migrations/realm/index.ts';
import { openQueue } from './queue.ts';
import { testDatabase } from './testing/test-database.ts';

const table = (name: string): Migration => ({
  name: `${name}-x`,
  up: async (db: Kysely<unknown>) => {
    await sql`create table ${sql.id(`t${name}`)} (id bigint primary key)`.execute(db);
  },
});

test('all migrations run from empty, once', async () => {
  await using database = await testDatabase({ empty: true });
  expect(await migrate(database)).toEqual(REALM_MIGRATIONS.map((migration) => migration.name));
  expect(await migrate(database)).toEqual([]);
});

test('two processes migrating at once apply each migration once', async () => {
  await using database = await testDatabase({ empty: true });
  const applied = await Promise.all([migrate(database), migrate(database), migrate(database)]);
  expect(applied.flat()).toHaveLength(REALM_MIGRATIONS.length);
});

test('a later version applies only what is new, and realms are apart', async () => {
  await using live = await testDatabase({ empty: true });
  expect(await migrate(live, [table('0001')])).toEqual(['0001-x']);
  expect(await migrate(live, [table('0001'), table('0002')])).toEqual(['0002-x']);
  await using simulated = openDatabase({ url: live.url, realm: 'simulated' });
  expect(await migrate(simulated, [table('0001')])).toEqual(['0001-x']);
  await sql`insert into t0001 values (1)`.execute(simulated.db);
  expect((await sql`select * from t0001`.execute(live.db)).rows).toEqual([]);
  const queue = await openQueue(simulated);
  await queue.stop();
  await dropRealm(simulated);
  await expect(sql`select * from simulated.t0001`.execute(live.db)).rejects.toThrow('does not exist');
  const left = await sql`select from pg_namespace where nspname like '%simulated%'`.execute(live.db);
  expect(left.rows).toEqual([]); // the queue's jobs neither
});

test('a schema made by a newer version is refused by name and left alone', async () => {
  await using database = await testDatabase({ empty: true });
  await migrate(database, [table('0001'), table('0002')]);
  await expect(migrate(database, [table('0001')])).rejects.toMatchObject({
    code: 'STORE_NEWER',
    message: expect.stringContaining('0002-x'),
  });
});

test('a migration that fails leaves nothing behind', async () => {
  await using database = await testDatabase({ empty: true });
  const broken: Migration = { name: '0002-broken', up: async (db) => void (await sql`select 1/0`.execute(db)) };
  await expect(migrate(database, [table('0001'), broken])).rejects.toThrow('division by zero');
  expect(await migrate(database, [table('0001')])).toEqual(['0001-x']);
});

test('contacts are known from the captures of the past, under the ids that senders have now', async () => {
  await using database = await testDatabase({ empty: true });
  const before = REALM_MIGRATIONS.filter(({ name }) => name < '0012');
  await migrate(database, before);
  const capture = (seq: number, at: string, peer: string, kind: string, meta = {}) =>
    sql`
    insert into capture (id, at, network, sensor, decoy, peer_id, peer, kind, meta, journal_seq, class, score, severity,
      reasons, indicators, threats, simulated)
    values (${uuidOf('test', String(seq))}, ${at}, 'xmpp', 'local', 'dora@d.example', ${peer}, '{}', ${kind},
      ${JSON.stringify(meta)}, ${seq}, 'unknown', 0, 1, '{}', '[]', '{}', false)`.execute(database.db);
  await capture(1, '2026-01-02T00:00:00Z', 'größe@x.example', 'contact-request');
  await capture(2, '2026-01-01T00:00:00Z', 'größe@x.example', 'contact-change', { event: 'added-you' });
  await capture(3, '2026-01-01T00:00:00Z', 'b@x.example', 'contact-request');
  await capture(4, '2026-01-01T00:00:00Z', 'b@x.example', 'contact-change');
  await capture(5, '2026-01-01T00:00:00Z', 'erased', 'contact-request');
  await capture(6, '2026-01-01T00:00:00Z', 'c@x.example', 'message');
  for (let n = 0; n < 40; n += 1) await capture(7 + n, '2026-01-01T00:00:00Z', `n${n}`, 'contact-request');
  await migrate(database);
  const { rows } = await sql<{ sender: string; since: Date }>`select sender, since from contact`.execute(database.db);
  const senders = ['größe@x.example', ...Array.from({ length: 40 }, (_value, n) => `n${n}`)];
  expect(rows.map(({ sender }) => sender).sort()).toEqual(senders.map((peer) => uuidOf('sender', 'xmpp', peer)).sort());
  expect(new Set(rows.map(({ since }) => since.toISOString()))).toEqual(new Set(['2026-01-01T00:00:00.000Z']));
});
