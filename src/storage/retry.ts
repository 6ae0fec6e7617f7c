// Tries work on the database again when its failure was one of the moment.
import type { Clock, Random } from '../core/clock.ts';
import { isTransient } from './store-error.ts';

export interface RetryOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly signal?: AbortSignal;
  /** Tries in all; 5 unless told. */
  readonly tries?: number;
}

const DEFAULT_TRIES = 5;
const FIRST_PAUSE_MS = 50;
const MAX_PAUSE_MS = 5_000;

/**
 * Runs idempotent work (one transaction) until it succeeds, fails for good or has used up its tries; pauses with
 * exponential back-off and full jitter. The last error is thrown as it is.
 */
export async function withRetry<T>(work: () => Promise<T>, options: RetryOptions): Promise<T> {
  const tries = options.tries ?? DEFAULT_TRIES;
  for (let attempt = 1; ; attempt += 1) {
    options.signal?.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      if (attempt >= tries || !isTransient(error)) throw error;
      const ceilingMs = Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempt - 1));
      await options.clock.sleep(ceilingMs * options.random(), options.signal);
    }
  }
}
