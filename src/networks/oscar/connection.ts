// Runs one OSCAR machine on one link: frames in, effects out, numbered by sequence, timers by the clock.
import type { Clock, Log } from '../../core/clock.ts';
import { isSundewError, messageOf, SundewError } from '../../core/error.ts';
import type { Act, Intent, Link, Ruling } from '../../core/link.ts';
import { isBreak } from '../connection-error.ts';
import { Timers } from '../timers.ts';
import { Work } from '../work.ts';
import type { OscarEffect, OscarEvent, OscarInput, OscarTimer, Step } from './session/types.ts';
import { encodeFlapFrame, FLAP_DATA, FLAP_SIGN_OFF, isShortSignOff, takeFlapFrame } from './wire/flap.ts';

export interface ConnectionOptions<State> {
  readonly link: Link;
  readonly start: State;
  readonly step: Step<State>;
  readonly clock: Clock;
  readonly log: Log;
  /** Called in order of arrival. What it returns is waited for before more bytes are read. */
  readonly onEvent: (event: OscarEvent) => Promise<unknown> | undefined;
}

/** Bytes of a broken stream that are kept. */
const MAX_BROKEN_BYTES = 4096;

export class OscarConnection<State> {
  readonly #options: ConnectionOptions<State>;
  readonly #timers: Timers<OscarTimer>;
  readonly #work = new Work();
  #state: State;
  #sequence: number;
  #error: SundewError | undefined;
  #stopped = false;

  constructor(options: ConnectionOptions<State>) {
    this.#options = options;
    this.#state = options.start;
    this.#timers = new Timers(options.clock, (timer) => this.#apply({ type: 'timer', timer }));
    // Any start is right; real clients did not all begin at the same.
    this.#sequence = options.clock.now().getTime() & 0x7fff;
  }

  /** Runs to its end. Resolves when the machine was done or the signal asked to sign off. @throws SundewError what ended it */
  async run(signal: AbortSignal): Promise<void> {
    const stop = (): void => this.#signOff();
    signal.addEventListener('abort', stop, { once: true });
    try {
      if (signal.aborted) return;
      await this.#read();
      if (this.#error !== undefined && !signal.aborted) throw this.#error;
    } finally {
      this.#stopped = true;
      signal.removeEventListener('abort', stop);
      this.#timers.clear();
      await this.#options.link.close();
    }
  }

  get link(): Link {
    return this.#options.link;
  }

  /** Sends a SNAC behind all that was sent before. @throws SundewError WIRE_CLOSED, LINK_* */
  sendSnac(payload: Uint8Array, intent: Intent): Promise<Ruling> {
    return this.#send(FLAP_DATA, payload, intent);
  }

  async #read(): Promise<void> {
    this.#apply({ type: 'connected' });
    let buffer = new Uint8Array(0);
    try {
      for await (const chunk of this.#options.link.incoming) {
        buffer = this.#takeFrames(buffer.length === 0 ? chunk : Buffer.concat([buffer, chunk]));
        await this.#work.settle();
        if (this.#stopped) return;
      }
    } catch (error) {
      this.#forgiveBreak(error);
    }
    if (isShortSignOff(buffer)) this.#options.log.info({}, 'OSCAR server signed the session off');
    this.#apply({ type: 'closed' });
    await this.#work.settle().catch((error: unknown) => this.#forgiveBreak(error));
  }

  /** @returns what does not make a frame yet, in memory of its own */
  #takeFrames(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
    let rest = bytes;
    try {
      while (!this.#stopped) {
        const taken = takeFlapFrame(rest);
        if (taken === undefined) break;
        rest = taken.rest;
        // A copy: what waits for the disk must not hold the whole chunk.
        const own = takeFlapFrame(Uint8Array.from(taken.bytes));
        if (own !== undefined) this.#apply({ type: 'frame', frame: own.frame, bytes: own.bytes });
      }
    } catch (error) {
      if (!isSundewError(error, 'WIRE_MALFORMED')) throw error;
      this.#emit({
        type: 'malformed',
        reason: error.message,
        bytes: Uint8Array.from(rest.subarray(0, MAX_BROKEN_BYTES)),
      });
      this.#perform({ type: 'close', error });
    }
    return Uint8Array.from(rest);
  }

  /** A broken connection ends the session as a closed one does; anything else is ours to hear of. */
  #forgiveBreak(error: unknown): void {
    if (!isBreak(error)) throw error;
    this.#options.log.warn({ cause: messageOf(error) }, 'OSCAR connection broke');
  }

  #signOff(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    const { link } = this.#options;
    const farewell = this.#send(FLAP_SIGN_OFF, new Uint8Array(0), { act: 'sign-off' });
    // A link that is gone already needs no farewell.
    void farewell.then(
      () => link.close(),
      () => link.close(),
    );
  }

  #apply(input: OscarInput): void {
    const [state, effects] = this.#options.step(this.#state, input, this.#options.clock.now());
    this.#state = state;
    for (const effect of effects) this.#perform(effect);
  }

  #perform(effect: OscarEffect): void {
    switch (effect.type) {
      case 'send':
        this.#work.track(this.#sendOrFail(effect.channel, effect.payload, effect.act));
        break;
      case 'emit':
        this.#emit(effect.event);
        break;
      case 'set-timer':
        this.#timers.set(effect.timer, effect.ms);
        break;
      case 'close':
        this.#error ??= effect.error;
        this.#stopped = true;
        // After what was said before it: link.send keeps the order, and captures are waited for.
        this.#work.track(this.#options.link.close());
        break;
    }
  }

  /** A machine that may not say what its protocol needs cannot go on. */
  async #sendOrFail(channel: number, payload: Uint8Array, act: Act): Promise<void> {
    const ruling = await this.#send(channel, payload, { act });
    if (!ruling.allowed) throw new SundewError('GATE_DENIED', `OSCAR frame (${act}) was not allowed: ${ruling.reason}`);
  }

  #send(channel: number, payload: Uint8Array, intent: Intent): Promise<Ruling> {
    const frame = encodeFlapFrame({ channel, sequence: this.#sequence, payload });
    this.#sequence = (this.#sequence + 1) & 0xffff;
    return this.#options.link.send(frame, intent);
  }

  #emit(event: OscarEvent): void {
    const done = this.#options.onEvent(event) ?? Promise.resolve();
    const { serial } = event.type === 'snac' ? event : { serial: undefined };
    if (serial === undefined) this.#work.track(done);
    else this.#work.track(done.then(() => this.#apply({ type: 'stored', serial })));
  }
}
