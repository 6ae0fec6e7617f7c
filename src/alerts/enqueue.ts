// The only way an alert comes to be: in the transaction that decided it, so that neither exists without the other.
import { uuidOf } from '../core/capture-id.ts';
import { severityRank } from '../core/severity.ts';
import type { Tx } from '../storage/database.ts';
import { mayTellSubscribers } from '../warning/disclosure.ts';
import { heedRetractions } from '../warning/heed-retractions.ts';
import type { WarningChange } from '../warning/types.ts';
import { alertBodyOf } from './alert-body.ts';
import { OUTBOX_QUEUE, type OutboxQueue } from './outbox-queue.ts';
import { insertAlerts, insertDeliveries, type NewAlert, supersedeEarlier } from './outbox-store.ts';
import { DELIVERY_WINDOW_MS } from './retry.ts';

export interface EnqueueOptions {
  readonly now: Date;
  /** Replaces what names a decoy. */
  redact?(text: string): string;
}

/**
 * Stores an alert for each change that subscribers are to be told of, a delivery for each of them, and the job that wakes
 * the dispatcher. Repeating it changes nothing.
 */
export async function enqueueAlerts(
  tx: Tx,
  queue: OutboxQueue,
  changes: readonly WarningChange[],
  options: EnqueueOptions,
): Promise<void> {
  const wanted = latestOfEach(changes).filter(
    (change) => change.notify && (isFollowUp(change) || mayTellSubscribers(change.record)),
  );
  const alerts = (await notRetracted(tx, wanted)).map((change) => newAlert(change, options));
  if (alerts.length === 0) return;
  const fresh = await insertAlerts(tx, alerts, options.now);
  const told = alerts.filter((alert) => fresh.has(alert.id));
  if (told.length === 0) return;
  await supersedeEarlier(tx, told);
  const deliveries = await insertDeliveries(tx, told, options.now);
  if (deliveries > 0) {
    await queue.insert(
      tx,
      OUTBOX_QUEUE,
      told.map((alert) => ({ data: { alert: alert.id } })),
    );
  }
}

/** What was taken back stays silent, whatever comes in; what was taken out of a warning stands in no alert. */
async function notRetracted(tx: Tx, changes: readonly WarningChange[]): Promise<readonly WarningChange[]> {
  const records = await heedRetractions(
    tx,
    changes.map(({ record }) => record),
  );
  return changes.flatMap((change, at) => {
    const record = records[at];
    return record === undefined || record.retracted !== undefined ? [] : [{ ...change, record }];
  });
}

/** An all-clear or a correction reaches only those who were told, whatever the evidence is by now. */
function isFollowUp(change: WarningChange): boolean {
  return change.change === 'ended' || change.change === 'corrected';
}

/** A batch may change a warning more than once: only its last revision is worth a message. */
function latestOfEach(changes: readonly WarningChange[]): WarningChange[] {
  const latest = new Map<string, WarningChange>();
  for (const change of changes) {
    if (!change.notify) continue;
    const known = latest.get(change.record.id);
    if (known === undefined || known.record.revision < change.record.revision) latest.set(change.record.id, change);
  }
  return [...latest.values()];
}

/** The alert of a change, not stored yet. */
export function newAlert(change: WarningChange, options: EnqueueOptions): NewAlert {
  const { record } = change;
  return {
    id: uuidOf('alert', record.id, String(record.revision)),
    warning: record.id,
    revision: record.revision,
    change: change.change,
    severity: severityRank(record.severity),
    networks: record.networks,
    body: alertBodyOf(change, options.now, options.redact),
    expiresAt: new Date(options.now.getTime() + DELIVERY_WINDOW_MS[record.severity]).toISOString(),
  };
}
