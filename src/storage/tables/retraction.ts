// Row types of the tables of retractions and appeals, as Kysely sees them.
import type { ColumnType, Generated } from 'kysely';

type Timestamp = ColumnType<Date, Date | string, Date | string>;
type MaybeTime = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
type MaybeText = ColumnType<string | null, string | null | undefined, string | null>;

/** Something that was taken back; never deleted. */
export interface RetractionTable {
  id: string;
  kind: 'campaign' | 'indicator';
  /** Id of the campaign or of the indicator. */
  target: string;
  /** What people call it: the warning's id, the campaign's, the defanged value. */
  label: string;
  /** Of an indicator. */
  type: MaybeText;
  value: MaybeText;
  reason: string;
  by: string;
  at: Timestamp;
  /** Set when the retraction was taken back itself. */
  undone_at: MaybeTime;
  undone_by: MaybeText;
  undone_reason: MaybeText;
  /** Entries that were withdrawn with it, and the TLP each had. */
  entries: Generated<unknown>;
}

/** What a listed party says against being listed. */
export interface AppealTable {
  id: string;
  at: Timestamp;
  what: string;
  why: string;
  contact: MaybeText;
  state: 'open' | 'retracted' | 'rejected';
  decided_at: MaybeTime;
  decided_by: MaybeText;
  answer: MaybeText;
  /** What became of the answer by mail. */
  mail: 'none' | 'pending' | 'sent' | 'failed';
  mail_note: MaybeText;
  mail_tries: Generated<number>;
  /** When a `pending` answer is tried again, or until when it is in a worker's hands. */
  mail_next_at: MaybeTime;
}

export interface RetractionTables {
  retraction: RetractionTable;
  appeal: AppealTable;
}
