// Time in steps, as series of counts and silences are judged by it.
import { LATENESS_MS } from '../event-clock.ts';

const MINUTE = 60_000;
export const STEP_MS = 15 * MINUTE;
export const STEPS_OF_A_DAY = 96;

export function stepOf(ms: number): number {
  return Math.floor(ms / STEP_MS);
}

export function startOf(step: number): number {
  return step * STEP_MS;
}

/** The last step whose captures are all in when those up to `timeMs` are. */
export function lastClosed(timeMs: number): number {
  return stepOf(timeMs) - 1;
}

/** The same, told by the newest capture time. */
export function lastClosedBy(newestMs: number): number {
  return lastClosed(newestMs - LATENESS_MS);
}
