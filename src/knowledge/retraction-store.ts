// Retractions as they stand and stood. A retraction of a campaign goes on in the campaign that it was merged into.
import { randomUUID } from 'node:crypto';
import { type RawBuilder, type Selectable, sql } from 'kysely';
import { defined } from '../core/defined.ts';
import type { Indicator, IndicatorType } from '../core/verdict.ts';
import type { Db } from '../storage/database.ts';
import type { RetractionTable } from '../storage/tables/retraction.ts';
import { cutText, indicatorIdOf, MAX_INDICATOR } from './indicator-store.ts';
import type { Decision, Retraction, RetractionKind } from './retraction.ts';

/** Standing retractions of single indicators, and of campaigns in sums, that are heeded: the newest. */
const MAX_STANDING = 2_000;
const MAX_PAGE = 500;

/** SQL: whether this campaign is retracted, by itself or by one that was merged into it. */
export function isRetracted(campaign: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`exists (select 1 from retraction r left join campaign rc on rc.id = r.target
    where r.kind = 'campaign' and r.undone_at is null and (r.target = ${campaign} or rc.merged_into = ${campaign}))`;
}

/** Campaign → why it is retracted, for those that are. */
export async function retractionsOfCampaigns(
  db: Db,
  campaigns: readonly string[],
): Promise<ReadonlyMap<string, Decision>> {
  if (campaigns.length === 0) return new Map();
  const asked = [...new Set(campaigns)];
  const { rows } = await sql<{ campaign: string; by: string; at: Date; reason: string }>`
    select u.campaign, r.by, r.at, r.reason
    from retraction r left join campaign c on c.id = r.target
      join unnest(${asked}::text[]) as u (campaign) on u.campaign in (r.target::text, c.merged_into::text)
    where r.kind = 'campaign' and r.undone_at is null order by r.at`.execute(db);
  return new Map(rows.map(({ campaign, by, at, reason }) => [campaign, { by, at: at.toISOString(), reason }]));
}

/** Ids of the campaigns that are retracted now, by themselves or by one that was merged into them. */
export async function retractedCampaigns(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ target: string; merged_into: string | null }>`
    select r.target, c.merged_into from retraction r left join campaign c on c.id = r.target
    where r.kind = 'campaign' and r.undone_at is null order by r.at desc limit ${MAX_STANDING}`.execute(db);
  return [...new Set(rows.flatMap(({ target, merged_into }) => [target, merged_into ?? target]))];
}

/** Indicators that are retracted now. */
export async function retractedIndicators(db: Db): Promise<readonly Indicator[]> {
  const rows = await db
    .selectFrom('retraction')
    .select(['type', 'value'])
    .where('kind', '=', 'indicator')
    .where('undone_at', 'is', null)
    .orderBy('at', 'desc')
    .limit(MAX_STANDING)
    .execute();
  return rows.flatMap(({ type, value }) => indicatorOf(type, value) ?? []);
}

/** How often retractions of a campaign were undone. */
export async function undoneRetractions(db: Db, campaign: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from retraction
    where kind = 'campaign' and target = ${campaign}::uuid and undone_at is not null`.execute(db);
  return rows[0]?.n ?? 0;
}

/** Indicators whose retractions were undone, one for each time. */
export async function undoneIndicators(db: Db): Promise<readonly Indicator[]> {
  const rows = await db
    .selectFrom('retraction')
    .select(['type', 'value'])
    .where('kind', '=', 'indicator')
    .where('undone_at', 'is not', null)
    .orderBy('at')
    .limit(MAX_STANDING)
    .execute();
  return rows.flatMap(({ type, value }) => indicatorOf(type, value) ?? []);
}

/** Writes a retraction down. @returns undefined when this is retracted already */
export async function insertRetraction(
  tx: Db,
  given: { readonly target: string | Indicator; readonly label: string } & Decision,
): Promise<Retraction | undefined> {
  const { target, label, by, at, reason } = given;
  const campaign = typeof target === 'string';
  const indicator = campaign ? undefined : { type: target.type, value: cutText(target.value, MAX_INDICATOR) };
  const row = await tx
    .insertInto('retraction')
    .values({
      id: randomUUID(),
      kind: campaign ? 'campaign' : 'indicator',
      target: campaign ? target : indicatorIdOf(target),
      ...{ label, by, at, reason },
      type: indicator?.type ?? null,
      value: indicator?.value ?? null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? undefined : recordOf(row);
}

/** The retraction of this target that stands. */
export async function standingRetraction(
  db: Db,
  kind: RetractionKind,
  target: string,
): Promise<Retraction | undefined> {
  const row = await db
    .selectFrom('retraction')
    .selectAll()
    .where('kind', '=', kind)
    .where('target', '=', target)
    .where('undone_at', 'is', null)
    .executeTakeFirst();
  return row === undefined ? undefined : recordOf(row);
}

/** Takes a standing retraction back; the row stays. @returns undefined when none stands */
export async function undoRetraction(
  tx: Db,
  kind: RetractionKind,
  target: string,
  { by, at, reason }: Decision,
): Promise<Retraction | undefined> {
  const row = await tx
    .updateTable('retraction')
    .set({ undone_at: at, undone_by: by, undone_reason: reason })
    .where('kind', '=', kind)
    .where('target', '=', target)
    .where('undone_at', 'is', null)
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? undefined : recordOf(row);
}

/** All there ever were, newest first. */
export async function listRetractions(db: Db, limit = 100): Promise<readonly Retraction[]> {
  const rows = await db
    .selectFrom('retraction')
    .selectAll()
    .orderBy('at', 'desc')
    .orderBy('id')
    .limit(Math.min(limit, MAX_PAGE))
    .execute();
  return rows.map(recordOf);
}

function recordOf(row: Selectable<RetractionTable>): Retraction {
  const { id, kind, target, label, by, reason, type, value, undone_at, undone_by, undone_reason } = row;
  return {
    ...{ id, kind, target, label, by, reason, at: row.at.toISOString() },
    ...defined({
      indicator: indicatorOf(type, value),
      undone:
        undone_at === null
          ? undefined
          : { at: undone_at.toISOString(), by: undone_by ?? '', reason: undone_reason ?? '' },
    }),
  };
}

// Written by this file only, from an Indicator.
function indicatorOf(type: string | null, value: string | null): Indicator | undefined {
  return type === null || value === null ? undefined : { type: type as IndicatorType, value };
}
