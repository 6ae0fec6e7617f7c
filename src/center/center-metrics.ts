// The counters of Sundew. Labels come from closed sets only.
import { createMetrics, type Metrics } from './metrics.ts';
import type { Projected } from './pipeline/project.ts';

const COUNTERS = {
  sundew_captures_total: 'Captures stored.',
  sundew_captures_known_total: 'Captures that came again and were already stored.',
  sundew_verdicts_total: 'Captures by class.',
  sundew_warnings_total: 'Warnings raised or changed.',
} as const;

export function createCenterMetrics(): Metrics {
  return createMetrics(COUNTERS);
}

/** Counts what a batch brought. */
export function countProjected(metrics: Metrics, simulated: boolean, { analysed, changes, known }: Projected): void {
  const realm = { simulated: String(simulated) };
  for (const { capture, analysis } of analysed) {
    metrics.count('sundew_captures_total', { network: capture.network, kind: capture.kind, ...realm });
    metrics.count('sundew_verdicts_total', { class: analysis.class, ...realm });
  }
  if (known > 0) metrics.count('sundew_captures_known_total', realm, known);
  for (const { change, record } of changes)
    metrics.count('sundew_warnings_total', { change, severity: record.severity, ...realm });
}
