// How fast outbreaks are looked for in many series: node --expose-gc bench/warning.ts [series] [steps]
import { seededRandom } from '../src/range/random.ts';
import { discoveries } from '../src/warning/detect/false-discovery.ts';
import { seasonOf } from '../src/warning/detect/seasons.ts';
import { createSeriesDetector, WARM_UP_STEPS } from '../src/warning/detect/series-detector.ts';
import { drawCount } from '../src/warning/detect/testing/draw-counts.ts';

const [series = 1_000_000, steps = 12] = process.argv.slice(2).map(Number);
const LEVELS = [0.1, 0.5, 2, 12, 45, 150];
const DRAWN = 4096;
const PROBES = 100_000;

const random = seededRandom(1);
const drawn = LEVELS.map((level) => Array.from({ length: DRAWN }, () => drawCount(random, level, 2)));
const countOf = (one: number, step: number): number => drawn[one % LEVELS.length]?.[(one * 31 + step * 7) % DRAWN] ?? 0;
const names = Array.from({ length: series }, (_value, one) => `series-${one}`);
const before = memory();
const detector = createSeriesDetector({ shape: seasonOf(52) });
const ps = new Float64Array(series);
let warm = 0;
for (let step = 0; step < WARM_UP_STEPS + steps; step += 1) {
  if (step === WARM_UP_STEPS) warm = performance.now();
  for (const [one, name] of names.entries()) ps[one] = detector.observe(name, step, countOf(one, step))?.p ?? 1;
}
const seconds = (performance.now() - warm) / 1000;
say(`series: ${series.toLocaleString('en-GB')} at levels ${LEVELS.join(', ')}; steps judged of each: ${steps}`);
say(`series × points a second, one core: ${Math.round((series * steps) / seconds).toLocaleString('en-GB')}`);
say(
  `memory a series: ${Math.round((memory() - before) / series)} bytes (state ${detector.bytesEach}), names not counted`,
);

const times = Array.from({ length: PROBES }, (_value, probe) => {
  const one = (probe * 7919) % series;
  const begin = performance.now();
  detector.observe(names[one] ?? '', WARM_UP_STEPS + steps + Math.floor(probe / series), countOf(one, probe));
  return performance.now() - begin;
}).toSorted((one, other) => one - other);
const quantile = (share: number): string => (times[Math.floor(share * times.length)] ?? 0).toFixed(4);
say(
  `decision, ms: median ${quantile(0.5)}, p99 ${quantile(0.99)}, p99.99 ${quantile(0.9999)}, most ${(times.at(-1) ?? 0).toFixed(2)}`,
);
const begin = performance.now();
const stand = discoveries(ps).filter(Boolean).length;
say(
  `false discovery control over all series of a step: ${Math.round(performance.now() - begin)} ms, ${stand} stand (none is real)`,
);

function memory(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
