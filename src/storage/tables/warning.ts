// Row types of the tables of warning/, as Kysely sees them.
import type { ColumnType } from 'kysely';

type Timestamp = ColumnType<Date, Date | string, Date | string>;
type Json<T> = ColumnType<T, string, string>;

/** What is remembered of a campaign to decide on its next capture; warning or not. */
interface WarningWatchTable {
  campaign: string;
  /** WatchState of warning/watch-state.ts. */
  state: Json<unknown>;
}

/** One warning a campaign, at its newest revision. */
interface WarningTable {
  campaign: string;
  id: string;
  revision: number;
  kind: string;
  at: Timestamp;
  updated_at: Timestamp;
  /** Capture time of the last capture. */
  last_seen: Timestamp;
  /** Capture time at which the hold-down of an untold change ends; null when nothing is held. */
  held_until: ColumnType<Date | null, Date | string | null, Date | string | null>;
  severity: number;
  class: string;
  networks: string[];
  growth: string;
  decoys: number;
  senders: number;
  captures: number;
  open: boolean;
  /** WarningRecord of warning/types.ts. */
  record: Json<unknown>;
}

interface WarningRevisionTable {
  campaign: string;
  revision: number;
  at: Timestamp;
  notify: boolean;
  change: string;
  record: Json<unknown>;
}

interface NetworkLevelTable {
  network: string;
  level: string;
  reason: string;
  since: Timestamp;
  /** Since when a lower level would be enough; null while the level is what it should be. */
  calmer_since: ColumnType<Date | null, Date | string | null, Date | string | null>;
}

/** One row: the key of public ids, so that they cannot be computed from what a sender knows. */
interface WarningKeyTable {
  only: boolean;
  key: string;
}

/** One row a horizon of a forecast. */
interface ForecastTable {
  campaign: string;
  revision: number;
  ahead_min: number;
  made_at: Timestamp;
  due_at: Timestamp;
  /** Captures when it was made. */
  hits: number;
  expected: number;
  low: number;
  high: number;
  /** Captures that had come when its time had passed, and how right it was; null before. */
  came: number | null;
  log2_error: number | null;
  interval_score: number | null;
  scored_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
}

/** What the engine of signals remembers: of series, sources, families, and of its clock. */
interface SignalMemoryTable {
  kind: string;
  name: string;
  last_at: Timestamp;
  state: Json<unknown>;
}

interface SignalTable {
  id: string;
  rule: string;
  subject: string;
  network: string | null;
  class: string | null;
  threat: string | null;
  at: Timestamp;
  found_at: Timestamp;
  count: number;
  expected: number | null;
  p: number | null;
  reason: string;
  campaigns: string[];
  /** False while it rests on the wall clock alone: captures that come late may take it back. */
  firm: boolean;
}

export interface WarningTables {
  signal: SignalTable;
  signal_memory: SignalMemoryTable;
  forecast: ForecastTable;
  warning: WarningTable;
  warning_watch: WarningWatchTable;
  warning_revision: WarningRevisionTable;
  network_level: NetworkLevelTable;
  warning_key: WarningKeyTable;
}
