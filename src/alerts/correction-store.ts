// What corrections ask of the outbox, and do to it.
import { sql } from 'kysely';
import type { Tx } from '../storage/database.ts';

/** Every alert on a warning, oldest first. */
export async function alertsOfWarning(
  tx: Tx,
  warning: string,
): Promise<readonly { readonly id: string; readonly body: unknown }[]> {
  return await tx
    .selectFrom('alert')
    .select(['id', 'body'])
    .where('warning', '=', warning)
    .orderBy('revision')
    .execute();
}

/** The corrections that told of a retraction, for one warning. */
export async function alertsOfRetraction(tx: Tx, retraction: string, warning: string): Promise<readonly string[]> {
  const rows = await tx
    .selectFrom('alert')
    .select('id')
    .where('retraction', '=', retraction)
    .where('warning', '=', warning)
    .execute();
  return rows.map(({ id }) => id);
}

/** Nothing of these alerts goes out from here on: what waits is stopped, and what is being tried is not tried again. */
export async function voidAlerts(tx: Tx, alerts: readonly string[]): Promise<void> {
  if (alerts.length === 0) return;
  await sql`update alert set void = true where id = any(${[...alerts]}::uuid[])`.execute(tx);
  await sql`update delivery set state = 'superseded', last_error = 'it was taken back'
    where alert = any(${[...alerts]}::uuid[]) and state = 'pending'`.execute(tx);
}
