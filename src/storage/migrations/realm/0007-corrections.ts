// Verdicts that an analyst corrected. The text is kept here: it must outlive the capture for a model to be made again.
import { type Kysely, sql } from 'kysely';

const STATEMENT = `create table verdict_correction (
  capture uuid primary key, class text not null, was text not null, text text not null, note text,
  by text not null, at timestamptz not null)`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(STATEMENT).execute(db);
}
