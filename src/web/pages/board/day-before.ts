const DAY_MS = 86_400_000;

/** 24 hours before a time, on the minute: the filter behind the numbers of the last day. */
export function dayBefore(at: string): string {
  const ms = Date.parse(at);
  return new Date(Math.floor((ms - DAY_MS) / 60_000) * 60_000).toISOString();
}
