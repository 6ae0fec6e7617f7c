// Bulletins as they were published, and their way into the outbox: one row a period and kind, one delivery a subscriber.
import { type RawBuilder, sql } from 'kysely';
import type { Db, Tx } from '../storage/database.ts';
import type { BulletinBody } from './bulletin.ts';
import type { BulletinKind } from './kinds.ts';

export interface NewBulletin {
  readonly id: string;
  readonly kind: BulletinKind;
  readonly period: string;
  /** The first moment after the period. */
  readonly closedAt: Date;
  /** Before anything of it was read. */
  readonly madeAt: Date;
  readonly body: BulletinBody;
}

/** After everything that warns of something. */
const BULLETIN_SEVERITY = 1;
/** A retraction that was under way while a bulletin was read may bear an earlier time. */
const UNDER_WAY = '1 minute';

export async function findBulletin(db: Db, kind: BulletinKind, period: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('bulletin')
    .select('id')
    .where('kind', '=', kind)
    .where('period', '=', period)
    .executeTakeFirst();
  return row?.id;
}

/** @returns false when it is there already */
export async function insertBulletin(
  tx: Tx,
  { id, kind, period, closedAt, madeAt, body }: NewBulletin,
): Promise<boolean> {
  const row = await tx
    .insertInto('bulletin')
    .values({ id, kind, period, closed_at: closedAt, made_at: madeAt, report: JSON.stringify(body) })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * One delivery for each confirmed subscriber who wants the kind, and had confirmed that before the period was over.
 * @returns how many were made
 */
export async function insertBulletinDeliveries(
  tx: Tx,
  { id, kind, closedAt }: Pick<NewBulletin, 'id' | 'kind' | 'closedAt'>,
  now: Date,
  expiresAt: Date,
): Promise<number> {
  const result = await sql`
    insert into delivery (id, purpose, bulletin, revision, subscriber, channel, severity, state, next_at, expires_at,
                          idem_key, created_at)
    select gen_random_uuid(), 'bulletin', ${id}::uuid, 0, s.id, s.channel, ${BULLETIN_SEVERITY}, 'pending', ${now}, ${expiresAt},
           encode(sha256(convert_to('bulletin|' || ${id} || '|0|' || s.id, 'UTF8')), 'hex'), ${now}
    from subscriber s
    where s.state = 'confirmed' and s.confirmed_at <= ${closedAt} and ${kind} = any(s.kinds)
      and exists (select 1 from subscription_request r where r.subscriber = s.id and r.confirmed_at <= ${closedAt}
                  and ${kind} = any(r.kinds))
    on conflict (idem_key) do nothing`.execute(tx);
  return Number(result.numAffectedRows ?? 0n);
}

/** SQL: whether something was taken back, or stands again, since a bulletin was made. @param bulletin alias of the table */
export function isOvertaken(bulletin: string): RawBuilder<boolean> {
  return sql<boolean>`exists (select 1 from retraction r
    where greatest(r.at, r.undone_at) >= ${sql.ref(`${bulletin}.made_at`)} - ${UNDER_WAY}::interval)`;
}

/** Bulletins of which something still waits, though something was taken back since they were made. */
export async function overtakenBulletins(
  db: Db,
): Promise<readonly { readonly id: string; readonly kind: BulletinKind; readonly period: string }[]> {
  const { rows } = await sql<{ id: string; kind: BulletinKind; period: string }>`
    select b.id, b.kind, b.period from bulletin b
    where ${isOvertaken('b')} and exists (select 1 from delivery d where d.bulletin = b.id and d.state in ('pending', 'leased'))
    order by b.closed_at`.execute(db);
  return rows;
}

/** The same bulletin, made again. What went out already is not sent again. */
export async function replaceBulletin(tx: Tx, id: string, madeAt: Date, body: BulletinBody): Promise<void> {
  await sql`update bulletin set made_at = ${madeAt}, report = ${JSON.stringify(body)}::jsonb, edition = edition + 1
    where id = ${id}`.execute(tx);
}

export interface BulletinReport {
  readonly id: string;
  readonly kind: BulletinKind;
  readonly period: string;
  readonly madeAt: string;
  /** 1, and one more each time it was made again before all of it was out. */
  readonly edition: number;
  readonly sent: number;
  readonly waiting: number;
  /** Refused, too late, or stopped. */
  readonly unsent: number;
}

/** Newest first. */
export async function listBulletins(db: Db, limit = 100): Promise<readonly BulletinReport[]> {
  const { rows } = await sql<Omit<BulletinReport, 'madeAt'> & { readonly made_at: Date }>`
    select b.id, b.kind, b.period, b.edition, b.made_at,
      count(*) filter (where d.state = 'sent')::int as sent,
      count(*) filter (where d.state in ('pending', 'leased'))::int as waiting,
      count(*) filter (where d.state in ('failed', 'expired', 'suppressed', 'superseded'))::int as unsent
    from bulletin b left join delivery d on d.bulletin = b.id
    group by b.id order by b.closed_at desc, b.kind limit ${limit}`.execute(db);
  return rows.map(({ made_at, ...row }) => ({ ...row, madeAt: made_at.toISOString() }));
}

/** What was published. */
export async function readBulletin(db: Db, id: string): Promise<unknown> {
  const row = await db.selectFrom('bulletin').select('report').where('id', '=', id).executeTakeFirst();
  return row?.report;
}
