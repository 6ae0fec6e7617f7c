// The detector of outbreaks in many series of counts at once: what each count was expected to be, how surprising it is, and
// whether it is an alarm at the rate of false alarms that was asked for. Constant memory a series. ADR 0110.
import {
  advance,
  type BaselineLayout,
  type BaselineShape,
  type Expectation,
  expectAt,
  layoutOf,
  learn,
  makeWorkspace,
  startBaseline,
} from './baseline.ts';
import type { CountDistribution } from './count-distribution.ts';
import { evidenceOf, pairTail, singleTail } from './evidence.ts';
import { at } from './linear.ts';
import { SeriesStates } from './series-states.ts';

export interface SeriesDetectorOptions {
  /** Seasons of the series: `seasonsOf(stepMs)` or `seasonOf(steps)`. */
  readonly shape: BaselineShape;
  /** Share of the steps without an outbreak that may be alarms; 0.01 unless told. */
  readonly falseAlarms?: number;
  /** Whether to work out `upper` as well, which costs more than all the rest. */
  readonly bounds?: boolean;
}

/** What is thought of one count. */
export interface SeriesJudgement {
  readonly expected: number;
  /** Highest count that would have been no alarm; only with `bounds`. */
  readonly upper: number | undefined;
  /** Chance of evidence as strong where there is no outbreak. */
  readonly p: number;
  readonly alarm: boolean;
}

export interface SeriesDetector {
  /**
   * Judges the next count of a series, then learns from it. Steps are whole numbers counted from any fixed point in time; those
   * left out are unknown, not zero.
   * @returns undefined while the series is too young to say, and for a step that is not after the last one (nothing is learnt)
   */
  observe(series: string, step: number, count: number): SeriesJudgement | undefined;
  /** A copy of what was learnt of a series. */
  stateOf(series: string): Float64Array | undefined;
  /** Takes up what `stateOf` gave. @returns false for a state of another shape, which is not taken */
  restore(series: string, state: Float64Array): boolean;
  /** Series that were seen. */
  readonly size: number;
  /** Bytes of state a series, without its name. */
  readonly bytesEach: number;
}

const DEFAULT_FALSE_ALARMS = 0.01;
/** Steps before the first judgement. */
export const WARM_UP_STEPS = 8;
// A series that was silent for longer begins anew.
const MAX_GAP_STEPS = 20_000;
const MAX_COUNT = Number.MAX_SAFE_INTEGER;
// Places in a series' state, before its baseline.
const LAST_STEP = 0;
const SEEN = 1;
const LAST_COUNT = 2;
const LAST_MEAN = 3;
const LAST_VARIANCE = 4;
/** Whether the last count may be weighed with the next: it was judged, and was no alarm. */
const LAST_OPEN = 5;
const BASELINE = 6;

export function createSeriesDetector(options: SeriesDetectorOptions): SeriesDetector {
  const { falseAlarms = DEFAULT_FALSE_ALARMS, bounds = false } = options;
  const layout = layoutOf(options.shape);
  const space = makeWorkspace(layout);
  const stride = BASELINE + layout.length;
  const states = new SeriesStates(stride);

  return {
    observe(series, step, given) {
      const count = Math.min(MAX_COUNT, Math.max(0, Math.trunc(given)));
      const [state, start] = states.of(series);
      if (at(state, start + SEEN) > 0 && step <= at(state, start + LAST_STEP)) return undefined;
      const adjacent = moveTo(layout, state, start, step);
      const expected = expectAt(layout, state, start + BASELINE, step, space);
      const young = at(state, start + SEEN) < WARM_UP_STEPS;
      const open = adjacent && at(state, start + LAST_OPEN) === 1;
      const tail = tailAfter(open ? lastOf(state, start) : undefined, expected);
      const p = young ? 1 : tail(count);
      const alarm = p < falseAlarms;
      const upper = bounds && !young ? highestQuiet(tail, expected.mean, falseAlarms) : undefined;
      remember(state, start, { step, count, mean: expected.mean, variance: expected.variance, open: !young && !alarm });
      learn(layout, state, start + BASELINE, expected, count, space);
      return young ? undefined : { expected: expected.mean, upper, p, alarm };
    },
    stateOf(series) {
      if (!states.has(series)) return undefined;
      const [state, start] = states.of(series);
      return state.slice(start, start + stride);
    },
    restore(series, given) {
      if (given.length !== stride || !given.every(Number.isFinite)) return false;
      const [state, start] = states.of(series);
      state.set(given, start);
      return true;
    },
    get size() {
      return states.size;
    },
    bytesEach: stride * Float64Array.BYTES_PER_ELEMENT,
  };
}

/** Brings a state to `step`. @returns whether the step before was its last */
function moveTo(layout: BaselineLayout, state: Float64Array, start: number, step: number): boolean {
  const gap = at(state, start + SEEN) === 0 ? Number.POSITIVE_INFINITY : step - at(state, start + LAST_STEP);
  if (gap > MAX_GAP_STEPS) {
    startBaseline(layout, state, start + BASELINE);
    state[start + SEEN] = 0;
    return false;
  }
  for (let one = 0; one < gap; one += 1) advance(layout, state, start + BASELINE);
  return gap === 1;
}

function remember(
  state: Float64Array,
  start: number,
  last: Last & { readonly step: number; readonly open: boolean },
): void {
  state[start + LAST_STEP] = last.step;
  state[start + SEEN] = at(state, start + SEEN) + 1;
  state[start + LAST_COUNT] = last.count;
  state[start + LAST_MEAN] = last.mean;
  state[start + LAST_VARIANCE] = last.variance;
  state[start + LAST_OPEN] = last.open ? 1 : 0;
}

interface Last extends CountDistribution {
  readonly count: number;
}

function lastOf(state: Float64Array, start: number): Last {
  return {
    count: at(state, start + LAST_COUNT),
    mean: at(state, start + LAST_MEAN),
    variance: at(state, start + LAST_VARIANCE),
  };
}

/** p-value of a count, with the one before it where that may be weighed. */
function tailAfter(last: Last | undefined, expected: Expectation): (count: number) => number {
  if (last === undefined) return (count) => singleTail(expected, count);
  const evidence = evidenceOf(last, expected);
  return (count) => pairTail(evidence, last.count, count);
}

/** By doubling, then halving; −1 where even a count of 0 is an alarm after the count before it. */
function highestQuiet(tail: (count: number) => number, mean: number, falseAlarms: number): number {
  let [low, high] = [-1, Math.max(1, Math.ceil(2 * mean))];
  while (high < MAX_COUNT && tail(high) >= falseAlarms) [low, high] = [high, 2 * high];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (tail(middle) >= falseAlarms) low = middle;
    else high = middle;
  }
  return low;
}
