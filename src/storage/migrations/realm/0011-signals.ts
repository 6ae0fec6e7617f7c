// Signals: what the engine of warnings saw beside single campaigns, and what it remembers for that.
import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  `create table signal_memory (
    kind text not null, name text not null, last_at timestamptz not null, state jsonb not null,
    primary key (kind, name)) with (fillfactor = 70)`,
  'create index signal_memory_last on signal_memory (kind, last_at)',
  `create table signal (
    id uuid primary key, rule text not null, subject text not null, network text, class text, threat text,
    at timestamptz not null, found_at timestamptz not null, count bigint not null, expected double precision,
    p double precision, reason text not null, campaigns uuid[] not null, firm boolean not null)`,
  'create index signal_at on signal (at desc, id)',
  'create index signal_campaigns on signal using gin (campaigns)',
  // What is in the store already is nothing new.
  `insert into signal_memory (kind, name, last_at, state)
    select 'known', name, max(at), jsonb_build_object('lastMs', floor(extract(epoch from max(at)) * 1000)::bigint,
      'networks', jsonb_agg(distinct network))
    from capture, lateral (
      select 'decoy ' || network || ' ' || decoy as name
      union all select 'class ' || network || ' ' || class
        where campaign is not null and class in ('worm', 'malware', 'exploit', 'phishing', 'scam')
      union all select 'family ' || threat from unnest(threats) as threat) as known
    group by name`,
  'create index signal_unsure on signal (at) where not firm',
] as const;

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
