// Reading side of the outbox: leases, outcomes and what operators see. Each function is one statement.
import { sql } from 'kysely';
import { isNetwork } from '../core/network.ts';
import { SEVERITIES, type Severity } from '../core/severity.ts';
import type { Db } from '../storage/database.ts';
import type { DeliveryTable } from '../storage/tables/alerts.ts';
import { isOvertaken } from './bulletin-store.ts';
import type { ChannelKind } from './channel.ts';
import { kindsIn } from './kinds.ts';
import type { Wishes } from './notice.ts';
import { mayHaveReached } from './told.ts';

export interface LeasedDelivery {
  readonly id: string;
  readonly purpose: DeliveryTable['purpose'];
  readonly subscriber: string;
  readonly channel: ChannelKind;
  readonly revision: number;
  readonly attempt: number;
  readonly expiresAt: Date;
  readonly severity: Severity;
}

export interface LeaseOptions {
  readonly channel: ChannelKind;
  readonly owner: string;
  readonly now: Date;
  readonly leaseMs: number;
  readonly limit: number;
}

/**
 * Takes what is due, worst and oldest first, and what a dead worker left behind. While one message to a subscriber is in
 * flight none other is taken. Counts the try before it is made: a crash in the middle is a try.
 */
export async function leaseDue(db: Db, options: LeaseOptions): Promise<readonly LeasedDelivery[]> {
  const until = new Date(options.now.getTime() + options.leaseMs);
  const result = await sql<Omit<LeasedDelivery, 'severity'> & { readonly severity: number }>`
    with due as (
      select d.id from delivery d
      where d.channel = ${options.channel} and ((d.state = 'pending' and d.next_at <= ${options.now})
          or (d.state = 'leased' and d.lease_until <= ${options.now}))
        and not exists (
          select 1 from delivery other where other.subscriber = d.subscriber and other.id <> d.id
          and other.state = 'leased' and other.lease_until > ${options.now})
      order by d.severity desc, d.created_at
      limit ${options.limit}
      for update of d skip locked
    )
    update delivery d
    set state = 'leased', lease_until = ${until}, lease_owner = ${options.owner}, attempt = d.attempt + 1
    from due where d.id = due.id
    returning d.id, d.purpose, d.subscriber, d.channel, d.revision, d.attempt, d.expires_at as "expiresAt", d.severity
  `.execute(db);
  return result.rows
    .map((row) => ({ ...row, severity: severityOf(row.severity) }))
    .sort((a, b) => a.revision - b.revision);
}

export interface DeliveryFacts {
  /** Where it is to go, while it may go at all. */
  readonly address: string;
  readonly addressKey: string;
  readonly subscriberState: 'requested' | 'confirmed' | 'stopped';
  readonly stopToken: string;
  readonly alert: unknown;
  /** Of a bulletin, as it stands. */
  readonly bulletin: unknown;
  /** Something was taken back since it was made: it waits until it is made again. */
  readonly bulletinOvertaken: boolean;
  /** Whether the subscriber still asks for this kind of message. */
  readonly wanted: boolean;
  readonly request: string | undefined;
  readonly wishes: Wishes | undefined;
  readonly requestSpent: boolean;
  /** Alerts that went to this subscriber since the day began. */
  readonly sentToday: number;
  readonly followUp: boolean;
  /** What it says was taken back since. */
  readonly overtaken: boolean;
  /** Of a follow-up: whether what it follows reached the subscriber, or may have. */
  readonly told: boolean;
}

/** All that one send needs, read directly before it. @returns undefined when the lease is no longer ours */
export async function readDelivery(
  db: Db,
  id: string,
  owner: string,
  dayBegan: Date,
): Promise<DeliveryFacts | undefined> {
  const result = await sql<{
    address: string;
    address_key: string;
    state: DeliveryFacts['subscriberState'];
    stop_token: string;
    body: unknown;
    change: string | null;
    request: string | null;
    networks: string[] | null;
    min_severity: number | null;
    kinds: string[] | null;
    bulletin: unknown;
    bulletin_overtaken: boolean;
    wanted: boolean;
    spent: boolean;
    sent_today: number;
    overtaken: boolean;
    told: boolean;
  }>`
    select s.address, s.address_key, s.state, s.stop_token, a.body, a.change, d.request, r.networks, r.min_severity, r.kinds,
      b.report as bulletin, coalesce(${isOvertaken('b')}, false) as bulletin_overtaken,
      coalesce(b.kind, 'warnings') = any(s.kinds) as wanted,
      coalesce(r.confirmed_at is not null or s.stopped_at > r.requested_at, false) as spent,
      (select count(*) from delivery sent where sent.subscriber = d.subscriber and sent.sent_at >= ${dayBegan}
         and sent.purpose = 'alert') as sent_today,
      coalesce(a.void, false) as overtaken,
      exists (select 1 from delivery told where told.warning = d.warning and told.subscriber = d.subscriber
         and told.revision < d.revision and (a.told_by is null or told.alert = any(a.told_by))
         and ${mayHaveReached('told')}) as told
    from delivery d join subscriber s on s.id = d.subscriber
    left join alert a on a.id = d.alert left join bulletin b on b.id = d.bulletin left join subscription_request r on r.id = d.request
    where d.id = ${id} and d.state = 'leased' and d.lease_owner = ${owner}
  `.execute(db);
  const row = result.rows[0];
  if (row === undefined) return undefined;
  return {
    address: row.address,
    addressKey: row.address_key,
    subscriberState: row.state,
    stopToken: row.stop_token,
    alert: row.body ?? undefined,
    bulletin: row.bulletin ?? undefined,
    bulletinOvertaken: row.bulletin_overtaken,
    wanted: row.wanted,
    request: row.request ?? undefined,
    wishes:
      row.networks === null || row.min_severity === null
        ? undefined
        : {
            networks: row.networks.filter(isNetwork),
            minSeverity: severityOf(row.min_severity),
            kinds: kindsIn(row.kinds ?? []),
          },
    requestSpent: row.spent,
    sentToday: Number(row.sent_today),
    overtaken: row.overtaken,
    told: row.told,
    followUp: row.change === 'ended' || row.change === 'corrected',
  };
}

