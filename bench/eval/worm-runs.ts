// Runs as decoys see them, from the given set and from our simulator, in one form.
import type { RunParameters } from '../../src/range/simulate/parameters.ts';
import type { Hit } from '../../src/warning/forecast/alarm.ts';
import { type ScoredRun, simulatedWorm } from '../forecast/score.ts';
import { wideRun } from '../forecast/wide.ts';
import { dataLines } from './data.ts';

export interface WormRun extends ScoredRun {
  readonly kind: 'worm' | 'spim' | 'quiet';
  /** Accounts infected in the end. */
  readonly final: number;
}

/** Worms that infected fewer have died out by themselves. */
export const OUTBREAK = 200;
const GIVEN_LENGTH = 2_870;

/** The 40 given runs; infected accounts are known every ten minutes, between which they grow by a constant factor. */
export function givenRuns(): readonly WormRun[] {
  const hits = new Map<string, Hit[]>();
  for (const [run = '', at, decoy = '', sender = ''] of dataLines('im-worm-hits.tsv.gz')) {
    hits.set(run, [...(hits.get(run) ?? []), { at: Number(at), decoy, sender }]);
  }
  const truth = new Map<string, [number, number][]>();
  for (const [run = '', at, infected] of dataLines('im-worm-truth.tsv.gz')) {
    truth.set(run, [...(truth.get(run) ?? []), [Number(at), Number(infected)]]);
  }
  return dataLines('im-worm-runs.tsv.gz').map((row): WormRun => {
    const [run = '', kind = '', population, , decoys, lists, , , , start, final] = row;
    const steps = truth.get(run) ?? [];
    return {
      kind: kind as WormRun['kind'],
      hits: (hits.get(run) ?? []).sort((a, b) => a.at - b.at),
      population: Number(population),
      places: Number(decoys) * Number(lists),
      until: GIVEN_LENGTH,
      final: Number(final ?? 0),
      infected: (at) => infectedBetween([[Number(start), 1], ...steps.filter(([, count]) => count > 1)], at),
    };
  });
}

/** Steps name only the times at which the count changed, which lie ten minutes apart while it grows. */
function infectedBetween(steps: readonly (readonly [number, number])[], at: number): number {
  const next = steps.findIndex(([time]) => time > at);
  const [from, before] = steps.at(next < 0 ? -1 : Math.max(next - 1, 0)) ?? [0, 0];
  const [until, after] = steps[next] ?? [from, before];
  const begins = Math.max(from, until - 10);
  return at <= begins || until <= begins ? before : before * (after / before) ** ((at - begins) / (until - begins));
}

/** Runs of our simulator that nothing was fitted to. */
export function simulatedRuns(
  kind: WormRun['kind'],
  count: number,
  over: Partial<RunParameters> = {},
): readonly WormRun[] {
  return Array.from({ length: count }, (_, number) => {
    const run = wideRun(kind, 'test', number + (kind === 'worm' ? 0 : kind === 'spim' ? 100_000 : 200_000), over);
    return { ...simulatedWorm(run), kind, final: run.infectedAt.length };
  });
}
