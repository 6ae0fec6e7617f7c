// What operators see of the outbox: open, failed and expired deliveries, and the way to try one again.
import type { Db } from '../storage/database.ts';
import { toIso } from '../storage/pg-types.ts';
import type { DeliveryTable } from '../storage/tables/alerts.ts';
import type { ChannelKind } from './channel.ts';

export type DeliveryState = DeliveryTable['state'];
/** Deliveries that will not go out by themselves any more. */
export const DEAD_STATES: readonly DeliveryState[] = ['failed', 'expired'];

export interface DeliveryReport {
  readonly id: string;
  readonly purpose: DeliveryTable['purpose'];
  readonly state: DeliveryState;
  readonly channel: ChannelKind;
  readonly address: string;
  readonly warning?: string;
  readonly revision: number;
  readonly attempt: number;
  readonly at: string;
  readonly nextAt: string;
  readonly sentAt?: string;
  readonly ackedAt?: string;
  readonly cause?: string;
}

/** Newest first. Dead letters: `states: DEAD_STATES`. */
export async function listDeliveries(
  db: Db,
  query: { readonly states?: readonly DeliveryState[]; readonly warning?: string; readonly limit?: number } = {},
): Promise<readonly DeliveryReport[]> {
  let select = db
    .selectFrom('delivery as d')
    .innerJoin('subscriber as s', 's.id', 'd.subscriber')
    .selectAll('d')
    .select('s.address')
    .orderBy('d.created_at', 'desc')
    .limit(query.limit ?? 100);
  if (query.states !== undefined) select = select.where('d.state', 'in', [...query.states]);
  if (query.warning !== undefined) select = select.where('d.warning', '=', query.warning);
  const rows = await select.execute();
  return rows.map((row) => ({
    id: row.id,
    purpose: row.purpose,
    state: row.state,
    channel: row.channel,
    address: row.address,
    ...(row.warning === null ? {} : { warning: row.warning }),
    revision: row.revision,
    attempt: row.attempt,
    at: toIso(row.created_at),
    nextAt: toIso(row.next_at),
    ...(row.sent_at === null ? {} : { sentAt: toIso(row.sent_at) }),
    ...(row.acked_at === null ? {} : { ackedAt: toIso(row.acked_at) }),
    ...(row.last_error === null ? {} : { cause: row.last_error }),
  }));
}

/** How many deliveries stand in each state; `pending` and `leased` together are the outbox's depth. */
export async function countDeliveries(db: Db): Promise<Readonly<Partial<Record<DeliveryState, number>>>> {
  const rows = await db
    .selectFrom('delivery')
    .select((e) => ['state', e.fn.countAll<number>().as('count')])
    .groupBy('state')
    .execute();
  return Object.fromEntries(rows.map((row) => [row.state, Number(row.count)]));
}

/** How many deliveries still have to go out. */
export async function outboxDepth(db: Db): Promise<number> {
  const row = await db
    .selectFrom('delivery')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('state', 'in', ['pending', 'leased'])
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** Tries a dead delivery again, for as long as its window was. @returns false when there is no such dead delivery */
export async function retryDelivery(db: Db, id: string, now: Date): Promise<boolean> {
  const dead = await db
    .selectFrom('delivery')
    .select(['created_at', 'expires_at'])
    .where('id', '=', id)
    .where('state', 'in', [...DEAD_STATES])
    .executeTakeFirst();
  if (dead === undefined) return false;
  const windowMs = dead.expires_at.getTime() - dead.created_at.getTime();
  const changed = await db
    .updateTable('delivery')
    .set({ state: 'pending', next_at: now, expires_at: new Date(now.getTime() + windowMs) })
    .where('id', '=', id)
    .where('state', 'in', [...DEAD_STATES])
    .executeTakeFirst();
  return changed.numUpdatedRows > 0n;
}
