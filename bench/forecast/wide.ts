// Runs of our simulator with parameters spread widely; the seed of a set keeps fitting and scoring apart.

import { between, seededRandom } from '../../src/range/random.ts';
import { checkParameters, DEFAULTS, type RunKind, type RunParameters } from '../../src/range/simulate/parameters.ts';
import { type SimulatedRun, simulate } from '../../src/range/simulate/simulate.ts';

/** Beginnings of the seeds; sets never overlap while they have fewer than a million runs. */
export const SEEDS = { library: 1_000_000, calibration: 2_000_000, thresholds: 3_000_000, test: 9_000_000 } as const;

/** The `number`-th run of a set, with these parameters in the place of those drawn. */
export function wideRun(
  kind: RunKind,
  set: keyof typeof SEEDS,
  number: number,
  over: Partial<RunParameters> = {},
): SimulatedRun {
  const seed = SEEDS[set] + number;
  return simulate({ ...wideParameters(kind, seed), ...over }, seed);
}

/** Drawn by the seed; decoys × lists lies between a 400th and a third of the population. */
export function wideParameters(kind: RunKind, seed: number): RunParameters {
  const random = seededRandom(seed ^ 0x5eed);
  const log = (low: number, high: number): number => low * (high / low) ** random();
  for (;;) {
    const parameters: RunParameters = {
      ...DEFAULTS,
      kind,
      population: Math.round(log(5_000, 40_000)),
      links: between(random, 3, 12),
      click: log(0.05, 0.5),
      delayMin: log(2, 90),
      delaySpread: 0.6 + 0.8 * random(),
      decoys: Math.round(log(8, 200)),
      lists: Math.round(log(4, 60)),
      noisePerHour: log(0.1, 4),
      seeds: between(random, 1, 5),
      startMin: 120 + 1_380 * random(),
      burstPerHour: log(15, 120),
      burstMin: log(40, 240),
      burstSenders: random() < 0.5 ? 0 : between(random, 1, 20),
    };
    const share = (parameters.decoys * parameters.lists) / parameters.population;
    if (share < 1 / 400 || share > 1 / 3) continue;
    const contactsKnown = 0.5 + 0.5 * random();
    return checkParameters({
      ...parameters,
      contactsKnown,
      burstContacts: log(0.002, 0.2),
      noiseContacts: log(0.002, 0.1),
      noisePayloads: Math.round(log(1, 100)),
      payloadMiss: 0.3 * random(),
    });
  }
}
