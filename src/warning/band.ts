// Counts as outsiders see them.

const BORDERS = [1, 3, 10, 30, 100, 300, 1000, 3000, 10_000] as const;

/** `0`, `1-2`, `3-9`, `10-29`, … `10000+`: what a count lies in. */
export function band(count: number): string {
  if (count < 1) return '0';
  const at = BORDERS.findLastIndex((border) => count >= border);
  const [from, next] = [BORDERS[at], BORDERS[at + 1]];
  return next === undefined ? `${from}+` : `${from}-${next - 1}`;
}
