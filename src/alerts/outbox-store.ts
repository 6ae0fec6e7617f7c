// Writing side of the outbox: alerts and their deliveries, set-based, inside the pipeline's transaction.
import { sql } from 'kysely';
import type { Tx } from '../storage/database.ts';
import { mayHaveReached } from './told.ts';

export interface NewAlert {
  readonly id: string;
  readonly warning: string;
  readonly revision: number;
  readonly change: 'raised' | 'updated' | 'ended' | 'corrected';
  readonly severity: number;
  readonly networks: readonly string[];
  readonly body: object;
  readonly expiresAt: string;
  /** Of a correction: the retraction that it tells of. */
  readonly retraction?: string;
  /** Of a correction of a part: the alerts that said it. */
  readonly toldBy?: readonly string[];
}

/** Inserts alerts that are not there yet. @returns the ids that are new */
export async function insertAlerts(tx: Tx, alerts: readonly NewAlert[], now: Date): Promise<Set<string>> {
  const rows = await tx
    .insertInto('alert')
    .values(
      alerts.map((alert) => ({
        id: alert.id,
        warning: alert.warning,
        revision: alert.revision,
        change: alert.change,
        severity: alert.severity,
        networks: [...alert.networks],
        body: JSON.stringify(alert.body),
        created_at: now,
        retraction: alert.retraction ?? null,
        told_by: alert.toldBy === undefined ? null : [...alert.toldBy],
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute();
  return new Set(rows.map((row) => row.id));
}

/** Earlier revisions that have not gone out are overtaken by the new one; corrections are not. */
export async function supersedeEarlier(tx: Tx, alerts: readonly NewAlert[]): Promise<void> {
  await sql`
    update delivery d set state = 'superseded', last_error = 'a later revision took its place'
    from jsonb_to_recordset(${facts(alerts)}::jsonb) as a(warning text, revision int)
    where d.warning = a.warning and d.revision < a.revision and d.state = 'pending'
      and not exists (select 1 from alert earlier where earlier.id = d.alert and earlier.retraction is not null)
  `.execute(tx);
}

/**
 * One delivery for each alert and matching confirmed subscriber. News go to whoever asked for the networks and severity;
 * an all-clear or a correction goes to exactly those who were told, or may have been. Who has acknowledged a warning gets no
 * update of it that says nothing worse.
 * @returns how many were made
 */
export async function insertDeliveries(tx: Tx, alerts: readonly NewAlert[], now: Date): Promise<number> {
  const result = await sql`
    insert into delivery (id, purpose, alert, warning, revision, subscriber, channel, severity, state,
                          next_at, expires_at, idem_key, created_at)
    select gen_random_uuid(), 'alert', a.id, a.warning, a.revision, s.id, s.channel, a.severity, 'pending',
           ${now}, a."expiresAt",
           encode(sha256(convert_to('alert|' || a.id || '|' || a.revision || '|' || s.id, 'UTF8')), 'hex'), ${now}
    from jsonb_to_recordset(${facts(alerts)}::jsonb)
           as a(id uuid, warning text, revision int, change text, severity int, networks text[], "expiresAt" timestamptz,
                "toldBy" uuid[])
    join subscriber s on s.state = 'confirmed' and s.confirmed_at <= ${now} and 'warnings' = any(s.kinds)
    where case when a.change in ('ended', 'corrected')
      then exists (select 1 from delivery told where told.warning = a.warning and told.subscriber = s.id
                   and told.revision < a.revision and (a."toldBy" is null or told.alert = any(a."toldBy"))
                   and ${mayHaveReached('told')})
      else s.min_severity <= a.severity and (s.networks = '{}' or s.networks && a.networks)
        and (a.change <> 'updated' or not exists (select 1 from delivery seen where seen.warning = a.warning
             and seen.subscriber = s.id and seen.acked_at is not null and seen.severity >= a.severity))
    end
    on conflict (idem_key) do nothing
  `.execute(tx);
  return Number(result.numAffectedRows ?? 0n);
}

function facts(alerts: readonly NewAlert[]): string {
  return JSON.stringify(alerts.map(({ body: _, ...fact }) => fact));
}
