// Rows of subscribers and of their requests. Every change of state is one statement under a row lock.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Network } from '../core/network.ts';
import type { Db, Tx } from '../storage/database.ts';
import type { ChannelKind } from './channel.ts';
import { idempotencyKey } from './idempotency.ts';
import type { MessageKind } from './kinds.ts';
import { DELIVERY_WINDOW_MS } from './retry.ts';
import { newToken } from './token.ts';

/** Confirmations go before everything else, and are worth sending for a day. */
const CONFIRMATION_SEVERITY = 5;

export interface NewRequest {
  readonly channel: ChannelKind;
  readonly address: string;
  readonly key: string;
  readonly addressHash: Buffer;
  readonly networks: readonly Network[];
  readonly minSeverity: number;
  readonly kinds: readonly MessageKind[];
  readonly ip: string | undefined;
  readonly via: 'form' | 'admin';
  readonly consentText: string;
}

/** Requests from one internet address since then. */
export async function requestsFrom(tx: Tx, ip: string, since: Date): Promise<number> {
  const row = await tx
    .selectFrom('subscription_request')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('ip', '=', ip)
    .where('requested_at', '>', since)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** How many confirmations went to an address lately. Holds the address until the transaction ends. */
export async function confirmationsOf(
  tx: Tx,
  addressHash: Buffer,
  dayAgo: Date,
  monthAgo: Date,
): Promise<{ readonly day: number; readonly month: number }> {
  await sql`select pg_advisory_xact_lock(hashtext('confirmation'), ${addressHash.readInt32BE(0)})`.execute(tx);
  const row = await tx
    .selectFrom('confirmation_tally')
    .select((e) => [
      e.fn.countAll<number>().as('month'),
      e.fn.countAll<number>().filterWhere('at', '>', dayAgo).as('day'),
    ])
    .where('address_hash', '=', addressHash)
    .where('at', '>', monthAgo)
    .executeTakeFirstOrThrow();
  return { day: Number(row.day), month: Number(row.month) };
}

/** Stores the request with its confirmation in the outbox. @returns the delivery's id */
export async function insertRequest(tx: Tx, request: NewRequest, now: Date): Promise<string> {
  const subscriber = await upsertSubscriber(tx, request, now);
  const id = randomUUID();
  await tx
    .insertInto('subscription_request')
    .values({
      id,
      subscriber,
      requested_at: now,
      via: request.via,
      ip: request.ip ?? null,
      networks: [...request.networks],
      min_severity: request.minSeverity,
      kinds: [...request.kinds],
      consent_text: request.consentText,
    })
    .execute();
  await tx.insertInto('confirmation_tally').values({ address_hash: request.addressHash, at: now }).execute();
  const delivery = randomUUID();
  await tx
    .insertInto('delivery')
    .values({
      id: delivery,
      purpose: 'confirmation',
      request: id,
      revision: 0,
      subscriber,
      channel: request.channel,
      severity: CONFIRMATION_SEVERITY,
      state: 'pending',
      next_at: now,
      expires_at: new Date(now.getTime() + DELIVERY_WINDOW_MS.critical),
      idem_key: idempotencyKey('confirmation', id, 0, subscriber),
      created_at: now,
    })
    .execute();
  return delivery;
}

/** A known address keeps its state and wishes until the new request is confirmed. */
async function upsertSubscriber(tx: Tx, request: NewRequest, now: Date): Promise<string> {
  const row = await tx
    .insertInto('subscriber')
    .values({
      id: randomUUID(),
      channel: request.channel,
      address: request.address,
      address_key: request.key,
      state: 'requested',
      networks: [...request.networks],
      min_severity: request.minSeverity,
      kinds: [...request.kinds],
      stop_token: newToken(),
      created_at: now,
    })
    .onConflict((conflict) =>
      conflict.columns(['channel', 'address_key']).doUpdateSet((e) => ({ address_key: e.ref('excluded.address_key') })),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** Remembers what a confirmation that is about to go out can be confirmed with. */
export async function insertConfirmationTokens(
  db: Db,
  request: string,
  hashes: { readonly link: Buffer; readonly code: Buffer },
  expiresAt: Date,
): Promise<void> {
  await db
    .insertInto('confirmation_token')
    .values([
      { hash: hashes.link, request, kind: 'link', expires_at: expiresAt },
      { hash: hashes.code, request, kind: 'code', expires_at: expiresAt },
    ])
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function confirmedByLink(tx: Tx, hash: Buffer, now: Date): Promise<boolean> {
  const row = await tx
    .updateTable('confirmation_token')
    .set({ used_at: now })
    .where('hash', '=', hash)
    .where('kind', '=', 'link')
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returning('request')
    .executeTakeFirst();
  if (row === undefined) return false;
  await applyRequest(tx, row.request, 'link', now);
  return true;
}

/** @param hashFor the code's hash, which differs from request to request */
export async function confirmedByCode(
  tx: Tx,
  from: { readonly channel: ChannelKind; readonly key: string },
  hashFor: (request: string) => Buffer,
  now: Date,
): Promise<boolean> {
  const requests = await tx
    .selectFrom('subscription_request as r')
    .innerJoin('subscriber as s', 's.id', 'r.subscriber')
    .select('r.id')
    .where('s.channel', '=', from.channel)
    .where('s.address_key', '=', from.key)
    .where('r.confirmed_at', 'is', null)
    .orderBy('r.requested_at', 'desc')
    .limit(3)
    .execute();
  for (const request of requests) {
    const used = await tx
      .updateTable('confirmation_token')
      .set({ used_at: now })
      .where('hash', '=', hashFor(request.id))
      .where('kind', '=', 'code')
      .where('used_at', 'is', null)
      .where('expires_at', '>', now)
      .executeTakeFirst();
    if (used.numUpdatedRows === 0n) continue;
    await applyRequest(tx, request.id, 'code', now);
    return true;
  }
  return false;
}

/** The wishes of the request become the subscriber's; whatever else could confirm the same request is spent. */
async function applyRequest(tx: Tx, request: string, by: 'link' | 'code', now: Date): Promise<void> {
  await tx
    .updateTable('confirmation_token')
    .set({ used_at: now })
    .where('request', '=', request)
    .where('used_at', 'is', null)
    .execute();
  const wishes = await tx
    .updateTable('subscription_request')
    .set({ confirmed_at: now, confirmed_by: by })
    .where('id', '=', request)
    .returning(['subscriber', 'networks', 'min_severity', 'kinds'])
    .executeTakeFirstOrThrow();
  await tx
    .updateTable('subscriber')
    .set((e) => ({
      state: 'confirmed',
      networks: wishes.networks,
      min_severity: wishes.min_severity,
      kinds: wishes.kinds,
      // Kept from the first time while it was never interrupted: "confirmed before the alert" is judged by it.
      confirmed_at: e.case().when('state', '=', 'confirmed').then(e.ref('confirmed_at')).else(now).end(),
      stopped_at: null,
    }))
    .where('id', '=', wishes.subscriber)
    .execute();
}

/** @returns how many requests were deleted */
export async function purgeRequests(tx: Tx, requestedBefore: Date, ipBefore: Date): Promise<number> {
  const gone = await tx
    .deleteFrom('subscription_request')
    .where('confirmed_at', 'is', null)
    .where('requested_at', '<', requestedBefore)
    .executeTakeFirst();
  await tx
    .deleteFrom('subscriber as s')
    .where('s.state', '=', 'requested')
    .where('s.created_at', '<', requestedBefore)
    .where((e) =>
      e.not(e.exists(e.selectFrom('subscription_request as r').select('r.id').whereRef('r.subscriber', '=', 's.id'))),
    )
    .execute();
  await tx.updateTable('subscription_request').set({ ip: null }).where('requested_at', '<', ipBefore).execute();
  await tx.deleteFrom('confirmation_tally').where('at', '<', ipBefore).execute();
  return Number(gone.numDeletedRows);
}
