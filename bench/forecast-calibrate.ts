// Makes src/warning/data/factors.json: `node bench/forecast-calibrate.ts [RUNS]`. Split conformal: in each group the
// factor is the 90 % quantile of how far, in half widths of the interval as drawn, the truth lay from the middle.
import { writeFileSync } from 'node:fs';
import { HORIZONS_MIN, PLAIN } from '../src/warning/forecast/calibration.ts';
import type { Estimate } from '../src/warning/forecast/predict.ts';
import { knowing, type Scored, scoreRun, simulatedWorm } from './forecast/score.ts';
import { wideRun } from './forecast/wide.ts';

const runs = Number(process.argv[2] ?? 250);
const scored: Scored[] = [];
for (let number = 0; number < runs; number += 1) {
  const run = wideRun('worm', 'calibration', number);
  if (run.infectedAt.length >= 200) scored.push(...scoreRun(knowing(simulatedWorm(run), 'nothing more'), PLAIN));
}
const factors = [0, 1, 2].map((group) =>
  HORIZONS_MIN.map((ahead) => {
    const here = scored.filter((one) => one.group === group && one.aheadMin === ahead);
    return [
      factorOf(here.map(({ hits, cameHits }) => missOf(hits, cameHits))),
      factorOf(here.map(({ infected, cameInfected }) => missOf(infected, cameInfected))),
    ];
  }),
);
writeFileSync(new URL('../src/warning/data/factors.json', import.meta.url), `${JSON.stringify(factors)}\n`);
process.stdout.write(`${scored.length} forecasts\n${JSON.stringify(factors)}\n`);

function missOf({ expected, low, high }: Estimate, came: number): number {
  const off = Math.log(Math.max(came, 0.5) / Math.max(expected, 0.5));
  const half = Math.log(off > 0 ? high / Math.max(expected, 0.5) : Math.max(expected, 0.5) / Math.max(low, 0.5));
  return Math.abs(off) / Math.max(half, 0.02);
}

function factorOf(misses: readonly number[]): number {
  const sorted = misses.toSorted((a, b) => a - b);
  const at = Math.min(Math.ceil(0.9 * (sorted.length + 1)), sorted.length) - 1;
  return Math.round(100 * Math.min(Math.max(sorted[at] ?? 1, 0.3), 5)) / 100;
}
