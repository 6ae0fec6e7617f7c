// What happens now, to whoever listens: the pipeline publishes after its commit, SSE streams and tests subscribe.

export interface LiveHub<Event> {
  publish(event: Event): void;
  /** Events from now on, until the signal ends it. A listener that falls `capacity` behind loses the oldest. */
  subscribe(signal: AbortSignal, capacity?: number): AsyncGenerator<Event, void, undefined>;
  readonly listeners: number;
}

const CAPACITY = 256;

class Listener<Event> {
  readonly #queue: Event[] = [];
  readonly #capacity: number;
  #wake: (() => void) | undefined;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  push(event: Event): void {
    this.#queue.push(event);
    if (this.#queue.length > this.#capacity) this.#queue.shift();
    this.wake();
  }

  wake(): void {
    this.#wake?.();
    this.#wake = undefined;
  }

  take(): Event | undefined {
    return this.#queue.shift();
  }

  wait(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}

export function createLiveHub<Event>(): LiveHub<Event> {
  const listeners = new Set<Listener<Event>>();
  return {
    publish: (event) => {
      for (const listener of listeners) listener.push(event);
    },
    async *subscribe(signal, capacity = CAPACITY) {
      const listener = new Listener<Event>(capacity);
      const wake = () => listener.wake();
      listeners.add(listener);
      signal.addEventListener('abort', wake, { once: true });
      try {
        while (!signal.aborted) {
          const event = listener.take();
          if (event === undefined) await listener.wait();
          else yield event;
        }
      } finally {
        listeners.delete(listener);
        signal.removeEventListener('abort', wake);
      }
    },
    get listeners() {
      return listeners.size;
    },
  };
}
