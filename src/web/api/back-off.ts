const FIRST_MS = 1_000;
const MAX_MS = 30_000;

/** Milliseconds before try number `tries` (1 = first again): full jitter below a doubling bound, never under half a second. */
export function backOffMs(tries: number, random: () => number): number {
  const bound = Math.min(MAX_MS, FIRST_MS * 2 ** Math.min(tries - 1, 10));
  return Math.max(500, Math.round(random() * bound));
}
