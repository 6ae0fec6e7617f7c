// Drafts that campaigns start, what was imported from elsewhere, and what of it belongs to which entry.
import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  `create table threat_draft (
    campaign uuid primary key, id text not null, state text not null, revision integer not null, touched boolean not null,
    entry jsonb not null, threat text, decided_by text, reason text, created_at timestamptz not null,
    updated_at timestamptz not null)`,
  'create index threat_draft_state on threat_draft (state, updated_at desc)',
  `create table knowledge_source (
    id uuid primary key, origin text not null, ref text not null, name text not null, content jsonb not null,
    content_hash text not null, file text not null, imported_at timestamptz not null, updated_at timestamptz not null,
    unique (origin, ref))`,
  `create table merge_suggestion (
    source uuid not null references knowledge_source (id) on delete cascade,
    threat text not null references threat (id) on delete cascade, alias text not null, state text not null,
    decided_by text, decided_at timestamptz, primary key (source, threat))`,
] as const;

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
