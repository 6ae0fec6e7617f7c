// When a delivery is tried again, and when it is too late to be of use.
import type { Random } from '../core/clock.ts';
import type { Severity } from '../core/severity.ts';

const BASE_MS = 30_000;
const CAP_MS = 3_600_000;
const FLOOR_MS = 1_000;
const HOUR_MS = 3_600_000;

/** How long a message is worth sending. */
export const DELIVERY_WINDOW_MS: Readonly<Record<Severity, number>> = {
  critical: 24 * HOUR_MS,
  high: 12 * HOUR_MS,
  medium: 8 * HOUR_MS,
  low: 4 * HOUR_MS,
  info: 2 * HOUR_MS,
};

/** Full jitter: anything up to 30 s after the first try, doubling up to an hour. */
export function retryDelayMs(attempt: number, random: Random): number {
  const ceiling = Math.min(CAP_MS, BASE_MS * 2 ** Math.min(Math.max(attempt - 1, 0), 20));
  return Math.max(FLOOR_MS, Math.floor(random() * ceiling));
}
