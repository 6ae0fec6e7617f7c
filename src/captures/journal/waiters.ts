// Those who wait for entries beyond a number.

interface Waiter {
  readonly after: number;
  readonly wake: () => void;
}

export class Waiters {
  readonly #waiting = new Set<Waiter>();

  /** Resolves when `advance` passes `after`. @throws the signal's reason */
  wait(after: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        this.#waiting.delete(waiter);
        reject(signal.reason);
      };
      const waiter = {
        after,
        wake: (): void => {
          signal.removeEventListener('abort', abort);
          resolve();
        },
      };
      signal.addEventListener('abort', abort, { once: true });
      this.#waiting.add(waiter);
    });
  }

  advance(last: number): void {
    for (const waiter of this.#waiting) {
      if (last <= waiter.after) continue;
      this.#waiting.delete(waiter);
      waiter.wake();
    }
  }
}
