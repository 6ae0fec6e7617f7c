// Campaigns as analysts and warnings read them, and what the clusterer needs after a restart.
import { sql } from 'kysely';
import type { CampaignMemory } from '../analysis/cluster/clusterer.ts';
import type { Network } from '../core/network.ts';
import { SEVERITIES, type Severity } from '../core/severity.ts';
import type { Indicator, IndicatorType, VerdictClass } from '../core/verdict.ts';
import type { Db } from '../storage/database.ts';
import { loadFingerprint, type StoredFingerprint } from './campaign-fingerprint.ts';
import { templateOf } from './campaign-template.ts';
import { isRetracted } from './retraction-store.ts';
import type { CampaignRecord } from './types.ts';

export interface CampaignQuery {
  readonly network?: Network;
  readonly class?: VerdictClass;
  /** RFC 3339; campaigns last seen at or after it. */
  readonly since?: string;
  readonly limit?: number;
  readonly offset?: number;
}

/** An indicator of a campaign with the number of different decoys that saw it, 3 standing for 3 or more. */
export interface CampaignIndicator extends Indicator {
  readonly decoys: number;
}

const MAX_PAGE = 200;
const DEFAULT_PAGE = 50;
const MAX_INDICATORS = 50;
const MAX_DECOYS = 10_000;

/** Campaigns, the one seen last first. */
export async function listCampaigns(
  db: Db,
  query: CampaignQuery = {},
): Promise<{ readonly campaigns: readonly CampaignRecord[]; readonly total: number }> {
  const filtered = db
    .selectFrom('campaign')
    .$if(query.network !== undefined, (q) => q.where(sql<boolean>`${query.network} = any(networks)`))
    .$if(query.class !== undefined, (q) => q.where('class', '=', query.class ?? ''))
    .$if(query.since !== undefined, (q) => q.where('last_seen', '>=', new Date(query.since ?? 0)));
  const rows = await filtered
    .selectAll()
    .orderBy('last_seen', 'desc')
    .orderBy('id')
    .limit(Math.min(Math.max(query.limit ?? DEFAULT_PAGE, 1), MAX_PAGE))
    .offset(Math.max(query.offset ?? 0, 0))
    .execute();
  const { total } = await filtered.select(sql<number>`count(*)::int`.as('total')).executeTakeFirstOrThrow();
  const decoys = await decoysOfCampaigns(
    db,
    rows.map(({ id }) => id),
  );
  return { campaigns: rows.map((row) => recordOf(row, decoys.get(row.id) ?? [])), total };
}

/** The campaigns of these ids. */
export async function findCampaigns(db: Db, ids: readonly string[]): Promise<readonly CampaignRecord[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('campaign')
    .selectAll()
    .where('id', '=', sql<string>`any(${[...ids]}::uuid[])`)
    .execute();
  const decoys = await decoysOfCampaigns(db, ids);
  return rows.map((row) => recordOf(row, decoys.get(row.id) ?? []));
}

/** The campaign of that id. */
export async function findCampaign(db: Db, id: string): Promise<CampaignRecord | undefined> {
  return (await findCampaigns(db, [id]))[0];
}

/** How many campaigns were seen at or after `since` (RFC 3339), retracted ones aside. */
export async function countCampaigns(db: Db, since: string): Promise<number> {
  const result = await sql<{ total: number }>`
    select count(*)::int as total from campaign where last_seen >= ${since}
      and not ${isRetracted(sql.ref('campaign.id'))}`.execute(db);
  return result.rows[0]?.total ?? 0;
}

/** Indicators by campaign, those of most decoys first, at most 50 each. */
export async function indicatorsOfCampaigns(
  db: Db,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly CampaignIndicator[]>> {
  if (ids.length === 0) return new Map();
  const result = await sql<{ campaign: string; type: IndicatorType; value: string; decoys: number }>`
    select campaign, type, value, decoys from (
      select ci.campaign, i.type, i.value, cardinality(ci.decoys) as decoys, row_number() over (partition by ci.campaign
        order by cardinality(ci.decoys) desc, ci.captures desc, i.type desc, i.value) as nth
      from campaign_indicator ci join indicator i on i.id = ci.indicator
      where ci.campaign = any(${[...ids]}::uuid[])) ranked
    where nth <= ${MAX_INDICATORS} order by campaign, nth`.execute(db);
  const found = new Map<string, CampaignIndicator[]>();
  for (const { campaign, type, value, decoys } of result.rows) {
    const list = found.get(campaign) ?? [];
    found.set(campaign, list);
    list.push({ type, value, decoys });
  }
  return found;
}

/** Addresses of the decoys that each campaign touched: what has to be cut from everything that leaves. */
export async function decoysOfCampaigns(
  db: Db,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('campaign_decoy')
    .select(['campaign', 'decoy'])
    .where('campaign', '=', sql<string>`any(${[...ids]}::uuid[])`)
    .limit(MAX_DECOYS)
    .execute();
  const found = new Map<string, string[]>();
  for (const { campaign, decoy } of rows) {
    const list = found.get(campaign) ?? [];
    found.set(campaign, list);
    list.push(decoy);
  }
  return found;
}

/** What the clusterer remembers of the campaigns seen last, oldest first; those of a merged one under its new id. */
export async function restoreCampaigns(db: Db, limit: number): Promise<readonly CampaignMemory[]> {
  const rows = await db
    .selectFrom('campaign')
    .select(['id', 'merged_into', 'fingerprints', 'first_seen', 'last_seen', 'captures'])
    .orderBy('last_seen', 'desc')
    .limit(limit)
    .execute();
  return rows.reverse().map((row) => ({
    campaign: row.merged_into ?? row.id,
    members: (row.fingerprints as readonly StoredFingerprint[]).map(loadFingerprint),
    firstMs: row.first_seen.getTime(),
    lastMs: row.last_seen.getTime(),
    captures: Number(row.captures),
  }));
}

function recordOf(
  row: {
    id: string;
    title: string;
    class: string;
    severity: number;
    networks: string[];
    threats: string[];
    first_seen: Date;
    last_seen: Date;
    captures: number;
    senders: number;
    decoys: number;
    contacts: number;
    unambiguous_harm: boolean;
    samples: readonly string[];
  },
  decoys: readonly string[],
): CampaignRecord {
  return {
    id: row.id,
    title: row.title,
    template: templateOf(row.samples, decoys),
    class: row.class as VerdictClass,
    severity: severityOf(row.severity),
    networks: row.networks as Network[],
    threats: row.threats,
    captures: row.captures,
    senders: row.senders,
    decoys: row.decoys,
    contacts: row.contacts,
    unambiguousHarm: row.unambiguous_harm,
    samples: row.samples,
    firstSeen: row.first_seen.toISOString(),
    lastSeen: row.last_seen.toISOString(),
  };
}

function severityOf(rank: number): Severity {
  return SEVERITIES[rank - 1] ?? 'info';
}
