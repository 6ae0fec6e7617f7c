// Runs the IRC session on a link that was handed in: lines in, effects out, timers by the clock.
import type { Clock, Log } from '../../core/clock.ts';
import { isSundewError, messageOf, type SundewError } from '../../core/error.ts';
import type { Link } from '../../core/link.ts';
import { isBreak } from '../connection-error.ts';
import { Timers } from '../timers.ts';
import { Work } from '../work.ts';
import { startIrc, stepIrc } from './session/session.ts';
import type { IrcEffect, IrcEvent, IrcInput, IrcSessionConfig, IrcTimer } from './session/types.ts';
import { EMPTY_LINE, type Line, takeLines } from './wire/line.ts';
import { decodeMessage, encodeMessage } from './wire/message.ts';

export interface IrcClientOptions {
  readonly link: Link;
  readonly config: IrcSessionConfig;
  readonly clock: Clock;
  readonly log: Log;
  /** Called in order of arrival. What it returns is waited for before more bytes are read. */
  readonly onEvent: (event: IrcEvent) => Promise<unknown> | undefined;
}

/**
 * One session, from registration to its end. Resolves when the signal asks it to sign off.
 * @throws SundewError what ended it: WIRE_CLOSED, LINK_TIMEOUT, DECOY_*
 */
export async function runIrcClient(options: IrcClientOptions, signal: AbortSignal): Promise<void> {
  const runner = new Runner(options);
  const stop = (): void => runner.stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    if (signal.aborted) return;
    await runner.run();
    if (runner.error !== undefined && !signal.aborted) throw runner.error;
  } finally {
    signal.removeEventListener('abort', stop);
    runner.cancelTimers();
    await options.link.close();
  }
}

class Runner {
  readonly #options: IrcClientOptions;
  #state;
  readonly #timers: Timers<IrcTimer>;
  readonly #work = new Work();
  error: SundewError | undefined;
  #stopped = false;

  constructor(options: IrcClientOptions) {
    this.#options = options;
    this.#state = startIrc(options.config);
    this.#timers = new Timers(options.clock, (timer) => this.#apply({ type: 'timer', timer }));
  }

  async run(): Promise<void> {
    const { link } = this.#options;
    this.#apply({ type: 'connected' });
    let buffer = EMPTY_LINE;
    try {
      for await (const chunk of link.incoming) {
        const { lines, rest } = takeLines(buffer, chunk);
        buffer = rest;
        for (const line of lines) this.#takeLine(line);
        await this.#work.settle();
        if (this.#stopped) return;
      }
    } catch (error) {
      this.#forgiveBreak(error);
    }
    this.#apply({ type: 'closed' });
    await this.#work.settle().catch((error: unknown) => this.#forgiveBreak(error));
  }

  /** A broken connection ends the session as a closed one does; anything else is ours to hear of. */
  #forgiveBreak(error: unknown): void {
    if (!isBreak(error)) throw error;
    this.#options.log.warn({ cause: messageOf(error) }, 'IRC connection broke');
  }

  /** Signs off politely, then closes: the reading loop ends with the link. */
  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    const { link } = this.#options;
    const quit = link.send(encodeMessage({ command: 'QUIT', params: [] }), { act: 'sign-off' });
    // A link that is gone already needs no farewell.
    void quit.then(
      () => link.close(),
      () => link.close(),
    );
  }

  cancelTimers(): void {
    this.#timers.clear();
  }

  #takeLine(line: Line): void {
    if (line.type === 'overlong') {
      this.#options.log.warn({ bytes: line.bytes.length }, 'IRC line without end is skipped');
      this.#emit({ type: 'malformed', reason: 'line too long', line: line.bytes });
      return;
    }
    try {
      this.#apply({ type: 'frame', message: decodeMessage(line.bytes), line: line.bytes });
    } catch (error) {
      if (!isSundewError(error, 'WIRE_MALFORMED') && !isSundewError(error, 'WIRE_TOO_LARGE')) throw error;
      this.#emit({ type: 'malformed', reason: error.message, line: line.bytes });
    }
  }

  #apply(input: IrcInput): void {
    const [state, effects] = stepIrc(this.#state, input, this.#options.clock.now());
    this.#state = state;
    for (const effect of effects) this.#perform(effect);
  }

  #perform(effect: IrcEffect): void {
    switch (effect.type) {
      case 'send':
        this.#work.track(this.#options.link.send(encodeMessage(effect.message), { act: effect.act }));
        break;
      case 'emit':
        this.#emit(effect.event);
        break;
      case 'set-timer':
        this.#timers.set(effect.timer, effect.ms);
        break;
      case 'close':
        this.error ??= effect.error;
        this.#stopped = true;
        // After what was said before it: link.send keeps the order, and captures are waited for.
        this.#work.track(this.#options.link.close());
        break;
    }
  }

  #emit(event: IrcEvent): void {
    const done = this.#options.onEvent(event);
    if (done !== undefined) this.#work.track(done);
  }
}
