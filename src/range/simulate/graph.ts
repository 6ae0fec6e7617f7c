// Contact lists of a whole population in flat arrays: Barabási and Albert's growth, fast enough for 500,000 accounts.
import type { Random } from '../../core/clock.ts';

/** Contacts of account `a`: `contacts.subarray(starts[a], starts[a + 1])`. */
export interface FlatGraph {
  readonly starts: Int32Array;
  readonly contacts: Int32Array;
}

/** Grows a graph; the first `links + 1` accounts all know each other. */
export function growGraph(random: Random, population: number, links: number): FlatGraph {
  const ends = growEnds(random, population, links);
  const starts = new Int32Array(population + 1);
  for (const end of ends) starts[end + 1] = (starts[end + 1] ?? 0) + 1;
  for (let at = 0; at < population; at += 1) starts[at + 1] = (starts[at + 1] ?? 0) + (starts[at] ?? 0);
  const fill = starts.slice();
  const contacts = new Int32Array(ends.length);
  for (let at = 0; at < ends.length; at += 2) {
    const [a, b] = [ends[at] ?? 0, ends[at + 1] ?? 0];
    contacts[fill[a] ?? 0] = b;
    contacts[fill[b] ?? 0] = a;
    fill[a] = (fill[a] ?? 0) + 1;
    fill[b] = (fill[b] ?? 0) + 1;
  }
  return { starts, contacts };
}

/** Both ends of each link, one after the other: an account stands there once a link, so drawing prefers the well known. */
function growEnds(random: Random, population: number, links: number): Int32Array {
  const first = links + 1;
  const ends = new Int32Array(2 * ((first * links) / 2 + (population - first) * links));
  let filled = 0;
  for (let a = 1; a < first; a += 1) {
    for (let b = 0; b < a; b += 1) {
      ends[filled] = a;
      ends[filled + 1] = b;
      filled += 2;
    }
  }
  for (let account = first; account < population; account += 1) {
    const known = filled;
    for (let link = 0; link < links; link += 1) {
      let to = ends[Math.floor(random() * known)] ?? 0;
      while (stands(ends, known, filled, to)) to = ends[Math.floor(random() * known)] ?? 0;
      ends[filled] = account;
      ends[filled + 1] = to;
      filled += 2;
    }
  }
  return ends;
}

/** Whether the newcomer's links, which stand from `from` to `until`, hold `to` already. */
function stands(ends: Int32Array, from: number, until: number, to: number): boolean {
  for (let at = from + 1; at < until; at += 2) if (ends[at] === to) return true;
  return false;
}
