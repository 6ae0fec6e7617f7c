// How often outbreaks are detected at a given rate of false alarms.

/** What a detector said of the evaluated steps of a series, lower is more suspicious, and the cases injected into them. */
export interface ScoredSeries {
  readonly scores: readonly number[];
  readonly injected: readonly number[];
}

export interface Detection {
  /** Share of the steps without injected cases that are alarms. */
  readonly falseAlarms: number;
  /** Share of the outbreaks, as runs of steps with injected cases, with an alarm in any of them. */
  readonly detected: number;
  /** Share of the steps with injected cases that are alarms. */
  readonly sensitivity: number;
  /** Mean steps from the first injected case to the alarm, over the outbreaks that were detected. */
  readonly delay: number;
  readonly outbreaks: number;
}

/** The threshold at which a share `falseAlarms` of the steps without injected cases score lower. */
export function thresholdAt(series: readonly ScoredSeries[], falseAlarms: number): number {
  const quiet = series
    .flatMap(({ scores, injected }) => scores.filter((_score, step) => injected[step] === 0))
    .toSorted((one, other) => one - other);
  return quiet[Math.floor(falseAlarms * quiet.length)] ?? 0;
}

/** Figures with an alarm wherever the score is below the threshold. */
export function detectionAt(series: readonly ScoredSeries[], threshold: number): Detection {
  let [quiet, falseAlarms, hot, hits, outbreaks, detected, delay] = [0, 0, 0, 0, 0, 0, 0];
  for (const { scores, injected } of series) {
    let [start, found] = [-1, false];
    for (const [step, score] of scores.entries()) {
      const alarm = score < threshold;
      if ((injected[step] ?? 0) === 0) {
        [start, found] = [-1, false];
        quiet += 1;
        if (alarm) falseAlarms += 1;
        continue;
      }
      if (start < 0) [start, outbreaks] = [step, outbreaks + 1];
      hot += 1;
      if (!alarm) continue;
      hits += 1;
      if (found) continue;
      [found, detected, delay] = [true, detected + 1, delay + step - start];
    }
  }
  return {
    falseAlarms: falseAlarms / Math.max(1, quiet),
    detected: detected / Math.max(1, outbreaks),
    sensitivity: hits / Math.max(1, hot),
    delay: delay / Math.max(1, detected),
    outbreaks,
  };
}
