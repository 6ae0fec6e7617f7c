// Runs one of the two machines on a link: commands in, effects out, timers by the clock.
import type { CaptureId } from '../../core/capture.ts';
import type { Clock, Log } from '../../core/clock.ts';
import { messageOf } from '../../core/error.ts';
import type { Intent, Link, Ruling } from '../../core/link.ts';
import { isBreak } from '../connection-error.ts';
import { Timers } from '../timers.ts';
import { Work } from '../work.ts';
import type { MsnpEffect, MsnpEvent, MsnpInput, MsnpTimer, Step } from './session/types.ts';
import { encodeFrame, takeFrames } from './wire/frame.ts';

export interface SessionOptions<State> {
  readonly link: Link;
  readonly state: State;
  readonly step: Step<State>;
  readonly maxPayload: number;
  readonly clock: Clock;
  readonly log: Log;
  /** In order of arrival; what it returns is waited for before more bytes are read. */
  readonly onEvent: (event: MsnpEvent) => Promise<CaptureId | undefined> | undefined;
  /** A frame that the gate did not let through. */
  readonly onDenied?: (ruling: Ruling & { readonly allowed: false }, intent: Intent, token?: string) => void;
  /** A frame with a token that went out; waited for as events are. */
  readonly onSent?: (token: string, intent: Intent) => Promise<void>;
}

export class SessionRunner<State> {
  readonly #options: SessionOptions<State>;
  #state: State;
  readonly #timers: Timers<MsnpTimer>;
  readonly #work = new Work();
  #error: unknown;
  #ended = false;

  constructor(options: SessionOptions<State>) {
    this.#options = options;
    this.#state = options.state;
    this.#timers = new Timers(options.clock, (timer) => {
      if (!this.#ended) this.input({ type: 'timer', timer });
    });
  }

  get state(): State {
    return this.#state;
  }

  /** Until the end of the session. Resolves when it was asked for or is the ordinary one. @throws SundewError */
  async run(signal: AbortSignal): Promise<void> {
    const stop = (): void => this.stop();
    signal.addEventListener('abort', stop, { once: true });
    try {
      if (!signal.aborted) await this.#run();
      if (this.#error !== undefined && !signal.aborted) throw this.#error;
    } finally {
      this.#ended = true;
      signal.removeEventListener('abort', stop);
      this.#timers.clear();
      await this.#options.link.close();
    }
  }

  /** Hands an input to the machine, from outside or from the wire. */
  input(input: MsnpInput): void {
    const [state, effects] = this.#options.step(this.#state, input, this.#options.clock.now());
    this.#state = state;
    for (const effect of effects) this.#perform(effect);
  }

  /** Signs off politely, then closes: the reading loop ends with the link. */
  stop(): void {
    if (this.#ended) return;
    this.#ended = true;
    const { link } = this.#options;
    const close = (): Promise<void> => link.close();
    // A link that is gone already needs no farewell.
    void link.send(encodeFrame('OUT', []), { act: 'sign-off' }).then(close, close);
  }

  async #run(): Promise<void> {
    try {
      this.input({ type: 'connected' });
      await this.#read();
    } catch (error) {
      this.#forgiveBreak(error);
    }
    if (!this.#ended) this.input({ type: 'closed' });
    await this.#work.settle().catch((error: unknown) => this.#forgiveBreak(error));
  }

  async #read(): Promise<void> {
    const limits = { from: 'server', maxPayload: this.#options.maxPayload } as const;
    let open: Uint8Array = new Uint8Array();
    for await (const chunk of this.#options.link.incoming) {
      const { frames, rest, broken } = takeFrames(open, chunk, limits);
      for (const frame of frames) this.input({ type: 'frame', frame });
      if (broken !== undefined) {
        // Without a length nothing that follows can be read (docs/networks/msnp.md).
        this.#emit({ type: 'malformed', reason: broken.message, bytes: rest.subarray(0, this.#options.maxPayload) });
        this.#perform({ type: 'close', error: broken });
      }
      await this.#work.settle();
      if (this.#ended) return;
      open = rest;
    }
  }

  /** A broken connection ends the session as a closed one does; anything else is heard of. */
  #forgiveBreak(error: unknown): void {
    if (isBreak(error)) this.#options.log.warn({ cause: messageOf(error) }, 'MSN connection broke');
    else this.#error ??= error;
  }

  #perform(effect: MsnpEffect): void {
    switch (effect.type) {
      case 'send':
        this.#track(this.#send(effect));
        break;
      case 'emit':
        this.#emit(effect.event);
        break;
      case 'set-timer':
        this.#timers.set(effect.timer, effect.ms);
        break;
      case 'close':
        this.#error ??= effect.error;
        this.#ended = true;
        // After what was said before it: link.send keeps the order.
        this.#track(this.#options.link.close());
        break;
    }
  }

  async #send({ frame, intent, token }: Extract<MsnpEffect, { type: 'send' }>): Promise<void> {
    const ruling = await this.#options.link.send(frame, intent);
    if (!ruling.allowed) this.#options.onDenied?.(ruling, intent, token);
    else if (token !== undefined) await this.#options.onSent?.(token, intent);
  }

  #emit(event: MsnpEvent): void {
    const done = this.#options.onEvent(event);
    if (done === undefined) return;
    this.#track(done.then((capture) => (capture === undefined ? undefined : this.input({ type: 'stored', capture }))));
  }

  #track(work: Promise<unknown>): void {
    this.#work.track(work);
    work.catch((error: unknown) => {
      this.#error ??= isBreak(error) ? undefined : error;
      if (this.#error === error && !this.#ended) this.stop();
    });
  }
}
