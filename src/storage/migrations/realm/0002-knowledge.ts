// The tables of knowledge/. Few indexes and no foreign keys on what every capture writes: the batch is one transaction.
import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  `create table threat (
    id text primary key, revision integer not null, entry jsonb not null, name text not null, type text not null,
    networks text[] not null, severity smallint not null, confirmed boolean not null, search text not null,
    updated_at timestamptz not null)`,
  `create table threat_revision (
    threat text not null references threat (id) on delete cascade, revision integer not null, at timestamptz not null,
    author text not null, reason text not null, entry jsonb not null, primary key (threat, revision))`,
  `create table threat_signature (
    threat text not null references threat (id) on delete cascade, id uuid primary key, data jsonb not null)`,
  `create table indicator (
    id uuid primary key, type text not null, value text not null, first_seen timestamptz not null,
    last_seen timestamptz not null, captures bigint not null) with (fillfactor = 80)`,
  `create table threat_indicator (
    threat text not null references threat (id) on delete cascade, indicator uuid not null,
    confidence smallint not null, source text not null, primary key (threat, indicator))`,
  `create table threat_sighting (
    threat text not null, network text not null, day date not null, captures bigint not null,
    first_seen timestamptz not null, last_seen timestamptz not null, primary key (threat, day, network))`,
  `create table campaign (
    id uuid primary key, title text not null, class text not null,
    severity smallint not null, networks text[] not null, threats text[] not null, first_seen timestamptz not null,
    last_seen timestamptz not null, captures bigint not null, senders bigint not null, decoys bigint not null,
    unambiguous_harm boolean not null, samples jsonb not null, exact text not null, minhash bytea not null,
    links text[] not null
  ) with (fillfactor = 70)`,
  'create index campaign_last_seen on campaign (last_seen desc)',
  `create table campaign_decoy (
    campaign uuid not null, network text not null, decoy text not null, first_seen timestamptz not null,
    primary key (campaign, network, decoy))`,
  'create table campaign_sender (campaign uuid not null, sender uuid not null, primary key (campaign, sender))',
  `create table campaign_indicator (
    campaign uuid not null, indicator uuid not null, captures bigint not null, decoys text[] not null,
    primary key (campaign, indicator)) with (fillfactor = 80)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
