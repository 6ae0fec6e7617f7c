// A worm in a population: who falls ill when. Whoever is infected sends to the whole contact list at once; each contact
// opens it with the chance of a click and is ill a log-normal delay later, from whichever message came first.
import type { Random } from '../../core/clock.ts';
import { EventHeap } from './event-heap.ts';
import type { FlatGraph } from './graph.ts';
import type { RunParameters } from './parameters.ts';

export interface Spread {
  /** Minutes since the start, ascending, one for each infected account. */
  readonly times: Float64Array;
  /** Which account, in the same order. */
  readonly accounts: Int32Array;
}

/** Runs until nobody new falls ill or the time is up. */
export function spreadWorm(
  random: Random,
  graph: FlatGraph,
  { population, click, delayMin, delaySpread, seeds, lengthMin, startMin }: RunParameters,
): Spread {
  const ill = new Uint8Array(population);
  const times = new Float64Array(population);
  const accounts = new Int32Array(population);
  const waiting = new EventHeap();
  for (let seed = 0; seed < seeds; seed += 1) waiting.add(0, Math.floor(random() * population));
  let count = 0;
  while (waiting.size > 0 && waiting.nextTime <= lengthMin - startMin) {
    const now = waiting.nextTime;
    const account = waiting.take();
    if (ill[account] === 1) continue;
    ill[account] = 1;
    times[count] = now;
    accounts[count] = account;
    count += 1;
    const end = graph.starts[account + 1] ?? 0;
    for (let at = graph.starts[account] ?? 0; at < end; at += 1) {
      const contact = graph.contacts[at] ?? 0;
      if (ill[contact] === 1 || random() >= click) continue;
      waiting.add(now + delayMin * Math.exp(delaySpread * normal(random)), contact);
    }
  }
  return { times: times.subarray(0, count), accounts: accounts.subarray(0, count) };
}

/** Box and Muller. */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
