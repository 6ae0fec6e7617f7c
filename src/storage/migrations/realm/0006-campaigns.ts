// Campaigns by wording: fingerprints of several members instead of one MinHash signature, wordings with counts, merges and splits.
import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  `alter table campaign add column fingerprints jsonb not null default '[]', add column merged_into uuid,
    drop column exact, drop column minhash, drop column links`,
  `create table campaign_relation (
    campaign uuid not null, kind text not null, other uuid not null, at timestamptz not null, reason text not null,
    primary key (campaign, kind, other))`,
  'create index campaign_relation_other on campaign_relation (other)',
  `create table campaign_wording (
    campaign uuid not null, wording text not null, sample text not null, captures bigint not null,
    primary key (campaign, wording)) with (fillfactor = 80)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
