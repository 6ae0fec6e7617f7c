// What was taken back, by whom and why (rows stay: they are the audit trail), and appeals against what is listed.
import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  `create table retraction (
    id uuid primary key, kind text not null check (kind in ('campaign', 'indicator')), target uuid not null,
    label text not null, type text, value text, reason text not null, by text not null, at timestamptz not null,
    undone_at timestamptz, undone_by text, undone_reason text)`,
  'create unique index retraction_standing on retraction (kind, target) where undone_at is null',
  'create index retraction_at on retraction (at desc, id)',
  `create table appeal (
    id uuid primary key, at timestamptz not null, what text not null, why text not null, contact text,
    state text not null check (state in ('open', 'retracted', 'rejected')), decided_at timestamptz, decided_by text,
    answer text, mail text not null check (mail in ('none', 'pending', 'sent', 'failed')), mail_note text)`,
  // Alerts that must not go out any more; corrections name their retraction and, of a part, the alerts that said it.
  'alter table alert add column void boolean not null default false, add column retraction uuid, add column told_by uuid[]',
  'create index alert_retraction on alert (retraction) where retraction is not null',
  `create index appeal_state on appeal (state, at desc)`,
] as const;

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
