// The tables of captures/. Every capture writes each index, so there are five, each for a question the console asks.
import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  `create table capture (
    id uuid primary key, at timestamptz not null, sent_at timestamptz, network text not null, sensor text not null,
    decoy text not null, peer_id text not null, peer jsonb not null, kind text not null, conversation text, native text,
    text text, html text, encrypted boolean, file jsonb, meta jsonb not null, journal_seq bigint not null,
    class text not null, score real not null, severity smallint not null, reasons text[] not null,
    indicators jsonb not null, language text, campaign uuid, threats text[] not null, simulated boolean not null)`,
  'create index capture_at on capture (at desc, id desc)',
  'create index capture_campaign on capture (campaign, at desc) where campaign is not null',
  'create index capture_peer on capture (peer_id, at desc)',
  // The first 100,000 characters: a tsvector has a limit, and a hostile text must not reach it.
  `create index capture_words on capture using gin (to_tsvector('simple',
    left(coalesce(text, ''), 100000) || ' ' || coalesce(file->>'name', '') || ' ' || peer_id))`,
  'create table pipeline_cursor (journal text primary key, seq bigint not null)',
  `create table dead_letter (
    id uuid primary key, stage text not null, capture uuid, journal_seq bigint not null, cause text not null,
    at timestamptz not null, tries integer not null, unique (journal_seq, stage))`,
] as const;

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
