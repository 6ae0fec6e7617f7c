// Hits as counts in bins: few where nothing happens, narrow where much does. What a posterior is computed from.

export interface BinnedHits {
  /** Minutes, ascending; one more than `counts`. */
  readonly edges: Float64Array;
  readonly counts: Float64Array;
  readonly total: number;
}

/** Hits that came at one time, or so near that it makes no difference. */
export interface HitPoint {
  readonly at: number;
  readonly count: number;
}

const BY_HITS = 18;
const BY_TIME = 12;

/** @param points ascending, none after `now`; those before `from` are left out */
export function binHits(points: readonly HitPoint[], from: number, now: number): BinnedHits {
  const inside = points.filter(({ at }) => at >= from && at <= now);
  const total = inside.reduce((sum, { count }) => sum + count, 0);
  const marks = new Set<number>([from, now]);
  for (let step = 1; step <= BY_TIME; step += 1) marks.add(from + ((now - from) * step) / BY_TIME);
  let [passed, next] = [0, 1];
  for (const { at, count } of inside) {
    passed += count;
    while (next < BY_HITS && passed >= (total * next) / BY_HITS) {
      marks.add(at);
      next += 1;
    }
  }
  const edges = Float64Array.from([...marks].sort((a, b) => a - b));
  const counts = new Float64Array(Math.max(edges.length - 1, 0));
  let bin = 0;
  for (const { at, count } of inside) {
    while (bin < counts.length - 1 && at > (edges[bin + 1] ?? 0)) bin += 1;
    counts[bin] = (counts[bin] ?? 0) + count;
  }
  return { edges, counts, total };
}

/** Points of a tally. */
export const MAX_POINTS = 48;

/** Adds a hit to a bounded tally, oldest first: when it is full, the two that lie nearest for their age become one. */
export function addToTally(points: readonly HitPoint[], at: number): readonly HitPoint[] {
  const place = points.findLastIndex((point) => point.at <= at);
  const before = points[place];
  if (before !== undefined && before.at === at) return points.with(place, { at, count: before.count + 1 });
  const all = points.toSpliced(place + 1, 0, { at, count: 1 });
  if (all.length <= MAX_POINTS) return all;
  const newest = all.at(-1)?.at ?? at;
  let [nearest, merged] = [Number.POSITIVE_INFINITY, 0];
  for (let one = 0; one + 1 < all.length; one += 1) {
    const [from, until] = [all[one]?.at ?? 0, all[one + 1]?.at ?? 0];
    const distance = (until - from) / (newest - from + 1);
    if (distance < nearest) [nearest, merged] = [distance, one];
  }
  const [first, second] = [all[merged], all[merged + 1]];
  const count = (first?.count ?? 0) + (second?.count ?? 0);
  return all.toSpliced(merged, 2, { at: second?.at ?? at, count });
}
