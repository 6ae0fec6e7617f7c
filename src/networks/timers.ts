// The timers of a session, by name: setting one again replaces it.
import type { Clock } from '../core/clock.ts';

export class Timers<Name extends string> {
  readonly #clock: Clock;
  readonly #fire: (name: Name) => void;
  readonly #running = new Map<Name, AbortController>();

  /** @param fire called when a timer has run down, and no more after it was cleared or replaced */
  constructor(clock: Clock, fire: (name: Name) => void) {
    this.#clock = clock;
    this.#fire = fire;
  }

  /** Starts the timer anew, in place of one of this name. `undefined` only ends it. */
  set(name: Name, ms: number | undefined): void {
    this.#running.get(name)?.abort();
    this.#running.delete(name);
    if (ms === undefined) return;
    const running = new AbortController();
    this.#running.set(name, running);
    this.#clock.sleep(ms, running.signal).then(
      () => {
        // One that ran down just before it was replaced comes too late to be aborted.
        if (this.#running.get(name) !== running) return;
        this.#running.delete(name);
        this.#fire(name);
      },
      () => undefined, // cancelled
    );
  }

  /** Ends all of them. */
  clear(): void {
    for (const running of this.#running.values()) running.abort();
    this.#running.clear();
  }
}
