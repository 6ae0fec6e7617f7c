// Counts over the captures, for the board and the status page.
import { sql } from 'kysely';
import type { Network } from '../core/network.ts';
import type { Db } from '../storage/database.ts';

/** Touches since a time, by network. */
export async function countCaptures(db: Db, since: Date): Promise<ReadonlyMap<Network, number>> {
  const rows = await db
    .selectFrom('capture')
    .select(['network', sql<number>`count(*)`.as('count')])
    .where('at', '>=', since)
    .groupBy('network')
    .execute();
  return new Map(rows.map((row) => [row.network, row.count]));
}

/** Touches in equal steps from `since` on, oldest first; steps without any are left out. */
export async function captureActivity(
  db: Db,
  since: Date,
  stepSeconds: number,
): Promise<readonly { readonly at: string; readonly touches: number }[]> {
  const { rows } = await sql<{ at: Date; touches: number }>`
    select date_bin(make_interval(secs => ${stepSeconds}), at, ${since}::timestamptz) as at, count(*) as touches
    from capture where at >= ${since}::timestamptz group by 1 order by 1`.execute(db);
  return rows.map((row) => ({ at: row.at.toISOString(), touches: row.touches }));
}
