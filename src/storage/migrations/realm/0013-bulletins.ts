// Kinds of messages that a subscriber asks for, bulletins as they were published, and answers to appeals that are tried again.
import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  // Whoever subscribed before there were kinds asked for warnings, and gets what he asked for.
  `alter table subscriber add column kinds text[] not null default '{warnings}'`,
  `alter table subscription_request add column kinds text[] not null default '{warnings}'`,
  `create table bulletin (
    id uuid primary key, kind text not null check (kind in ('monthly', 'quarterly')), period text not null,
    closed_at timestamptz not null, made_at timestamptz not null, edition int not null default 1, report jsonb not null,
    unique (kind, period))`,
  'alter table delivery add column bulletin uuid references bulletin on delete cascade',
  'create index delivery_bulletin on delivery (bulletin) where bulletin is not null',
  'alter table appeal add column mail_tries int not null default 0, add column mail_next_at timestamptz',
  `create index appeal_mail on appeal (mail_next_at) where mail = 'pending'`,
] as const;

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
