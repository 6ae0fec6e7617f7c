// Analyses ahead of the store: entries are read and analysed as they come, while a transaction is under way, and the next
// transaction takes all that is ready. Under load batches grow by themselves, and no capture waits for a second turn.
import { type Batch, type FreshBatch, type PrepareParts, prepareBatch } from './prepare.ts';

/** Content of what may be ready at once; one more read may come on top. */
const MAX_READY_BYTES = 16 * 1024 * 1024;

export interface Ahead {
  /** All that is ready, at least one batch, in order. @throws what preparing failed with; then begin anew */
  take(): Promise<Batch>;
  stop(): void;
}

/** Begins behind `after`. @param limit captures that may be ready at once, and so in one transaction */
export function prepareAhead(from: PrepareParts, after: number, limit: number, signal: AbortSignal): Ahead {
  const ready: FreshBatch[] = [];
  const stopped = new AbortController();
  const ended = AbortSignal.any([signal, stopped.signal]);
  let failure: { readonly cause: unknown } | undefined;
  let changed = Promise.withResolvers<void>();
  const tell = (): void => {
    changed.resolve();
    changed = Promise.withResolvers<void>();
  };

  const run = async (): Promise<void> => {
    let last = after;
    while (!ended.aborted) {
      const room = roomFor(ready, limit);
      if (room <= 0) {
        await changed.promise;
        continue;
      }
      const batch = await prepareBatch(from, last, room, ended);
      last = batch.last;
      ready.push(batch);
      tell();
    }
  };
  run().catch((cause: unknown) => {
    failure = { cause };
    tell();
  });

  return {
    take: async () => {
      while (ready.length === 0) {
        if (failure !== undefined) throw failure.cause;
        await changed.promise;
      }
      const batch = merge(ready.splice(0));
      tell();
      return batch;
    },
    stop: () => {
      stopped.abort(new Error('no longer wanted'));
      tell();
    },
  };
}

function roomFor(ready: readonly FreshBatch[], limit: number): number {
  let [bytes, count] = [0, 0];
  for (const batch of ready) {
    bytes += batch.bytes;
    count += batch.prepared.length + batch.failed.length;
  }
  return bytes >= MAX_READY_BYTES ? 0 : limit - count;
}

function merge(batches: readonly Batch[]): Batch {
  const [first] = batches;
  return batches.length === 1 && first !== undefined
    ? first
    : {
        prepared: batches.flatMap(({ prepared }) => prepared),
        failed: batches.flatMap(({ failed }) => failed),
        last: batches.at(-1)?.last ?? 0,
      };
}
