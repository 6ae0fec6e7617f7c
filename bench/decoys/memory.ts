// Memory of this process after everything that can be let go is let go.
import { setTimeout as sleep } from 'node:timers/promises';

export interface Footprint {
  /** Heap and what hangs on it outside, bytes. */
  readonly held: number;
  readonly rss: number;
}

/** @throws Error without --expose-gc */
export async function footprint(): Promise<Footprint> {
  const collect = globalThis.gc;
  if (collect === undefined) throw new Error('run it with: node --expose-gc bench/decoys.ts');
  for (let time = 0; time < 4; time += 1) {
    collect();
    await sleep(250); // sockets give up their handles in later turns of the loop
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  return { held: heapUsed + external, rss };
}

/** What each of `count` more cost, KiB. */
export function costOf(
  before: Footprint,
  after: Footprint,
  count: number,
): { readonly held: number; readonly rss: number } {
  const each = (bytes: number): number => bytes / 1024 / count;
  return { held: each(after.held - before.held), rss: each(after.rss - before.rss) };
}
