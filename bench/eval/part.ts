// What a part of `npm run eval` is: a question about the analysis, answered with figures on named data.

/** One line of the scorecard. */
export interface Figure {
  /** What is measured, with its unit. */
  readonly metric: string;
  readonly value: number;
  /** The goal as a person reads it, such as `≥ 0.95`. */
  readonly goal?: string;
  /** Whether the goal is met; absent where there is none, as for rivals and background figures. */
  readonly met?: boolean;
  /** Name and version of the rival whose figure this is; absent for ours. */
  readonly rival?: string;
  /** How the value is printed; a plain number with four decimals unless told. */
  readonly as?: 'share' | 'count' | 'rate';
}

/** A part of the evaluation, one file each in `bench/eval/parts/`. */
export interface EvalPart {
  /** Short name for `npm run eval -- NAME`. */
  readonly name: string;
  /** What was asked of which data, in a sentence, with the split. */
  readonly title: string;
  /** Runs it; a rival that is not installed is left out and named by `absent`. */
  run(absent: (rival: string) => void): Promise<readonly Figure[]>;
}

/** A figure with a goal to reach from below. */
export function atLeast(metric: string, value: number, goal: number, as?: Figure['as']): Figure {
  return { metric, value, goal: `≥ ${goal}`, met: value >= goal, ...(as === undefined ? {} : { as }) };
}

/** A figure with a goal not to pass. */
export function atMost(metric: string, value: number, goal: number, as?: Figure['as']): Figure {
  const shown = as === 'share' ? `${Number((goal * 100).toFixed(2))} %` : `${goal}`;
  return { metric, value, goal: `≤ ${shown}`, met: value <= goal, ...(as === undefined ? {} : { as }) };
}
