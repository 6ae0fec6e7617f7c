// Row types of the tables of captures/, as Kysely sees them. Times are timestamptz.
import type { ColumnType } from 'kysely';
import type { CapturedFile, CaptureKind, Peer } from '../../core/capture.ts';
import type { Network } from '../../core/network.ts';
import type { Indicator, VerdictClass } from '../../core/verdict.ts';

type Time = ColumnType<Date, Date | string, Date | string>;
type MaybeTime = ColumnType<Date | null, Date | string | null, Date | string | null>;
type Json<T> = ColumnType<T, string, string>;

/** A capture with its verdict: a projection of the journal, which keeps the evidence. */
interface CaptureTable {
  id: string;
  at: Time;
  sent_at: MaybeTime;
  network: Network;
  sensor: string;
  decoy: string;
  peer_id: string;
  peer: Json<Peer>;
  kind: CaptureKind;
  conversation: string | null;
  native: string | null;
  text: string | null;
  html: string | null;
  encrypted: boolean | null;
  file: ColumnType<CapturedFile | null, string | null, string | null>;
  meta: Json<Readonly<Record<string, unknown>>>;
  /** Number of the entry in the sensor's journal that holds the exact bytes. */
  journal_seq: number;
  class: VerdictClass;
  score: number;
  /** 1 (`info`) to 5 (`critical`). */
  severity: number;
  reasons: string[];
  indicators: Json<readonly Indicator[]>;
  language: string | null;
  campaign: string | null;
  threats: string[];
  simulated: boolean;
}

/** How far the pipeline has come in a journal; moves in the batch's own transaction. */
interface PipelineCursorTable {
  journal: string;
  seq: number;
}

/** A journal entry that the pipeline could not take, kept until someone looks. */
interface DeadLetterTable {
  id: string;
  stage: string;
  capture: string | null;
  journal_seq: number;
  cause: string;
  at: Time;
  tries: number;
}

/** What an analyst said a capture really was. */
interface VerdictCorrectionTable {
  capture: string;
  class: VerdictClass;
  was: VerdictClass;
  text: string;
  note: string | null;
  by: string;
  at: Time;
}

export interface CapturesTables {
  verdict_correction: VerdictCorrectionTable;
  capture: CaptureTable;
  pipeline_cursor: PipelineCursorTable;
  dead_letter: DeadLetterTable;
}
