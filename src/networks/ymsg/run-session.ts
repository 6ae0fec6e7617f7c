// Runs the YMSG session on a link that was handed in: packets in, effects out, timers by the clock.
import type { Clock, Log } from '../../core/clock.ts';
import { isSundewError, messageOf, type SundewError } from '../../core/error.ts';
import type { Intent, Link, Ruling } from '../../core/link.ts';
import { isBreak } from '../connection-error.ts';
import { Timers } from '../timers.ts';
import { Work } from '../work.ts';
import { startYmsg, stepYmsg } from './session/session.ts';
import type {
  YmsgEffect,
  YmsgEvent,
  YmsgInput,
  YmsgNews,
  YmsgSessionConfig,
  YmsgState,
  YmsgTimer,
} from './session/types.ts';
import { encodePacket, type OutboundPacket, PacketBuffer } from './wire/packet.ts';
import { pair } from './wire/pairs.ts';
import { SERVICE } from './wire/services.ts';
import type { TokenLogin } from './wire/token-login.ts';

export interface YmsgRunnerOptions {
  readonly link: Link;
  readonly config: YmsgSessionConfig;
  readonly clock: Clock;
  readonly log: Log;
  /** Called in order of arrival. What it returns is waited for before more bytes are read. */
  readonly onEvent: (event: YmsgNews) => Promise<unknown> | undefined;
  /** Versions 15 and 16 ask for it once a sign-on. */
  readonly fetchToken: (challenge: string, signal: AbortSignal) => Promise<TokenLogin>;
}

/** One session, from handshake to its end. */
export class YmsgRunner {
  readonly #options: YmsgRunnerOptions;
  #state: YmsgState;
  readonly #timers: Timers<YmsgTimer>;
  readonly #work = new Work();
  #error: SundewError | undefined;
  #stopped = false;
  /** Aborted when the session is over: then no token is needed. */
  readonly #over = new AbortController();

  constructor(options: YmsgRunnerOptions) {
    this.#options = options;
    this.#state = startYmsg(options.config);
    this.#timers = new Timers(options.clock, (timer) => this.#apply({ type: 'timer', timer }));
  }

  /**
   * Resolves when the signal asks it to sign off.
   * @throws SundewError what ended it: WIRE_*, LINK_TIMEOUT, DECOY_*
   */
  async run(signal: AbortSignal): Promise<void> {
    const stop = (): void => this.#stop();
    signal.addEventListener('abort', stop, { once: true });
    try {
      if (signal.aborted) return;
      await this.#read();
      if (this.#error !== undefined && !signal.aborted) throw this.#error;
    } finally {
      signal.removeEventListener('abort', stop);
      this.#timers.clear();
      this.#over.abort();
      await this.#options.link.close();
    }
  }

  get user(): string {
    return this.#options.config.user;
  }

  /** Sends a packet of this session: its version and number are filled in. */
  send(packet: OutboundPacket, intent: Intent): Promise<Ruling> {
    const { config, session } = this.#state;
    return this.#options.link.send(encodePacket({ version: config.version, session, ...packet }), intent);
  }

  async #read(): Promise<void> {
    this.#apply({ type: 'connected' });
    const buffer = new PacketBuffer();
    try {
      for await (const chunk of this.#options.link.incoming) {
        buffer.push(chunk);
        this.#takeAll(buffer);
        // Captures are durable before more is read: a flood is slowed down and not kept in memory.
        await this.#work.settle();
        if (this.#stopped) return;
        this.#apply({ type: 'partial', waiting: buffer.waiting > 0 });
      }
    } catch (error) {
      this.#forgiveBreak(error);
    }
    this.#apply({ type: 'closed' });
    await this.#work.settle().catch((error: unknown) => this.#forgiveBreak(error));
  }

  #takeAll(buffer: PacketBuffer): undefined {
    try {
      for (let packet = buffer.take(); packet !== undefined && !this.#stopped; packet = buffer.take()) {
        this.#apply({ type: 'frame', packet });
      }
    } catch (error) {
      if (!isSundewError(error, 'WIRE_MALFORMED')) throw error;
      this.#apply({ type: 'lost', bytes: buffer.peek() });
    }
  }

  /** A broken connection ends the session as a closed one does; anything else is ours to hear of. */
  #forgiveBreak(error: unknown): void {
    if (!isBreak(error)) throw error;
    this.#options.log.warn({ cause: messageOf(error) }, 'YMSG connection broke');
  }

  /** Signs off, then closes: the reading loop ends with the link. */
  #stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#over.abort();
    const { link, config } = this.#options;
    const farewell = this.send({ service: SERVICE.LOGOFF, pairs: [pair(0, config.user)] }, { act: 'sign-off' });
    // A link that is gone already needs no farewell.
    void farewell.then(
      () => link.close(),
      () => link.close(),
    );
  }

  #apply(input: YmsgInput): void {
    const [state, effects] = stepYmsg(this.#state, input, this.#options.clock.now());
    this.#state = state;
    for (const effect of effects) this.#perform(effect);
  }

  #perform(effect: YmsgEffect): void {
    switch (effect.type) {
      case 'send':
        this.#work.track(this.#options.link.send(encodePacket(effect.packet), { act: effect.act }));
        break;
      case 'emit': {
        const done = this.#tell(effect.event);
        if (done !== undefined) this.#work.track(done);
        break;
      }
      case 'set-timer':
        this.#timers.set(effect.timer, effect.ms);
        break;
      case 'clear-timer':
        this.#timers.set(effect.timer, undefined);
        break;
      case 'close':
        this.#error ??= effect.error;
        this.#stopped = true;
        this.#over.abort();
        // After what was said before it: link.send keeps the order, and captures are waited for.
        this.#work.track(this.#options.link.close());
        break;
    }
  }

  #tell(event: YmsgEvent): Promise<unknown> | undefined {
    return event.type === 'token-wanted' ? this.#prove(event.challenge) : this.#options.onEvent(event);
  }

  async #prove(challenge: string): Promise<void> {
    try {
      const login = await this.#options.fetchToken(challenge, this.#over.signal);
      this.#apply({ type: 'token', login });
    } catch (error) {
      if (!this.#stopped) throw error;
    }
  }
}
