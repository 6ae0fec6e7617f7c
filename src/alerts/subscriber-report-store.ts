// Subscribers as operators and the console see them, and what one of them may change by a command.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { SundewError } from '../core/error.ts';
import { isNetwork, type Network } from '../core/network.ts';
import { type Severity, severityRank } from '../core/severity.ts';
import type { Db } from '../storage/database.ts';
import { toIso } from '../storage/pg-types.ts';
import { parseAddress } from './address.ts';
import type { ChannelKind } from './channel.ts';
import { severityOf } from './delivery-store.ts';
import { kindsIn, type MessageKind } from './kinds.ts';
import { newToken } from './token.ts';

export interface SubscriberReport {
  readonly id: string;
  readonly channel: ChannelKind;
  readonly address: string;
  readonly networks: readonly Network[];
  readonly minSeverity: Severity;
  readonly kinds: readonly MessageKind[];
  readonly state: 'requested' | 'confirmed' | 'stopped';
  /** Since when it is in this state. */
  readonly since: string;
  readonly delivered: number;
  readonly lastDelivery?: string;
  /** What was acknowledged last. */
  readonly acknowledged?: { readonly warning: string; readonly at: string };
}

/** Newest first, at most 1,000. */
export async function listSubscribers(db: Db): Promise<readonly SubscriberReport[]> {
  const rows = await db
    .selectFrom('subscriber as s')
    .leftJoin('delivery as d', (join) => join.onRef('d.subscriber', '=', 's.id').on('d.state', '=', 'sent'))
    .selectAll('s')
    .select((e) => [e.fn.count<number>('d.id').as('delivered'), e.fn.max('d.sent_at').as('last_delivery')])
    // One row at most, so that an aggregate of it is itself.
    .leftJoinLateral(
      (e) =>
        e
          .selectFrom('delivery as seen')
          .select(['seen.warning', 'seen.acked_at'])
          .whereRef('seen.subscriber', '=', 's.id')
          .where('seen.acked_at', 'is not', null)
          .orderBy('seen.acked_at', 'desc')
          .limit(1)
          .as('k'),
      (join) => join.onTrue(),
    )
    .select((e) => [e.fn.max('k.warning').as('acked_warning'), e.fn.max('k.acked_at').as('acked_at')])
    .groupBy('s.id')
    .orderBy('s.created_at', 'desc')
    .limit(1_000)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    channel: row.channel,
    address: row.address,
    networks: row.networks.filter(isNetwork),
    minSeverity: severityOf(row.min_severity),
    kinds: kindsIn(row.kinds),
    state: row.state,
    since: toIso((row.state === 'stopped' ? row.stopped_at : row.confirmed_at) ?? row.created_at),
    delivered: Number(row.delivered),
    ...(row.last_delivery === null ? {} : { lastDelivery: toIso(row.last_delivery) }),
    ...(row.acked_warning === null || row.acked_at === null
      ? {}
      : { acknowledged: { warning: row.acked_warning, at: toIso(row.acked_at) } }),
  }));
}

/** Erases a subscriber with every delivery and request. @throws SundewError SUBSCRIBER_UNKNOWN */
export async function deleteSubscriber(db: Db, id: string): Promise<void> {
  const known = /^[0-9a-f-]{36}$/.test(id);
  const gone = known ? await db.deleteFrom('subscriber').where('id', '=', id).executeTakeFirst() : undefined;
  if (gone === undefined || gone.numDeletedRows === 0n) {
    throw new SundewError('SUBSCRIBER_UNKNOWN', 'there is no subscriber of this id; list them to see which there are');
  }
}

export interface SubscriberStanding {
  readonly id: string;
  readonly kinds: readonly MessageKind[];
  readonly state: 'requested' | 'confirmed' | 'stopped';
  readonly networks: readonly Network[];
  readonly minSeverity: Severity;
}

export async function findSubscriber(
  db: Db,
  channel: ChannelKind,
  key: string,
): Promise<SubscriberStanding | undefined> {
  const row = await db
    .selectFrom('subscriber')
    .select(['id', 'state', 'networks', 'min_severity', 'kinds'])
    .where('channel', '=', channel)
    .where('address_key', '=', key)
    .executeTakeFirst();
  return row === undefined
    ? undefined
    : {
        id: row.id,
        state: row.state,
        kinds: kindsIn(row.kinds),
        networks: row.networks.filter(isNetwork),
        minSeverity: severityOf(row.min_severity),
      };
}

export async function setMinSeverity(db: Db, id: string, severity: Severity): Promise<void> {
  await db
    .updateTable('subscriber')
    .set({ min_severity: severityRank(severity) })
    .where('id', '=', id)
    .execute();
}

/** Body of the alert on a warning that this subscriber was told last. @param warning any, when absent */
export async function lastAlertTold(db: Db, subscriber: string, warning: string | undefined): Promise<unknown> {
  let select = db
    .selectFrom('delivery as d')
    .innerJoin('alert as a', 'a.id', 'd.alert')
    .select('a.body')
    .where('d.subscriber', '=', subscriber)
    .where('d.state', '=', 'sent')
    .orderBy('d.sent_at', 'desc')
    .limit(1);
  if (warning !== undefined) select = select.where('a.warning', '=', warning);
  return (await select.executeTakeFirst())?.body;
}

/**
 * A confirmed subscriber of the demonstration: the range's mailbox asked nobody. Only the simulated realm takes it.
 * @throws SundewError NOT_ALLOWED in the live realm, SUBSCRIBER_INVALID
 */
export async function addSimulatedSubscriber(
  db: Db,
  subscriber: {
    readonly channel: ChannelKind;
    readonly address: string;
    readonly networks: readonly Network[];
    readonly minSeverity: Severity;
  },
  now: Date,
): Promise<void> {
  const schema = await sql<{ name: string | null }>`select current_schema() as name`.execute(db);
  if (schema.rows[0]?.name !== 'simulated') {
    throw new SundewError('NOT_ALLOWED', 'only the simulated realm takes subscribers that nobody confirmed');
  }
  const { address, key } = parseAddress(subscriber.channel, subscriber.address);
  await db
    .insertInto('subscriber')
    .values({
      id: randomUUID(),
      channel: subscriber.channel,
      address,
      address_key: key,
      state: 'confirmed',
      networks: [...subscriber.networks],
      min_severity: severityRank(subscriber.minSeverity),
      stop_token: newToken(),
      created_at: now,
      confirmed_at: now,
    })
    .onConflict((conflict) => conflict.columns(['channel', 'address_key']).doNothing())
    .execute();
}
