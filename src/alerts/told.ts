// Who was told: the one question that corrections rest on.
import { type RawBuilder, sql } from 'kysely';

/**
 * SQL: whether a delivery reached its subscriber, or may have. Every try is counted before it is made and written down after it;
 * one that is not written down (a kill, a lost connection) may have reached.
 * @param delivery alias of the table
 */
export function mayHaveReached(delivery: string): RawBuilder<boolean> {
  const column = (name: string) => sql.ref(`${delivery}.${name}`);
  return sql<boolean>`(${column('state')} = 'sent' or ${column('attempt')} > (
    select count(*) from delivery_attempt try where try.delivery = ${column('id')}
    and try.outcome in ('unsent', 'refused', 'suppressed')))`;
}
