// The end of a subscription, or of a part of it: whatever waits of it is stopped with it.
import { sql } from 'kysely';
import type { Db, Tx } from '../storage/database.ts';
import type { ChannelKind } from './channel.ts';
import { kindsIn, type MessageKind } from './kinds.ts';

/** @returns the kinds that are left; undefined when the token is nobody's */
export async function stopByToken(
  tx: Tx,
  token: string,
  now: Date,
  only: MessageKind | undefined,
): Promise<readonly MessageKind[] | undefined> {
  const row = await tx
    .selectFrom('subscriber')
    .select(['id', 'kinds', 'state'])
    .where('stop_token', '=', token)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const left = only === undefined ? [] : kindsIn(row.kinds).filter((kind) => kind !== only);
  if (left.length === 0 || row.state !== 'confirmed') {
    await stopSubscriber(tx, row.id, now);
    return [];
  }
  await tx
    .updateTable('subscriber')
    .set({ kinds: [...left] })
    .where('id', '=', row.id)
    .execute();
  if (only !== undefined) await suppressKind(tx, row.id, only);
  return left;
}

/** What the owner of a stop token may know: the kinds that still come. @returns undefined when the token is nobody's */
export async function kindsOfToken(tx: Db, token: string): Promise<readonly MessageKind[] | undefined> {
  const row = await tx
    .selectFrom('subscriber')
    .select(['kinds', 'state'])
    .where('stop_token', '=', token)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return row.state === 'confirmed' ? kindsIn(row.kinds) : [];
}

async function suppressKind(tx: Tx, subscriber: string, kind: MessageKind): Promise<void> {
  await sql`update delivery d set state = 'suppressed', last_error = 'no longer asked for'
    where d.subscriber = ${subscriber} and d.state = 'pending' and case when ${kind} = 'warnings' then d.purpose in ('alert', 'budget')
      else exists (select 1 from bulletin b where b.id = d.bulletin and b.kind = ${kind}) end`.execute(tx);
}

export async function stopByAddress(tx: Tx, channel: ChannelKind, key: string, now: Date): Promise<boolean> {
  const row = await tx
    .selectFrom('subscriber')
    .select('id')
    .where('channel', '=', channel)
    .where('address_key', '=', key)
    .executeTakeFirst();
  if (row !== undefined) await stopSubscriber(tx, row.id, now);
  return row !== undefined;
}

/** Stops one subscriber; open confirmations are void and nothing pending goes out any more. */
export async function stopSubscriber(tx: Tx, id: string, now: Date): Promise<void> {
  await tx
    .updateTable('subscriber')
    .set({ state: 'stopped', stopped_at: now })
    .where('id', '=', id)
    .where('state', '<>', 'stopped')
    .execute();
  await tx
    .updateTable('confirmation_token')
    .set({ used_at: now })
    .where('used_at', 'is', null)
    .where('request', 'in', tx.selectFrom('subscription_request').select('id').where('subscriber', '=', id))
    .execute();
  await tx
    .updateTable('delivery')
    .set({ state: 'suppressed', last_error: 'the subscriber said stop' })
    .where('subscriber', '=', id)
    .where('state', '=', 'pending')
    .execute();
}
