// The threat level of a network, from its warnings: rises at once, falls a step at a time.
import type { Network } from '../core/network.ts';
import { type Severity, severityRank, THREAT_LEVELS, type ThreatLevel } from '../core/severity.ts';
import type { Growth, WarningKind } from './types.ts';

const HOUR = 3_600_000;
/** After so long without a capture a warning counts one level less, after twice as long two. */
const STEP_DOWN_MS = 6 * HOUR;
/** A lower level is shown only after it would have been enough for this long. */
const CALM_MS = 30 * 60_000;

/** What of a warning the level is made of. */
export interface LevelFacts {
  readonly title: string;
  readonly kind: WarningKind;
  readonly severity: Severity;
  readonly growth: Growth;
  readonly networks: readonly Network[];
  readonly lastSeenMs: number;
}

export interface Level {
  readonly level: ThreatLevel;
  readonly reason: string;
}

export interface StandingLevel extends Level {
  readonly sinceMs: number;
  /** Since when a lower level would have been enough. */
  readonly calmerSinceMs?: number;
}

const QUIET: Level = { level: 'green', reason: 'no open warning' };

/** The level that the open warnings of a network call for at `nowMs`. */
export function levelOf(warnings: readonly LevelFacts[], nowMs: number): Level {
  let worst = QUIET;
  for (const warning of warnings) {
    const fresh = freshLevel(warning);
    const age = Math.max(nowMs - warning.lastSeenMs, 0);
    const rank = fresh - Math.floor(age / STEP_DOWN_MS);
    if (rank <= THREAT_LEVELS.indexOf(worst.level)) continue;
    const faded = rank < fresh ? ', no capture for hours' : '';
    worst = {
      level: THREAT_LEVELS[rank] ?? 'green',
      reason: `${warning.title} (${warning.severity}, ${warning.growth}${faded})`,
    };
  }
  return worst;
}

/** 0 (`green`) to 3 (`red`) for a warning whose last capture is fresh. */
function freshLevel({ kind, severity, growth }: LevelFacts): number {
  if (kind === 'all-clear' || kind === 'advance-notice') return 0;
  const rank = severityRank(severity);
  if (rank >= 5 || (kind === 'priority' && growth === 'growing')) return 3;
  if (rank >= 4 || kind === 'priority') return 2;
  return rank >= 2 ? 1 : 0;
}

/** The level that is shown next: a higher one at once, a lower one only after a calm time. */
export function stepLevel(previous: StandingLevel | undefined, wanted: Level, nowMs: number): StandingLevel {
  if (previous === undefined) return { ...wanted, sinceMs: nowMs };
  const [was, is] = [THREAT_LEVELS.indexOf(previous.level), THREAT_LEVELS.indexOf(wanted.level)];
  const { calmerSinceMs, ...kept } = previous;
  if (is > was) return { ...wanted, sinceMs: nowMs };
  if (is === was) return { ...kept, reason: wanted.reason };
  const since = calmerSinceMs ?? nowMs;
  return nowMs - since >= CALM_MS ? { ...wanted, sinceMs: nowMs } : { ...kept, calmerSinceMs: since };
}
