// Takes deliveries out of the outbox and hands them to the channels. The rows are the truth: a job only wakes it, and a
// look each second finds whatever a crash, a lost wake-up or a closed database left behind (ADR 0045).
import { randomUUID } from 'node:crypto';
import type { Clock, Log, Random } from '../core/clock.ts';
import { messageOf } from '../core/error.ts';
import type { Db } from '../storage/database.ts';
import { CHANNEL_KINDS, type Channel, type ChannelKind } from './channel.ts';
import { type DeliverContext, deliver } from './deliver.ts';
import { endLeases, type LeasedDelivery, leaseDue, releaseLeases, retryNow, returnUntried } from './delivery-store.ts';
import { OUTBOX_QUEUE, type OutboxWorkQueue } from './outbox-queue.ts';
import { createWakeUp, type WakeUp } from './wake-up.ts';

export interface DispatcherOptions {
  readonly db: Db;
  readonly queue: OutboxWorkQueue;
  readonly channels: readonly Channel[];
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Where the board is; links in messages begin with it. */
  readonly publicUrl: string;
  isDecoyAddress(channel: ChannelKind, address: string): boolean;
  /** Alerts to one subscriber a day; 12 unless told. */
  readonly budgetPerDay?: number;
  /** Sends at a time for each channel; 16 unless told. */
  readonly concurrency?: number;
  /** After this a delivery in the hands of a dead worker is taken again; 60 s unless told. */
  readonly leaseMs?: number;
  /**
   * Whether no other process works on this outbox (the owner of `data/`): then what is leased at the start was left by a
   * kill and is taken up at once instead of after its lease. True unless told.
   */
  readonly sole?: boolean;
}

export interface Dispatcher extends AsyncDisposable {
  /** Looks at the outbox now. */
  wake(): void;
  /** Sets a channel up, or takes it away; the old one is closed and what waited for the new one goes out at once. */
  setChannel(kind: ChannelKind, channel: Channel | undefined): Promise<void>;
  /** Ends what is being sent, gives the rest back and closes the channels. */
  stop(): Promise<void>;
}

const DEFAULT_BUDGET = 12;
const DEFAULT_CONCURRENCY = 16;
const DEFAULT_LEASE_MS = 60_000;
const POLL_MS = 1_000;
const LOG_EVERY = 100;

/** Starts at once with whatever is due. */
export async function startDispatcher(options: DispatcherOptions): Promise<Dispatcher> {
  const channels = new Map<ChannelKind, Channel>(options.channels.map((channel) => [channel.kind, channel]));
  const leaseMs = options.leaseMs ?? DEFAULT_LEASE_MS;
  const stopping = new AbortController();
  const context: DeliverContext = {
    db: options.db,
    clock: options.clock,
    random: options.random,
    owner: randomUUID(),
    publicUrl: options.publicUrl.replace(/\/+$/, ''),
    budgetPerDay: options.budgetPerDay ?? DEFAULT_BUDGET,
    sendTimeoutMs: Math.floor(leaseMs * 0.75),
    channel: (kind) => channels.get(kind),
    isDecoyAddress: options.isDecoyAddress,
  };
  if (options.sole !== false) await endLeases(options.db, options.clock.now());
  const pumps = CHANNEL_KINDS.map((kind) => {
    const wakeUp = createWakeUp();
    const settings = { kind, leaseMs, concurrency: options.concurrency ?? DEFAULT_CONCURRENCY, log: options.log };
    return { wakeUp, done: pump(context, wakeUp, settings, stopping.signal) };
  });
  const wake = (): void => {
    for (const { wakeUp } of pumps) wakeUp.wake();
  };
  await options.queue.work(OUTBOX_QUEUE, async () => wake());
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopped ??= (async () => {
      stopping.abort();
      wake();
      await Promise.all(pumps.map(({ done }) => done));
      await releaseLeases(options.db, context.owner).catch((error: unknown) => {
        options.log.warn({ cause: messageOf(error) }, 'leases not given back; they run out by themselves');
      });
      await Promise.all([...channels.values()].map((channel) => channel.close()));
    })();
    return stopped;
  };
  const setChannel = async (kind: ChannelKind, channel: Channel | undefined): Promise<void> => {
    const old = channels.get(kind);
    if (channel === undefined) channels.delete(kind);
    else channels.set(kind, channel);
    await old?.close();
    if (channel !== undefined) await retryNow(options.db, kind, options.clock.now());
    wake();
  };
  return { wake, setChannel, stop, [Symbol.asyncDispose]: stop };
}

interface PumpSettings {
  readonly kind: ChannelKind;
  readonly leaseMs: number;
  readonly concurrency: number;
  readonly log: Log;
}

/** One for each channel, so that a slow or broken channel holds up no other. */
async function pump(
  context: DeliverContext,
  wakeUp: WakeUp,
  settings: PumpSettings,
  stopping: AbortSignal,
): Promise<void> {
  const busy = new Set<Promise<void>>();
  let inFlight = 0;
  const failures = failureLog(settings);
  while (!stopping.aborted) {
    const room = settings.concurrency - inFlight;
    let full = false;
    try {
      const leased = room > 0 ? await lease(context, settings, room) : [];
      full = leased.length === room;
      for (const group of bySubscriber(leased)) {
        inFlight += group.length;
        const work = inTurn(context, group, stopping, failures).finally(() => {
          inFlight -= group.length;
          busy.delete(work);
          wakeUp.wake();
        });
        busy.add(work);
      }
    } catch (error) {
      failures(error);
    }
    if (!full || inFlight >= settings.concurrency) await wakeUp.wait(POLL_MS, context.clock);
  }
  await Promise.all(busy);
}

function lease(context: DeliverContext, settings: PumpSettings, limit: number): Promise<readonly LeasedDelivery[]> {
  const { owner, clock } = context;
  return leaseDue(context.db, {
    channel: settings.kind,
    owner,
    now: clock.now(),
    leaseMs: settings.leaseMs,
    limit,
  });
}

/** Never rejects. What is not begun when the program stops is given back. */
async function inTurn(
  context: DeliverContext,
  group: readonly LeasedDelivery[],
  stopping: AbortSignal,
  failed: (error: unknown) => void,
): Promise<void> {
  for (const [at, delivery] of group.entries()) {
    if (stopping.aborted) return giveBack(context, group.slice(at), failed);
    try {
      const outcome = await deliver(context, delivery);
      if (outcome !== undefined && outcome.outcome !== 'sent' && outcome.outcome !== 'suppressed') {
        failed(new Error(outcome.response));
      }
    } catch (error) {
      failed(error);
    }
  }
}

async function giveBack(
  { db, owner }: DeliverContext,
  notBegun: readonly LeasedDelivery[],
  failed: (error: unknown) => void,
): Promise<void> {
  await returnUntried(db, owner, notBegun).catch(failed);
}

function bySubscriber(leased: readonly LeasedDelivery[]): LeasedDelivery[][] {
  return [...Map.groupBy(leased, (delivery) => delivery.subscriber).values()];
}

/** The 1st and every 100th failure, so that a broken channel does not fill the disk. */
function failureLog(settings: PumpSettings): (error: unknown) => void {
  let count = 0;
  return (error) => {
    if (count % LOG_EVERY === 0) {
      settings.log.warn({ channel: settings.kind, failures: count + 1, cause: messageOf(error) }, 'delivery failed');
    }
    count += 1;
  };
}
