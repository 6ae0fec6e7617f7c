// Drives a session on a link: reads, frames, steps, and carries out the effects in order. No knowledge of what is said.
import type { Clock } from '../../core/clock.ts';
import { SundewError } from '../../core/error.ts';
import type { Intent, Link, Ruling, TlsOptions } from '../../core/link.ts';
import { Timers } from '../timers.ts';
import type { Arrival, LinkFacts, Session, SessionEffect, SessionInput, TimerName } from './session/types.ts';
import { XmlFramer } from './wire/xml-framer.ts';

/** Arrivals that may wait for the disk at one time; beyond it the link is not read. */
export const MAX_UNSTORED = 64;
/** How long a sign-off waits for what is being stored. */
const SIGN_OFF_MS = 5_000;

export interface RunOptions {
  readonly link: Link;
  readonly session: Session;
  readonly clock: Clock;
  readonly tls: TlsOptions;
  /** Resolves when the arrival is durable; calls come in order of arrival. */
  store(arrival: Arrival): Promise<void>;
  online(resumed: boolean): void;
  /** Own stanzas that the server has, counted from the start of stream management. */
  acknowledged?(count: number): void;
}

/** One connection's life. */
export class SessionRunner {
  readonly #options: RunOptions;
  #framer: XmlFramer;
  #effects: Promise<void> = Promise.resolve();
  #stores: Promise<void> = Promise.resolve();
  #unstored = 0;
  #wake: (() => void) | undefined;
  readonly #timers: Timers<TimerName>;
  #ended = false;
  #storeFailed = false;
  #error: unknown;
  #sent = 0;

  constructor(options: RunOptions) {
    this.#options = options;
    this.#framer = new XmlFramer(options.session.streamNs);
    this.#timers = new Timers(options.clock, (name) => this.#apply({ kind: 'timer', name }));
  }

  /** Runs until the stream ends. @throws what ended it; resolves when `signal` did */
  async run(signal: AbortSignal): Promise<void> {
    const abort = (): void => void this.#signOff();
    signal.addEventListener('abort', abort, { once: true });
    try {
      this.#apply({ kind: 'connected', link: this.#facts() });
      await this.#settled();
      if (signal.aborted) await this.#signOff();
      await this.#read();
      this.#apply({ kind: 'closed' });
      await this.#settled();
    } catch (error) {
      this.#end(error);
    } finally {
      signal.removeEventListener('abort', abort);
      this.#timers.clear();
      await this.#stores;
      await this.#options.link.close();
    }
    if (this.#error !== undefined) throw this.#error;
  }

  /** Sends a frame behind all that was sent before. `number`: its number for stream management, when it counts. */
  send(
    frame: Uint8Array,
    intent: Intent,
    counts: boolean,
  ): Promise<{ readonly ruling: Ruling; readonly number: number }> {
    const sent = this.#effects.then(async () => {
      if (this.#ended) throw new SundewError('WIRE_CLOSED', 'the XMPP stream ended before the frame was sent');
      const ruling = await this.#options.link.send(frame, intent);
      if (ruling.allowed && counts) this.#sent += 1;
      return { ruling, number: this.#sent };
    });
    this.#effects = sent.then(
      () => undefined,
      (error: unknown) => this.#end(error),
    );
    return sent;
  }

  async #read(): Promise<void> {
    for await (const chunk of this.#options.link.incoming) {
      const framer = this.#framer;
      for (const frame of framer.feed(chunk)) {
        this.#apply({ kind: 'frame', frame });
        await this.#settled();
        await this.#roomToStore();
        if (this.#ended) return;
        // A stream that restarted owns none of the bytes that came before it (RFC 6120 5.4.3.3).
        if (framer !== this.#framer) break;
      }
      if (this.#ended) return;
    }
  }

  async #roomToStore(): Promise<void> {
    while (this.#unstored >= MAX_UNSTORED && !this.#ended) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  #apply(input: SessionInput): void {
    for (const effect of this.#options.session.step(input)) {
      if (effect.kind === 'emit') this.#emit(effect.arrival);
      else {
        this.#effects = this.#effects.then(() => this.#perform(effect)).catch((error: unknown) => this.#end(error));
      }
    }
  }

  async #perform(effect: Exclude<SessionEffect, { kind: 'emit' }>): Promise<void> {
    if (this.#ended) return;
    switch (effect.kind) {
      case 'send': {
        const ruling = await this.#options.link.send(effect.frame, effect.intent);
        if (ruling.allowed && effect.counts) this.#sent += 1;
        return;
      }
      case 'set-timer':
        return this.#timers.set(effect.name, effect.ms);
      case 'restart':
        this.#framer = new XmlFramer(this.#options.session.streamNs);
        return;
      case 'start-tls':
        await this.#options.link.startTls(this.#options.tls);
        return this.#apply({ kind: 'secured', link: this.#facts() });
      case 'online':
        this.#sent = 0;
        return this.#options.online(effect.resumed);
      case 'acknowledged':
        return this.#options.acknowledged?.(effect.count);
      case 'close':
        // What came before it is stored first: the connection's end must not cost a capture.
        await this.#stores;
        return this.#end(effect.error);
    }
  }

  #emit(arrival: Arrival): void {
    this.#unstored += 1;
    const stored = this.#options.store(arrival);
    this.#stores = Promise.all([this.#stores, stored]).then(
      () => {
        this.#unstored -= 1;
        this.#wake?.();
        // Once a store has failed, nothing after it may be acknowledged.
        if (!this.#storeFailed) this.#apply({ kind: 'stored', seq: arrival.seq });
      },
      (error: unknown) => {
        this.#unstored -= 1;
        this.#storeFailed = true;
        this.#end(error);
      },
    );
  }

  async #signOff(): Promise<void> {
    const limit = new AbortController();
    const late = this.#options.clock.sleep(SIGN_OFF_MS, limit.signal).catch(() => undefined);
    await Promise.race([this.#stores, late]);
    this.#apply({ kind: 'sign-off' });
    await Promise.race([this.#settled(), late]);
    limit.abort();
    this.#end(undefined);
  }

  /** Effects bring new effects (a TLS handshake opens a stream): waits until none is left. */
  async #settled(): Promise<void> {
    let tail: Promise<void> | undefined;
    while (tail !== this.#effects) {
      tail = this.#effects;
      await tail;
    }
  }

  #end(error: unknown): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#error = error;
    this.#wake?.();
    void this.#options.link.close();
  }

  #facts(): LinkFacts {
    return { tls: this.#options.link.tls, loopback: this.#options.link.loopback };
  }
}
