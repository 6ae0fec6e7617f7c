// Drives a session on a link: frames in, effects out in order, timers by the clock. Knows nothing of what is said.
import type { CaptureDraft, CaptureId } from '../../core/capture.ts';
import type { Clock, Log } from '../../core/clock.ts';
import { isSundewError, messageOf, SundewError } from '../../core/error.ts';
import type { Link } from '../../core/link.ts';
import { isBreak } from '../connection-error.ts';
import { Timers } from '../timers.ts';
import { Work } from '../work.ts';
import { SametimeSession } from './session/session.ts';
import type { SametimeEffect, SametimeInput, SametimeSessionConfig, SametimeTimer } from './session/types.ts';
import { SametimeFramer } from './wire/frame.ts';

/** A frame that was begun must be finished in this time. */
const HALF_FRAME_MS = 60_000;
/** How much of a stream that is none is kept as evidence. */
const MAX_EVIDENCE_BYTES = 4096;

type SessionTimer = SametimeTimer | 'half-frame';

export interface RunOptions {
  readonly link: Link;
  readonly config: SametimeSessionConfig;
  readonly clock: Clock;
  readonly log: Log;
  /** Resolves when the capture is durable; calls come in order of arrival. */
  capture(draft: CaptureDraft, raw: Uint8Array): Promise<CaptureId | undefined>;
  online(): void;
  delivered?(key: number, error: SundewError | undefined): void;
}

/** One connection's life. */
export class SessionRunner {
  readonly #options: RunOptions;
  readonly #session: SametimeSession;
  readonly #timers: Timers<SessionTimer>;
  readonly #work = new Work();
  #ended = false;
  #error: unknown;
  #redirect: string | undefined;

  constructor(options: RunOptions) {
    this.#options = options;
    this.#session = new SametimeSession(options.config);
    this.#timers = new Timers(options.clock, (name) => this.#onTimer(name));
  }

  /** Runs until the connection ends. @returns the host to go on at, if the server named one @throws what ended it, unless `signal` did */
  async run(signal: AbortSignal): Promise<string | undefined> {
    const stop = (): void => this.apply({ type: 'sign-off' });
    signal.addEventListener('abort', stop, { once: true });
    try {
      this.apply({ type: 'connected' });
      if (signal.aborted) stop();
      await this.#read();
    } catch (error) {
      if (!isBreak(error)) this.#fail(error);
      else this.#options.log.warn({ cause: messageOf(error) }, 'Sametime connection broke');
    } finally {
      this.apply({ type: 'closed' });
      await this.#work.settle();
      signal.removeEventListener('abort', stop);
      this.#timers.clear();
      await this.#options.link.close();
    }
    if (this.#error !== undefined && !signal.aborted) throw this.#error;
    return this.#redirect;
  }

  /** Feeds the session and carries out what it wants. */
  apply(input: SametimeInput): void {
    for (const effect of this.#session.step(input, this.#options.clock.now())) this.#perform(effect);
  }

  async #read(): Promise<void> {
    const framer = new SametimeFramer();
    for await (const chunk of this.#options.link.incoming) {
      try {
        for (const frame of framer.feed(chunk)) this.apply({ type: 'frame', frame });
      } catch (error) {
        if (!isSundewError(error, 'WIRE_TOO_LARGE')) throw error;
        this.#lost(error, chunk);
      }
      // What was captured is durable, and what was to be sent is sent, before more is read.
      await this.#work.settle();
      if (this.#ended) return;
      this.#setTimer('half-frame', framer.pending > 0 ? HALF_FRAME_MS : undefined);
    }
  }

  /** A length that no client sends: the stream cannot be read on. */
  #lost(error: SundewError, chunk: Uint8Array): void {
    const peer = { id: this.#options.config.server, verifiedBy: 'own-server' } as const;
    const meta = { reason: error.message, vulnerability: 'a length that clients allocate for' };
    const raw = chunk.subarray(0, MAX_EVIDENCE_BYTES);
    this.#perform({ type: 'emit', draft: { kind: 'malformed', peer, meta }, raw });
    this.#fail(error);
  }

  #perform(effect: SametimeEffect): void {
    switch (effect.type) {
      case 'send':
        this.#track(this.#send(effect));
        return;
      case 'emit':
        this.#track(this.#store(effect));
        return;
      case 'set-timer':
        this.#setTimer(effect.timer, effect.ms);
        return;
      case 'online':
        this.#options.online();
        return;
      case 'delivered':
        this.#options.delivered?.(effect.key, effect.error);
        return;
      case 'redirect':
        this.#redirect = effect.host;
        this.#close();
        return;
      case 'close':
        this.#error ??= effect.error;
        this.#close();
    }
  }

  async #send({ frame, intent, token }: Extract<SametimeEffect, { type: 'send' }>): Promise<void> {
    if (this.#ended && intent.act !== 'sign-off') return;
    const ruling = await this.#options.link.send(frame, intent);
    if (!ruling.allowed && token !== undefined) this.apply({ type: 'denied', token, reason: ruling.reason });
  }

  async #store({ draft, raw, token }: Extract<SametimeEffect, { type: 'emit' }>): Promise<void> {
    const capture = await this.#options.capture(draft, raw);
    if (token !== undefined && capture !== undefined) this.apply({ type: 'stored', token, capture });
  }

  #track(work: Promise<unknown>): void {
    this.#work.track(work.catch((error: unknown) => this.#fail(error)));
  }

  #fail(error: unknown): void {
    this.#error ??= error;
    this.#close();
  }

  /** The link closes behind what was sent before: it keeps the order of calls. */
  #close(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#track(this.#work.ended().then(() => this.#options.link.close()));
  }

  #setTimer(name: SessionTimer, ms: number | undefined): void {
    this.#timers.set(name, this.#ended ? undefined : ms);
  }

  #onTimer(name: SessionTimer): void {
    if (name !== 'half-frame') this.apply({ type: 'timer', timer: name });
    else this.#fail(new SundewError('LINK_TIMEOUT', 'the Sametime server left a frame unfinished'));
  }
}
