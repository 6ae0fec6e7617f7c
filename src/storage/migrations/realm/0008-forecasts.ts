// Forecasts of warnings, kept until their time has passed and scored then.
import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  `create table forecast (
    campaign uuid not null references warning (campaign) on delete cascade, revision integer not null,
    ahead_min integer not null, made_at timestamptz not null, due_at timestamptz not null, hits bigint not null,
    expected double precision not null, low double precision not null, high double precision not null,
    came bigint, log2_error double precision, interval_score double precision, scored_at timestamptz,
    primary key (campaign, revision, ahead_min))`,
  'create index forecast_due on forecast (due_at) where scored_at is null',
] as const;

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
