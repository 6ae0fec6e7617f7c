// A Sametime account that writes: used for alerts, over a link whose gate has the role `notifier`.
import type { CaptureDraft } from '../../core/capture.ts';
import { captureIdOf } from '../../core/capture-id.ts';
import { type Clock, SILENT } from '../../core/clock.ts';
import { SundewError } from '../../core/error.ts';
import type { Intent } from '../../core/link.ts';
import { checkSametimeSettings, type SametimeSettings } from './config.ts';
import { type Dial, runSametime } from './run-account.ts';
import type { SessionRunner } from './run-session.ts';

/** Between two messages: the protocol states no rate, people and servers have patience for this one. */
const PAUSE_MS = 200;

export interface OutgoingMessage {
  /** A user id. */
  readonly to: string;
  readonly body: string;
  /** The same at every try; the protocol has no place for it. */
  readonly id: string;
  readonly intent: Intent;
}

export interface SametimeClientOptions {
  readonly settings: SametimeSettings;
  readonly dial: Dial;
  readonly clock: Clock;
  /** Whatever comes in, read as a decoy would read it: commands are of kind `message`. */
  onArrival?(draft: CaptureDraft): Promise<void> | void;
}

export interface SametimeClient extends AsyncDisposable {
  readonly address: string;
  /**
   * Resolves once the receiver's client accepted the channel and the text was written to it: the protocol has no receipt.
   * @throws SundewError GATE_DENIED, CHANNEL_RETRY (offline, busy, session ended), INPUT_INVALID
   */
  sendMessage(message: OutgoingMessage): Promise<void>;
  /** Settles when the session ends; never rejects. */
  readonly closed: Promise<{ readonly error: unknown }>;
}

type Outcome = PromiseWithResolvers<void>;

/** Signs on. @throws SundewError LINK_*, DECOY_*, WIRE_*, CONFIG_INVALID */
export async function openSametimeClient(options: SametimeClientOptions, signal: AbortSignal): Promise<SametimeClient> {
  const { settings, clock } = options;
  checkSametimeSettings(settings);
  const stop = new AbortController();
  const online = Promise.withResolvers<SessionRunner>();
  const outcomes = new Map<number, Outcome>();
  let ended = false;
  let arrivals = 0;
  const running = runSametime(
    {
      ...options,
      role: 'notifier',
      log: SILENT,
      capture: async (draft) => {
        await options.onArrival?.(draft);
        // Only to go on with: the gate of a notifier asks for no cause.
        arrivals += 1;
        return captureIdOf({ network: 'sametime', decoy: settings.address, native: String(arrivals) }, () => '');
      },
      online: (runner) => online.resolve(runner),
      delivered: (key, error) => {
        const outcome = outcomes.get(key);
        outcomes.delete(key);
        if (error === undefined) outcome?.resolve();
        else outcome?.reject(error);
      },
    },
    AbortSignal.any([signal, stop.signal]),
  );
  const end = (error: unknown): { readonly error: unknown } => {
    ended = true;
    online.reject(error ?? new SundewError('WIRE_CLOSED', `${settings.address} signed off`));
    for (const outcome of outcomes.values()) outcome.reject(lost(error));
    outcomes.clear();
    return { error };
  };
  const closed = running.then(() => end(undefined), end);
  const runner = await online.promise;
  let last: Promise<unknown> = Promise.resolve();
  let nextKey = 1;
  const sendMessage = async ({ to, body, intent }: OutgoingMessage): Promise<void> => {
    const turn = last;
    last = turn.then(() => clock.sleep(PAUSE_MS, stop.signal)).catch(() => undefined); // signing off
    await turn;
    if (ended) throw lost(undefined);
    const outcome: Outcome = Promise.withResolvers<void>();
    const key = nextKey;
    nextKey += 1;
    outcomes.set(key, outcome);
    runner.apply({ type: 'deliver', delivery: { key, to, body, intent } });
    await outcome.promise;
  };
  return {
    address: settings.address,
    closed,
    sendMessage,
    [Symbol.asyncDispose]: async () => {
      stop.abort();
      await closed;
    },
  };
}

function lost(cause: unknown): SundewError {
  return new SundewError('CHANNEL_RETRY', 'the Sametime session ended before the message was taken', { cause });
}
