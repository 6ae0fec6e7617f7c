// "I have seen it": what a subscriber acknowledges, and what need not be said any more for it.
import { sql } from 'kysely';
import type { Db } from '../storage/database.ts';

export interface Acknowledged {
  readonly warning: string;
  /** False when it had been acknowledged before, and nothing has come since. */
  readonly fresh: boolean;
}

/**
 * Acknowledges every alert on one warning that went to this subscriber, and drops updates of it that wait and say nothing worse.
 * @param warning that of the last alert, when absent @returns undefined when there is none
 */
export async function acknowledge(
  db: Db,
  subscriber: string,
  warning: string | undefined,
  now: Date,
): Promise<Acknowledged | undefined> {
  const result = await sql<{ warning: string; fresh: number }>`
    with last as (
      select d.warning from delivery d
      where d.subscriber = ${subscriber} and d.purpose = 'alert' and d.state = 'sent'
        and (${warning ?? null}::text is null or d.warning = ${warning ?? null})
      order by d.sent_at desc, d.revision desc limit 1
    ), acked as (
      update delivery d set acked_at = ${now} from last
      where d.subscriber = ${subscriber} and d.warning = last.warning and d.state = 'sent' and d.acked_at is null
      returning d.id
    ), dropped as (
      update delivery d set state = 'superseded', last_error = 'acknowledged before it was sent'
      from last, alert a
      where d.subscriber = ${subscriber} and d.warning = last.warning and d.state = 'pending' and d.alert = a.id
        and a.change = 'updated' and d.severity <= (select max(told.severity) from delivery told
          where told.subscriber = d.subscriber and told.warning = d.warning and told.state = 'sent')
      returning d.id
    )
    select last.warning, (select count(*)::int from acked) as fresh from last`.execute(db);
  const row = result.rows[0];
  return row === undefined ? undefined : { warning: row.warning, fresh: row.fresh > 0 };
}
