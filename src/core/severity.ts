// The one severity scale, the threat levels of a network, and TLP 2.0.

export const SEVERITIES = ['info', 'low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** 1 (`info`) to 5 (`critical`). */
export function severityRank(severity: Severity): number {
  return SEVERITIES.indexOf(severity) + 1;
}

/** The worse of two severities. */
export function worse(a: Severity, b: Severity): Severity {
  return severityRank(a) >= severityRank(b) ? a : b;
}

export const THREAT_LEVELS = ['green', 'yellow', 'orange', 'red'] as const;
export type ThreatLevel = (typeof THREAT_LEVELS)[number];

/** FIRST TLP 2.0. */
export const TLP = ['clear', 'green', 'amber', 'amber+strict', 'red'] as const;
export type Tlp = (typeof TLP)[number];
