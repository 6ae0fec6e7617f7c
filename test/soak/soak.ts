// npm run soak: nothing acknowledged is lost, every alert arrives once, whatever is killed or full (docs/durability.md).
// SOAK_KILLS (100) and SOAK_CAPTURES (10000) set its size; SOAK_ONLY names one trial: sundew, database or disk.
import { fillDisk, killPostmaster, killSundew } from './phases.ts';
import { createReport } from './report.ts';
import { closeWorlds } from './world.ts';

const MAX_KILLS = 10_000;
const MAX_CAPTURES = 999_999; // numbers have six digits
const SMALL_SHARE = 10;
const MIN_SMALL_KILLS = 3;
const MIN_CAPTURES = 200;

function sizeOf(name: string, fallback: number, most: number): number {
  const value = Number(process.env[name] ?? fallback);
  if (Number.isSafeInteger(value) && value >= 1 && value <= most) return value;
  process.stderr.write(`${name}: must be a whole number from 1 to ${most}\n`);
  process.exit(2);
}

const kills = sizeOf('SOAK_KILLS', 100, MAX_KILLS);
const captures = sizeOf('SOAK_CAPTURES', 10_000, MAX_CAPTURES);
const small = {
  kills: Math.max(MIN_SMALL_KILLS, Math.floor(kills / SMALL_SHARE)),
  captures: Math.max(MIN_CAPTURES, Math.floor(captures / SMALL_SHARE)),
};
let phase = '';
const report = createReport(() => phase);
const trials = [
  { name: 'sundew', run: () => killSundew(kills, Math.max(MIN_CAPTURES, captures), report) },
  { name: 'database', run: () => killPostmaster(small.kills, small.captures, report) },
  { name: 'disk', run: () => fillDisk(small.captures, report) },
].filter(({ name }) => process.env.SOAK_ONLY === undefined || process.env.SOAK_ONLY === name);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void closeWorlds().finally(() => process.exit(1)));
}
for (const { name, run } of trials) {
  phase = name;
  report.say(`trial: ${name}`);
  try {
    await run();
  } catch (error) {
    report.check('the trial came to its end', false, error instanceof Error ? error.message : String(error));
  }
}
process.exit(report.finish() && trials.length > 0 ? 0 : 1);
