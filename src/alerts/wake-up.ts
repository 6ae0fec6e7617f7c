// A bell: rung while nobody listens, it is still heard by the next who does.
import type { Clock } from '../core/clock.ts';

export interface WakeUp {
  wake(): void;
  /** Resolves when woken, or after `ms` of the clock. */
  wait(ms: number, clock: Clock): Promise<void>;
}

export function createWakeUp(): WakeUp {
  let rung = false;
  let listener: (() => void) | undefined;
  return {
    wake() {
      rung = true;
      listener?.();
    },
    async wait(ms, clock) {
      const over = new AbortController();
      if (!rung) {
        const woken = new Promise<void>((resolve) => {
          listener = resolve;
        });
        const slept = clock.sleep(ms, over.signal).catch(() => undefined); // aborted: woken first
        await Promise.race([woken, slept]);
      }
      over.abort();
      listener = undefined;
      rung = false;
    },
  };
}
