// The tables of warning/.
import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  'create table warning_watch (campaign uuid primary key, state jsonb not null) with (fillfactor = 70)',
  `create table warning (
    campaign uuid primary key, id text not null, revision integer not null, kind text not null, at timestamptz not null,
    updated_at timestamptz not null, last_seen timestamptz not null, held_until timestamptz, severity smallint not null,
    class text not null, networks text[] not null, growth text not null, decoys bigint not null, senders bigint not null,
    captures bigint not null, open boolean not null, record jsonb not null)`,
  'create index warning_id on warning (id)',
  'create index warning_updated on warning (updated_at desc, campaign)',
  'create index warning_open on warning (last_seen) where open',
  `create table warning_revision (
    campaign uuid not null references warning (campaign) on delete cascade, revision integer not null,
    at timestamptz not null, notify boolean not null, change text not null, record jsonb not null,
    primary key (campaign, revision))`,
  `create table network_level (
    network text primary key, level text not null, reason text not null, since timestamptz not null,
    calmer_since timestamptz)`,
  'create table warning_key ("only" boolean primary key default true check ("only"), key text not null)',
  `insert into warning_key (key) values (gen_random_uuid()::text || gen_random_uuid()::text)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
