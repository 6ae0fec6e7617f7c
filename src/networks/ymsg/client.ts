// A Yahoo account that writes: used for alerts, over a link whose gate has the role `notifier`.
import type { CaptureDraft } from '../../core/capture.ts';
import { type Clock, SILENT } from '../../core/clock.ts';
import { SundewError } from '../../core/error.ts';
import { type Keepsake, memoryKeepsake } from '../../core/keepsake.ts';
import type { Endpoint, Intent, Link } from '../../core/link.ts';
import { checkYmsgSettings, endpointOf, requireTrust, sessionConfig, type YmsgSettings } from './config.ts';
import { keepCookies, takeCookies } from './cookie-jar.ts';
import { fetchToken } from './fetch-token.ts';
import { splitMessage } from './outgoing.ts';
import { readPacket } from './read/read-packet.ts';
import { YmsgRunner } from './run-session.ts';
import type { Cookies, YmsgNews } from './session/types.ts';
import type { Packet } from './wire/packet.ts';
import { pair } from './wire/pairs.ts';
import { SERVICE, STATUS } from './wire/services.ts';

/** At most one packet a second: our own choice, the reference states no limit. */
const PAUSE_MS = 1000;
/** How long the answer to a keep-alive is waited for. */
const ANSWER_MS = 5000;

export interface YmsgOutgoing {
  /** A Yahoo id. */
  readonly to: string;
  readonly body: string;
  /** For the caller's own records: versions 9 and 10 have no place for it. */
  readonly id: string;
  readonly intent: Intent;
}

export interface YmsgClientOptions {
  readonly settings: YmsgSettings;
  readonly dial: (endpoint: Endpoint, signal: AbortSignal) => Promise<Link>;
  readonly clock: Clock;
  /** For the cookies of the sign-on; without it the next one goes without. */
  readonly keepsake?: Keepsake | undefined;
  /** Whatever comes in, read as a decoy would read it: commands are of kind `message`. */
  onArrival?(draft: CaptureDraft): Promise<void> | void;
}

export interface YmsgClient extends AsyncDisposable {
  readonly address: string;
  /**
   * Resolves once the server answered a keep-alive sent behind the message, or has kept the connection for 5 s without
   * an answer: the protocol tells no more. @throws SundewError GATE_DENIED, CHANNEL_RETRY, INPUT_INVALID
   */
  sendMessage(message: YmsgOutgoing): Promise<void>;
  /** Settles when the connection ends; never rejects. */
  readonly closed: Promise<{ readonly error: unknown }>;
}

/** Signs on. @throws SundewError LINK_*, DECOY_*, WIRE_*, CONFIG_INVALID */
export async function openYmsgClient(options: YmsgClientOptions, signal: AbortSignal): Promise<YmsgClient> {
  const { settings, clock } = options;
  checkYmsgSettings(settings);
  const link = await options.dial(endpointOf(settings), signal);
  try {
    requireTrust(link, settings);
  } catch (error) {
    await link.close();
    throw error;
  }
  const client = new Client(options, link, await takeCookies(options.keepsake ?? memoryKeepsake()));
  const stop = new AbortController();
  const closed = client.run(AbortSignal.any([signal, stop.signal]));
  await client.online;
  return {
    address: settings.address,
    closed,
    sendMessage: (message) => client.sendMessage(message, clock),
    [Symbol.asyncDispose]: async () => {
      stop.abort();
      await closed;
    },
  };
}

class Client {
  readonly #runner: YmsgRunner;
  readonly #keepsake: Keepsake | undefined;
  readonly #online = Promise.withResolvers<void>();
  readonly #ended = Promise.withResolvers<never>();
  readonly #over = new AbortController();
  #alive = Promise.withResolvers<void>();
  #nextAtMs = 0;
  /** Messages go out one after the other. */
  #tail: Promise<void> = Promise.resolve();

  constructor(options: YmsgClientOptions, link: Link, cookies: Cookies | undefined) {
    const { settings, clock } = options;
    this.#keepsake = options.keepsake;
    const reader = { user: settings.address.toLowerCase(), server: settings.host };
    this.#ended.promise.catch(() => undefined); // nobody may be sending when the connection ends
    this.#runner = new YmsgRunner({
      link,
      config: sessionConfig(settings)(cookies),
      clock,
      log: SILENT,
      fetchToken: (challenge, signal) => fetchToken(challenge, settings, options.dial, signal),
      onEvent: (event) =>
        this.#take(event, async (packet) => {
          for (const draft of readPacket(packet, reader)) await options.onArrival?.(draft);
        }),
    });
  }

  get online(): Promise<void> {
    return this.#online.promise;
  }

  async run(signal: AbortSignal): Promise<{ readonly error: unknown }> {
    let error: unknown;
    try {
      await this.#runner.run(signal);
    } catch (thrown) {
      error = thrown;
    }
    this.#over.abort();
    this.#online.reject(error ?? new SundewError('WIRE_CLOSED', 'the Yahoo account signed off'));
    this.#ended.reject(retry(error));
    return { error };
  }

  sendMessage(message: YmsgOutgoing, clock: Clock): Promise<void> {
    const parts = splitMessage(message);
    const sent = this.#tail.then(async () => {
      for (const part of parts) await this.#sendPart(part, message, clock);
    });
    this.#tail = sent.catch(() => undefined);
    return sent;
  }

  async #sendPart(text: string, message: YmsgOutgoing, clock: Clock): Promise<void> {
    await this.#wait(this.#nextAtMs - clock.now().getTime(), clock);
    if (this.#over.signal.aborted) throw retry(undefined);
    const { user } = this.#runner;
    const pairs = [pair(1, user), pair(5, message.to), pair(97, '1'), pair(63, ';0'), pair(64, '0'), pair(14, text)];
    const packet = { service: SERVICE.MESSAGE, status: STATUS.OFFLINE, pairs };
    const ruling = await this.#runner.send(packet, message.intent).catch((cause: unknown) => {
      throw retry(cause);
    });
    if (!ruling.allowed) {
      throw new SundewError('GATE_DENIED', `a message to ${message.to} was not allowed: ${ruling.reason}`);
    }
    this.#nextAtMs = clock.now().getTime() + PAUSE_MS;
    this.#alive = Promise.withResolvers<void>();
    const keepAlive = { service: SERVICE.KEEP_ALIVE, pairs: [pair(0, user)] };
    this.#runner.send(keepAlive, { act: 'keep-alive' }).catch(() => undefined); // the end of the connection rejects #ended
    await Promise.race([this.#alive.promise, this.#ended.promise, this.#wait(ANSWER_MS, clock)]);
  }

  /** @throws SundewError CHANNEL_RETRY when the connection ends meanwhile */
  async #wait(ms: number, clock: Clock): Promise<void> {
    if (ms > 0) await clock.sleep(ms, this.#over.signal).catch(() => this.#ended.promise);
  }

  #take(event: YmsgNews, read: (packet: Packet) => Promise<void>): Promise<unknown> | undefined {
    switch (event.type) {
      case 'online':
        this.#online.resolve();
        return this.#keepsake === undefined ? undefined : keepCookies(this.#keepsake, event.cookies);
      case 'alive':
        this.#alive.resolve();
        return undefined;
      case 'malformed':
        return undefined;
      case 'packet':
        return read(event.packet);
    }
  }
}

function retry(cause: unknown): SundewError {
  return new SundewError('CHANNEL_RETRY', 'the Yahoo connection ended before the server had the message', { cause });
}