export interface Outcome {
  /** `unsent`: to be tried again, like `retry`, and nothing of it can have gone out. */
  readonly outcome: 'sent' | 'retry' | 'unsent' | 'refused' | 'suppressed';
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly providerId?: string;
  readonly response: string;
  /** When to try again; absent when it is over. */
  readonly nextAt?: Date;
}

const MAX_RESPONSE = 500;
const FINAL = {
  sent: 'sent',
  refused: 'failed',
  suppressed: 'suppressed',
  retry: 'expired',
  unsent: 'expired',
} as const;

/** Writes down how a try ended: attempt and delivery in one statement. Nothing happens when the lease was lost. */
export async function recordOutcome(db: Db, delivery: LeasedDelivery, owner: string, outcome: Outcome): Promise<void> {
  const state = outcome.nextAt === undefined ? FINAL[outcome.outcome] : 'pending';
  const response = outcome.response.slice(0, MAX_RESPONSE).replaceAll('\u0000', '');
  await sql`
    with changed as (
      update delivery set state = ${state}, lease_until = null, lease_owner = null,
        next_at = coalesce(${outcome.nextAt ?? null}::timestamptz, next_at),
        provider_id = coalesce(${outcome.providerId ?? null}::text, provider_id),
        last_error = case when ${state} = 'sent' then null else ${response}::text end,
        sent_at = case when ${state} = 'sent' then ${outcome.endedAt}::timestamptz end
      where id = ${delivery.id} and lease_owner = ${owner} and attempt = ${delivery.attempt}
      returning id
    )
    insert into delivery_attempt (delivery, n, started_at, ended_at, outcome, response)
    select id, ${delivery.attempt}, ${outcome.startedAt}, ${outcome.endedAt}, ${outcome.outcome}, ${response} from changed
    on conflict do nothing
  `.execute(db);
}

/** Gives leases back, so that a stop of the program costs no waiting. */
export async function releaseLeases(db: Db, owner: string): Promise<void> {
  await db
    .updateTable('delivery')
    .set({ state: 'pending', lease_until: null, lease_owner: null })
    .where('state', '=', 'leased')
    .where('lease_owner', '=', owner)
    .execute();
}

/** Gives back what was taken and not begun: the try that was counted was none. */
export async function returnUntried(db: Db, owner: string, deliveries: readonly LeasedDelivery[]): Promise<void> {
  await sql`update delivery set state = 'pending', lease_until = null, lease_owner = null, attempt = attempt - 1
    where id = any(${deliveries.map(({ id }) => id)}::uuid[]) and state = 'leased' and lease_owner = ${owner}`.execute(
    db,
  );
}

/** Ends every lease, for a process that knows itself alone. They stay `leased`: whether the message went out is not known. */
export async function endLeases(db: Db, now: Date): Promise<void> {
  await db
    .updateTable('delivery')
    .set({ lease_until: now })
    .where('state', '=', 'leased')
    .where('lease_until', '>', now)
    .execute();
}

/** What waits for a channel is due at once: the channel has just been set up. */
export async function retryNow(db: Db, channel: ChannelKind, now: Date): Promise<void> {
  await db
    .updateTable('delivery')
    .set({ next_at: now })
    .where('state', '=', 'pending')
    .where('channel', '=', channel)
    .where('next_at', '>', now)
    .execute();
}

/** One "budget reached" a subscriber and day. */
export async function insertBudgetNotice(
  db: Db,
  notice: {
    readonly id: string;
    readonly subscriber: string;
    readonly channel: ChannelKind;
    readonly key: string;
    readonly expiresAt: Date;
  },
  now: Date,
): Promise<void> {
  await db
    .insertInto('delivery')
    .values({
      id: notice.id,
      purpose: 'budget',
      revision: 0,
      subscriber: notice.subscriber,
      channel: notice.channel,
      severity: 3,
      state: 'pending',
      next_at: now,
      expires_at: notice.expiresAt,
      idem_key: notice.key,
      created_at: now,
    })
    .onConflict((conflict) => conflict.column('idem_key').doNothing())
    .execute();
}

/** A rank of the database as a word; out of range is the worst, so that nothing is lost by a slip. */
export function severityOf(rank: number): Severity {
  return SEVERITIES[rank - 1] ?? 'critical';
}
