// How often something may happen for each of many keys; memory is bounded however many keys come.

const MAX_KEYS = 10_000;

export interface RateLimit {
  /** Counts one and says whether it is still within the limit. */
  take(key: string, now: Date): boolean;
}

/** At most `max` in windows of `windowMs`. When too many keys come, the oldest are forgotten. */
export function createRateLimit(max: number, windowMs: number): RateLimit {
  const windows = new Map<string, { readonly began: number; count: number }>();
  return {
    take(key, now) {
      const known = windows.get(key);
      if (known !== undefined && now.getTime() - known.began < windowMs) {
        known.count += 1;
        return known.count <= max;
      }
      windows.delete(key);
      const oldest = windows.size >= MAX_KEYS ? windows.keys().next().value : undefined;
      if (oldest !== undefined) windows.delete(oldest);
      windows.set(key, { began: now.getTime(), count: 1 });
      return max >= 1;
    },
  };
}
