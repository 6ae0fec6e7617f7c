// Makes src/warning/data/curves.bin.gz: `node bench/forecast-library.ts [COUNT]`. Same seeds, same bytes.
import { mkdirSync, writeFileSync } from 'node:fs';
import { simulate } from '../src/range/simulate/simulate.ts';
import { curveOf, packCurves } from '../src/warning/forecast/curves.ts';
import { SEEDS, wideParameters } from './forecast/wide.ts';

/** What dies out before this many are infected is no outbreak. */
const LEAST = 300;
const wanted = Number(process.argv[2] ?? 600);
const curves: (readonly number[])[] = [];
for (let seed = SEEDS.library; curves.length < wanted; seed += 1) {
  const parameters = wideParameters('worm', seed);
  const { infectedAt } = simulate(
    { ...parameters, decoys: 1, lists: 1, startMin: 0, lengthMin: 100_000, noisePerHour: 0 },
    seed,
  );
  if (infectedAt.length < LEAST) continue;
  curves.push(
    curveOf(
      infectedAt.map((at) => at / parameters.delayMin),
      parameters.population,
    ),
  );
}
const packed = packCurves(curves);
mkdirSync(new URL('../src/warning/data/', import.meta.url), { recursive: true });
writeFileSync(new URL('../src/warning/data/curves.bin.gz', import.meta.url), packed);
process.stdout.write(`${curves.length} curves, ${packed.length} bytes\n`);
