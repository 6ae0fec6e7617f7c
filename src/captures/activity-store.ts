// Counts over the captures, for the board and the status page.
import { sql } from 'kysely';
import { CONTACT_LIST } from '../core/contact-list.ts';
import type { Network } from '../core/network.ts';
import type { Db } from '../storage/database.ts';

/** A server's word on contact lists is no touch; the condition is that of an index. */
const IS_CONTACT_LIST = sql.raw(`kind = 'service-notice' and meta->>'event' = '${CONTACT_LIST}'`);

/** SQL: of one of these campaigns, which contact lists never are. */
const isOf = (campaigns: readonly string[]) => sql`campaign = any(${[...campaigns]}::uuid[])`;

/** Touches since a time, by network. @param without campaigns whose captures do not count */
export async function countCaptures(
  db: Db,
  since: Date,
  without: readonly string[] = [],
): Promise<ReadonlyMap<Network, number>> {
  const { rows } = await sql<{ network: Network; touches: number }>`
    select network, sum(touches)::bigint as touches from (
      select network, count(*) as touches from capture where at >= ${since}::timestamptz group by 1
      union all select network, -count(*) from capture where at >= ${since}::timestamptz and ${IS_CONTACT_LIST} group by 1
      union all select network, -count(*) from capture where at >= ${since}::timestamptz and ${isOf(without)} group by 1)
      as counted
    group by 1 having sum(touches) > 0`.execute(db);
  return new Map(rows.map(({ network, touches }) => [network, touches]));
}

/** Touches in equal steps from `since` on, oldest first; steps without any are left out. @param without as above */
export async function captureActivity(
  db: Db,
  since: Date,
  stepSeconds: number,
  without: readonly string[] = [],
): Promise<readonly { readonly at: string; readonly touches: number }[]> {
  const step = sql`date_bin(make_interval(secs => ${stepSeconds}), at, ${since}::timestamptz)`;
  const { rows } = await sql<{ at: Date; touches: number }>`
    select at, sum(touches)::bigint as touches from (
      select ${step} as at, count(*) as touches from capture where at >= ${since}::timestamptz group by 1
      union all select ${step}, -count(*) from capture where at >= ${since}::timestamptz and ${IS_CONTACT_LIST} group by 1
      union all select ${step}, -count(*) from capture where at >= ${since}::timestamptz and ${isOf(without)} group by 1)
      as counted
    group by 1 having sum(touches) > 0 order by 1`.execute(db);
  return rows.map((row) => ({ at: row.at.toISOString(), touches: row.touches }));
}
