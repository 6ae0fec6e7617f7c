// Corrections: to exactly those who were told, once, and what still waits of the wrong alert is stopped.
import type { Indicator } from '../core/verdict.ts';
import type { Tx } from '../storage/database.ts';
import type { WarningChange } from '../warning/types.ts';
import { AlertBody, saysIndicator } from './alert-body.ts';
import { alertsOfRetraction, alertsOfWarning, voidAlerts } from './correction-store.ts';
import { type EnqueueOptions, newAlert } from './enqueue.ts';
import { OUTBOX_QUEUE, type OutboxQueue } from './outbox-queue.ts';
import { insertAlerts, insertDeliveries, type NewAlert } from './outbox-store.ts';

export interface CorrectionOptions extends EnqueueOptions {
  readonly retraction: string;
  /** The whole warning, one indicator of it, or the retraction itself, which is taken back. */
  readonly wrong: 'warning' | 'retraction' | Indicator;
}

/** Stores the correction and a delivery for each who was told. @returns how many are told */
export async function enqueueCorrection(
  tx: Tx,
  queue: OutboxQueue,
  change: WarningChange,
  options: CorrectionOptions,
): Promise<number> {
  const { wrong, retraction, now } = options;
  const base = newAlert(change, options);
  const alert: NewAlert = wrong === 'retraction' ? base : { ...base, retraction };
  const toldBy = await toldByOf(tx, alert.warning, options);
  if (wrong === 'warning') await voidAlerts(tx, await alertIds(tx, alert.warning));
  else if (wrong === 'retraction') await voidAlerts(tx, toldBy ?? []);
  const whole = toldBy === undefined ? alert : { ...alert, toldBy };
  if ((await insertAlerts(tx, [whole], now)).size === 0) return 0;
  const deliveries = await insertDeliveries(tx, [whole], now);
  if (deliveries > 0) await queue.insert(tx, OUTBOX_QUEUE, [{ data: { alert: alert.id } }]);
  return deliveries;
}

/** The alerts whose readers are to hear of it; undefined for all of the warning. */
async function toldByOf(
  tx: Tx,
  warning: string,
  { wrong, retraction }: CorrectionOptions,
): Promise<readonly string[] | undefined> {
  if (wrong === 'warning') return undefined;
  if (wrong === 'retraction') return await alertsOfRetraction(tx, retraction, warning);
  const alerts = await alertsOfWarning(tx, warning);
  return alerts.flatMap(({ id, body }) => {
    const parsed = AlertBody.safeParse(body);
    return parsed.success && parsed.data.change !== 'corrected' && saysIndicator(parsed.data, wrong) ? [id] : [];
  });
}

async function alertIds(tx: Tx, warning: string): Promise<readonly string[]> {
  return (await alertsOfWarning(tx, warning)).map(({ id }) => id);
}
