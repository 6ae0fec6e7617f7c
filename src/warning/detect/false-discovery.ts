// Many series judged at one step: which alarms stand when a share of false ones among them is allowed, not a rate for each.

/** Share of false alarms among all alarms of a step that is customary. */
export const FALSE_DISCOVERIES = 0.05;

/**
 * Whether each p-value of one step is a discovery.
 * @see Benjamini and Hochberg, Journal of the Royal Statistical Society B 1995, 57(1):289
 */
export function discoveries(ps: ArrayLike<number>, share = FALSE_DISCOVERIES): readonly boolean[] {
  const sorted = Float64Array.from(ps).sort();
  let threshold = -1;
  for (let rank = sorted.length; rank > 0 && threshold < 0; rank -= 1) {
    const p = sorted[rank - 1] ?? 1;
    if (p <= (share * rank) / sorted.length) threshold = p;
  }
  return Array.from(ps, (p) => p <= threshold);
}
