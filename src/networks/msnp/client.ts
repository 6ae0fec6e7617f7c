// An MSN account that writes: used for alerts, over links whose gate has the role `notifier`.
import type { CaptureDraft } from '../../core/capture.ts';
import { type Clock, SILENT } from '../../core/clock.ts';
import { SundewError } from '../../core/error.ts';
import type { Intent } from '../../core/link.ts';
import type { Dial } from '../http/exchange.ts';
import { checkMsnpSettings, type MsnpSettings, mayDial } from './config.ts';
import { Station } from './station.ts';
import type { Talk } from './talk.ts';
import { encodeText, splitText } from './wire/message.ts';

/** Between two calls: servers lock out who opens switchboards faster (error 800). */
const CALL_GAP_MS = 1_000;
const PATIENCE_MS = 20_000;

export interface MsnpMessage {
  readonly to: string;
  readonly body: string;
  /** The same at every try. The network has no field for it. */
  readonly id: string;
  readonly intent: Intent;
}

export interface MsnpClientOptions {
  readonly settings: MsnpSettings;
  readonly dial: Dial;
  readonly clock: Clock;
  /** Whatever comes in, read as a decoy would read it: commands are of kind `message`. */
  onArrival?(draft: CaptureDraft): Promise<void> | void;
}

export interface MsnpClient extends AsyncDisposable {
  readonly address: string;
  /**
   * Resolves once the server says that the peer's client was handed every part of it. After anything else it must be
   * sent again. @throws SundewError CHANNEL_RETRY (also: not online), GATE_DENIED, INPUT_INVALID (no such account)
   */
  sendMessage(message: MsnpMessage): Promise<void>;
  /** Settles when the session ends; never rejects. */
  readonly closed: Promise<{ readonly error: unknown }>;
}

/** Signs on. @throws SundewError CONFIG_INVALID, LINK_*, DECOY_*, WIRE_* */
export async function openMsnpClient(options: MsnpClientOptions, signal: AbortSignal): Promise<MsnpClient> {
  const { settings, dial, clock } = options;
  checkMsnpSettings(settings);
  const online = Promise.withResolvers<void>();
  const stop = new AbortController();
  const station = new Station({
    settings,
    dial,
    clock,
    log: SILENT,
    capture: async (draft) => {
      await options.onArrival?.(draft);
      return undefined;
    },
    // Subscribers open conversations to send commands; the rule for notifiers names no peer.
    handshake: () => ({ act: 'delivery-handshake' }),
    online: () => online.resolve(),
    receives: false,
  });
  const closed = station.run(AbortSignal.any([signal, stop.signal])).then(
    () => ended(new SundewError('WIRE_CLOSED', `${settings.address} signed off`)),
    (error: unknown) => ended(error),
  );
  const ended = (error: unknown): { readonly error: unknown } => {
    online.reject(error);
    return { error };
  };
  await online.promise;
  const caller = new Caller(station, settings, clock);
  return {
    address: settings.address,
    closed,
    sendMessage: async (message) => await caller.send(message),
    [Symbol.asyncDispose]: async () => {
      stop.abort();
      await closed;
    },
  };
}

/** Finds or opens the conversation with a peer, one call at a time. */
class Caller {
  readonly #station: Station;
  readonly #settings: MsnpSettings;
  readonly #clock: Clock;
  #turn: Promise<unknown> = Promise.resolve();
  #calledAtMs = 0;

  constructor(station: Station, settings: MsnpSettings, clock: Clock) {
    this.#station = station;
    this.#settings = settings;
    this.#clock = clock;
  }

  async send(message: MsnpMessage): Promise<void> {
    const turn = this.#turn.then(async () => await this.#sendNow(message));
    this.#turn = turn.catch(() => undefined); // the next one has its own fate
    await turn;
  }

  async #sendNow({ to, body, intent }: MsnpMessage): Promise<void> {
    const open = [...this.#station.talks].find((talk) => talk.isWith(to));
    const talk = open ?? (await this.#patiently(this.#call(to, intent)));
    for (const piece of splitText(body)) await this.#patiently(talk.say(encodeText(piece), intent));
  }

  async #call(to: string, intent: Intent): Promise<Talk> {
    const leftMs = this.#calledAtMs + CALL_GAP_MS - this.#clock.now().getTime();
    if (leftMs > 0) await this.#clock.sleep(leftMs);
    this.#calledAtMs = this.#clock.now().getTime();
    const { host, port, cookie } = await this.#station.openSwitchboard(intent);
    if (!mayDial(host, this.#settings)) {
      throw new SundewError('CHANNEL_RETRY', `MSN: the switchboard is on ${host}, which is not in "hosts"`);
    }
    const talk = this.#station.startTalk({ type: 'call', peer: to, cookie, intent }, host, port);
    await talk.inside;
    return talk;
  }

  async #patiently<T>(work: Promise<T>): Promise<T> {
    const over = new AbortController();
    const limit = this.#clock.sleep(PATIENCE_MS, over.signal).then(() => {
      throw new SundewError('CHANNEL_RETRY', `MSN: no answer within ${PATIENCE_MS / 1000} seconds`);
    });
    limit.catch(() => undefined); // aborted, or the race is over
    work.catch(() => undefined);
    try {
      return await Promise.race([work, limit]);
    } finally {
      over.abort();
    }
  }
}
