// How long a decoy waits before it tries again: full jitter, so that a server that comes back is not overrun.
import type { Random } from '../core/clock.ts';

const BASE_MS = 2_000;
const CAP_MS = 15 * 60_000;
/** Signed on for so long, the next failure counts as the first. */
const STABLE_MS = 10 * 60_000;
/** Someone else signed on with the account: the own next try would throw them off, so it waits long. */
const CONFLICT_BASE_MS = 60_000;
const MAX_CONFLICTS = 5;

export class BackOff {
  readonly #random: Random;
  #failures = 0;
  #conflicts = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  /** Milliseconds to wait after a connection that was signed on for `onlineMs`. */
  next(onlineMs: number): number {
    if (onlineMs >= STABLE_MS) this.#failures = 0;
    const window = Math.min(CAP_MS, BASE_MS * 2 ** Math.min(this.#failures, 20));
    this.#failures += 1;
    return this.#random() * window;
  }

  /** The same after a conflict; `undefined` when there were too many and the decoy must stop. */
  nextAfterConflict(onlineMs: number): number | undefined {
    if (onlineMs >= STABLE_MS) this.#conflicts = 0;
    this.#conflicts += 1;
    if (this.#conflicts > MAX_CONFLICTS) return undefined;
    const window = Math.min(CAP_MS, CONFLICT_BASE_MS * 2 ** (this.#conflicts - 1));
    return window / 2 + (this.#random() * window) / 2;
  }
}
