// R's `surveillance` (Debian r-cran-surveillance): EARS, Farrington flexible and cumulative sums as health offices run them.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { FIRST_WEEK, outbreakSeries } from '../counts/series.ts';

const run = promisify(execFile);
const SCRIPT = fileURLToPath(new URL('./surveillance.R', import.meta.url));
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/** By a baseline of R's own. */
export const R_METHODS = ['C1', 'C2', 'C3', 'farringtonFlexible'] as const;
/** `glrnb` has the mean of the history as its baseline, and is there to be agreed with. */
const ALL_METHODS = [...R_METHODS, 'glrnb'] as const;
export type RMethod = (typeof ALL_METHODS)[number];
/** What `glrnb` was run with. */
export const GLRNB = { alpha: 0.1, level: 3 };

/** What R says of one week; `p` is NaN for EARS, `upper` where R gives none, and the sum for `glrnb`. */
export interface RWeek {
  readonly alarm: boolean;
  readonly upper: number;
  readonly p: number;
}

export interface Surveillance {
  readonly version: string;
  /** By method, one list a series, one entry an evaluated week. */
  readonly weeks: Readonly<Record<RMethod, readonly (readonly RWeek[])[]>>;
}

let once: Promise<Surveillance | undefined> | undefined;

/** R's judgement of the evaluated weeks, worked out once a run. @returns undefined when R or the package is not installed */
export function surveillance(): Promise<Surveillance | undefined> {
  once ??= ask();
  return once;
}

async function ask(): Promise<Surveillance | undefined> {
  const installed = await run('Rscript', ['-e', 'packageVersion("surveillance")']).catch(() => undefined);
  if (installed === undefined) return undefined;
  const dir = await mkdtemp(join(tmpdir(), 'surveillance-'));
  try {
    const file = join(dir, 'counts.tsv');
    const rows = outbreakSeries().flatMap(({ counts }, series) =>
      counts.map((count, week) => `${series}\t${week}\t${count}`),
    );
    await writeFile(file, `${rows.join('\n')}\n`);
    const { stdout } = await run('Rscript', [SCRIPT, file, `${FIRST_WEEK}`], { maxBuffer: MAX_OUTPUT_BYTES });
    return parse(stdout);
  } finally {
    await rm(dir, { recursive: true });
  }
}

function parse(text: string): Surveillance {
  const weeks: Record<RMethod, RWeek[][]> = { C1: [], C2: [], C3: [], farringtonFlexible: [], glrnb: [] };
  let version = 'unknown';
  for (const [method = '', series = '', week, alarm, upper, p] of text.split('\n').map((line) => line.split('\t'))) {
    if (method === 'version') version = series;
    const known = ALL_METHODS.find((one) => one === method);
    if (known === undefined) continue;
    weeks[known][Number(series)] ??= [];
    weeks[known][Number(series)]?.splice(Number(week) - FIRST_WEEK, 1, {
      alarm: alarm === '1',
      upper: Number(upper),
      p: Number(p),
    });
  }
  return { version, weeks };
}
