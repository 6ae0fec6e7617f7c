// Brings a realm's schema up to this version: numbered migrations, forward only, all in one transaction.
import { type Kysely, sql } from 'kysely';
import { SundewError } from '../core/error.ts';
import type { Database } from './database.ts';
import { type Migration, REALM_MIGRATIONS } from './migrations/realm/index.ts';
import { queueSchemaOf } from './queue-schema.ts';

/** One lock for both realms, since they share the extension: 'SNDW'. */
const ADVISORY_LOCK = 0x53_4e_44_57;

interface MigrationTables {
  readonly schema_migrations: { readonly name: string };
}

/**
 * Creates the realm's schema when missing and applies what it lacks; safe to run again and from two processes at once.
 * @returns the names applied by this call
 * @throws SundewError STORE_UNAVAILABLE, STORE_NEWER when a newer Sundew has been here
 */
export async function migrate(
  database: Database,
  migrations: readonly Migration[] = REALM_MIGRATIONS,
): Promise<readonly string[]> {
  return await database.db.transaction().execute(async (tx) => {
    const db = tx as unknown as Kysely<MigrationTables>;
    await sql`select pg_advisory_xact_lock(${sql.lit(ADVISORY_LOCK)})`.execute(db);
    await sql`create extension if not exists pg_trgm schema public`.execute(db);
    await sql`create schema if not exists ${sql.id(database.realm)}`.execute(db);
    await sql`create table if not exists schema_migrations (
      name text primary key, applied_at timestamptz not null default now())`.execute(db);
    const rows = await db.selectFrom('schema_migrations').select('name').orderBy('name').execute();
    const pending = pendingOf(
      rows.map((row) => row.name),
      migrations,
      database.realm,
    );
    for (const migration of pending) {
      await migration.up(tx as unknown as Kysely<unknown>);
      await db.insertInto('schema_migrations').values({ name: migration.name }).execute();
    }
    return pending.map((migration) => migration.name);
  });
}

/** The applied names must be the beginning of the list that this version knows. */
function pendingOf(applied: readonly string[], known: readonly Migration[], realm: string): readonly Migration[] {
  for (const [at, name] of applied.entries()) {
    if (known[at]?.name === name) continue;
    throw new SundewError(
      'STORE_NEWER',
      `the database schema ${realm} has migration ${name}, which this version does not know: ` +
        'run the newer Sundew that made it, or restore a backup made by this version',
    );
  }
  return known.slice(applied.length);
}

/** Drops the realm's schema with everything in it; `migrate` makes it anew. */
export async function dropRealm(database: Database): Promise<void> {
  await sql`drop schema if exists ${sql.id(database.realm)} cascade`.execute(database.db);
  await sql`drop schema if exists ${sql.id(queueSchemaOf(database.realm))} cascade`.execute(database.db);
}
