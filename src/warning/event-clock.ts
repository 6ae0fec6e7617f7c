// What time it is for warnings: capture time, which the wall clock stands for only where it can.

/** A capture may come in so much later than it was made and still be in its place. */
export const LATENESS_MS = 2 * 60_000;
/** After so long without a capture from the past, the wall clock counts again. */
const IDLE_MS = 60_000;

export interface EventClock {
  /** Newest capture time so far; what lies ahead of the wall clock does not count. */
  readonly newestMs: number;
  /** Wall clock when captures of the past came in last: a replay, or what had waited. */
  readonly behindAtMs?: number;
}

/** The clock after captures with these times. */
export function runClock(
  clock: EventClock | undefined,
  times: readonly number[],
  nowMs: number,
): EventClock | undefined {
  const newest = times.reduce(
    (most, at) => (at > nowMs + LATENESS_MS ? most : Math.max(most, at)),
    Number.NEGATIVE_INFINITY,
  );
  if (newest === Number.NEGATIVE_INFINITY) return clock;
  const behindAtMs = newest < nowMs - LATENESS_MS ? nowMs : clock?.behindAtMs;
  const newestMs = Math.max(newest, clock?.newestMs ?? newest);
  return behindAtMs === undefined ? { newestMs } : { newestMs, behindAtMs };
}

/**
 * The time up to which captures are thought to be in: what is due by then happens. While captures of the past come in, theirs;
 * else the wall clock's, so that silence counts.
 */
export function eventTime(clock: EventClock | undefined, nowMs: number): number {
  const { newestMs, behindAtMs } = clock ?? { newestMs: nowMs };
  const behind = behindAtMs !== undefined && nowMs - behindAtMs < IDLE_MS;
  return (behind ? Math.min(newestMs, nowMs) : nowMs) - LATENESS_MS;
}
