// Indicators: what was seen in captures, and what belongs to a threat.
import { sql } from 'kysely';
import { uuidOf } from '../core/capture-id.ts';
import type { Indicator, IndicatorType } from '../core/verdict.ts';
import type { Db } from '../storage/database.ts';

/** Characters of a value that are kept; the id is made of the whole value. */
export const MAX_INDICATOR = 2048;

export interface StoredIndicator extends Indicator {
  readonly id: string;
  /** RFC 3339. */
  readonly firstSeen: string;
  readonly lastSeen: string;
  /** Captures it was seen in; 0 when it is only known. */
  readonly captures: number;
}

/** Id of an indicator: the same value has the same id everywhere. */
export function indicatorIdOf(indicator: Indicator): string {
  return uuidOf('indicator', indicator.type, indicator.value);
}

/** The indicator of that type and canonical value. */
export async function findIndicator(db: Db, indicator: Indicator): Promise<StoredIndicator | undefined> {
  const row = await db
    .selectFrom('indicator')
    .selectAll()
    .where('id', '=', indicatorIdOf(indicator))
    .executeTakeFirst();
  return row === undefined ? undefined : storedOf(row);
}

/** The indicators of these ids. */
export async function findIndicators(db: Db, ids: readonly string[]): Promise<readonly StoredIndicator[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('indicator')
    .selectAll()
    .where('id', '=', sql<string>`any(${[...ids]}::uuid[])`)
    .orderBy('type')
    .execute();
  return rows.map(storedOf);
}

/** Indicators attached to a threat by an analyst or a source. */
export async function indicatorsOfThreat(db: Db, threat: string): Promise<readonly StoredIndicator[]> {
  const rows = await db
    .selectFrom('threat_indicator')
    .innerJoin('indicator', 'indicator.id', 'threat_indicator.indicator')
    .selectAll('indicator')
    .where('threat_indicator.threat', '=', threat)
    .orderBy('indicator.type')
    .orderBy('indicator.value')
    .execute();
  return rows.map(storedOf);
}

/** Ties indicators to a threat: from the next load of signatures on, captures that hold one match the threat. */
export async function attachIndicators(
  db: Db,
  threat: string,
  indicators: readonly Indicator[],
  given: { readonly confidence: number; readonly source: string; readonly now: Date },
): Promise<void> {
  const rows = indicators.map((one) => ({
    id: indicatorIdOf(one),
    type: one.type,
    value: cutText(one.value, MAX_INDICATOR),
  }));
  const json = JSON.stringify(rows);
  await sql`insert into indicator (id, type, value, first_seen, last_seen, captures)
    select distinct on (id) id, type, value, ${given.now}::timestamptz, ${given.now}::timestamptz, 0
    from jsonb_to_recordset(${json}::jsonb) as r(id uuid, type text, value text)
    on conflict (id) do nothing`.execute(db);
  await sql`insert into threat_indicator (threat, indicator, confidence, source)
    select distinct ${threat}, id, ${given.confidence}::smallint, ${given.source}
    from jsonb_to_recordset(${json}::jsonb) as r(id uuid)
    on conflict (threat, indicator) do update set confidence = excluded.confidence, source = excluded.source`.execute(
    db,
  );
}

/** Text of at most `max` characters that PostgreSQL can hold. */
export function cutText(text: string, max: number): string {
  return text.slice(0, max).toWellFormed().replaceAll('\u0000', '\ufffd');
}

function storedOf(row: {
  id: string;
  type: string;
  value: string;
  first_seen: Date;
  last_seen: Date;
  captures: number;
}): StoredIndicator {
  return {
    id: row.id,
    type: row.type as IndicatorType,
    value: row.value,
    firstSeen: row.first_seen.toISOString(),
    lastSeen: row.last_seen.toISOString(),
    captures: row.captures,
  };
}
