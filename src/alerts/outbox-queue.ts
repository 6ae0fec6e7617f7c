// The queue as alerts use it: a wake-up that commits with the rows it speaks of. The rows are the truth (ADR 0045).
import type { Tx } from '../storage/database.ts';

export const OUTBOX_QUEUE = 'alert-outbox';

/** The part of storage's queue that writers of the outbox need. */
export interface OutboxQueue {
  insert(tx: Tx, name: string, jobs: readonly { readonly data: object }[]): Promise<unknown>;
}

/** The part that the dispatcher needs. */
export interface OutboxWorkQueue extends OutboxQueue {
  work(name: string, handler: (job: { readonly data: unknown }) => Promise<void>): Promise<unknown>;
}
