// Which seasons a series of counts has, from the length of its steps: people's days, weeks and years.
import type { BaselineShape } from './baseline.ts';

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
const YEAR_MS = 365.25 * DAY_MS;
const HARMONICS = 2;
// A wave needs this many steps to be seen.
const STEPS_OF_A_WAVE = 2.5;

/** A season of so many steps, as in weekly counts of 52 a year. */
export function seasonOf(steps: number): BaselineShape {
  return { periods: wavesOf(steps), season: steps };
}

/** Seasons for steps of this length: day and week under a day, week under two days, else the year. */
export function seasonsOf(stepMs: number): BaselineShape {
  const cycles = stepMs < DAY_MS ? [WEEK_MS, DAY_MS] : stepMs < 2 * DAY_MS ? [YEAR_MS, WEEK_MS] : [YEAR_MS];
  const [longest = YEAR_MS] = cycles;
  return { periods: cycles.flatMap((cycle) => wavesOf(cycle / stepMs)), season: Math.max(1, longest / stepMs) };
}

function wavesOf(steps: number): readonly number[] {
  return Array.from({ length: HARMONICS }, (_value, at) => steps / (at + 1)).filter((wave) => wave >= STEPS_OF_A_WAVE);
}
