// The numbers that warnings are decided by, in one place (docs/warning.md says why).
import type { VerdictClass } from '../core/verdict.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export interface WarningPolicy {
  /** Independent decoys from which a class is told to subscribers. */
  readonly minDecoys: Readonly<Record<VerdictClass, number>>;
  /** Untold changes under `high` wait this long, so that a burst is one alert. */
  readonly holdDownMs: number;
  /** Least time between two updates: by number of updates so far; while growing always the first. */
  readonly updateSpacingMs: readonly number[];
  /** Time without a capture after which a warning ends. */
  readonly quietMs: number;
  /** Width of the counts over time, and how many are kept: growth looks back one hour. */
  readonly bucketMs: number;
  readonly maxBuckets: number;
}

const NEVER = Number.POSITIVE_INFINITY;

export const DEFAULT_POLICY: WarningPolicy = {
  minDecoys: {
    worm: 2,
    malware: 2,
    exploit: 2,
    phishing: 2,
    scam: 2,
    spam: 3,
    recon: NEVER,
    benign: NEVER,
    unknown: NEVER,
  },
  holdDownMs: 5 * MINUTE,
  updateSpacingMs: [15 * MINUTE, HOUR, 4 * HOUR, 24 * HOUR],
  quietMs: 24 * HOUR,
  bucketMs: 5 * MINUTE,
  maxBuckets: 24,
};

/** Classes that analysts are told of at the first touch. */
export const HARMFUL: readonly VerdictClass[] = ['worm', 'malware', 'exploit', 'phishing', 'scam'];
