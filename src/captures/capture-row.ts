// A capture with its verdict on its way into and out of the table.
import type { Selectable } from 'kysely';
import type { Capture, CaptureId } from '../core/capture.ts';
import { SEVERITIES, severityRank } from '../core/severity.ts';
import type { Verdict } from '../core/verdict.ts';
import type { CapturesTables } from '../storage/tables/captures.ts';

/** What the store holds of one capture. */
export interface StoredCapture {
  readonly capture: Capture;
  readonly verdict: Verdict;
  /** The journal entry with the exact bytes. */
  readonly journalSeq: number;
}

export type CaptureSelection = Selectable<CapturesTables['capture']>;

/** Lone surrogates and NUL, which a text column refuses, anywhere in a value. */
function storable(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\u0000', '\ufffd');
  if (Array.isArray(value)) return value.map(storable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [storable(key), storable(inner)]));
}

/** What JSON.stringify makes of NUL and of lone surrogates, and of little else. */
const UNSTORABLE = /\\u0000|\\ud[89a-f]/;

/** Rows as a JSON array, for `jsonb_to_recordset`. */
export function toRows(captures: readonly StoredCapture[]): string {
  const rows = captures.map(toRow);
  const json = JSON.stringify(rows);
  return UNSTORABLE.test(json) ? JSON.stringify(storable(rows)) : json;
}

function toRow({ capture, verdict, journalSeq }: StoredCapture): unknown {
  return {
    id: capture.id,
    at: capture.at,
    sent_at: capture.sentAt,
    network: capture.network,
    sensor: capture.sensor,
    decoy: capture.decoy,
    peer_id: capture.peer.id,
    peer: capture.peer,
    kind: capture.kind,
    conversation: capture.conversation,
    native: capture.native,
    text: capture.text,
    html: capture.html,
    encrypted: capture.encrypted,
    file: capture.file,
    meta: capture.meta,
    journal_seq: journalSeq,
    class: verdict.class,
    score: verdict.score,
    severity: severityRank(verdict.severity),
    reasons: verdict.reasons,
    indicators: verdict.indicators,
    language: verdict.language,
    campaign: verdict.campaign,
    threats: verdict.threats,
    simulated: capture.simulated,
  };
}

/** The capture and its verdict, as they went in. */
export function fromRow(row: CaptureSelection): StoredCapture {
  const id = row.id as CaptureId;
  const capture: Capture = {
    v: 1,
    id,
    ...(row.native === null ? {} : { native: row.native }),
    at: row.at.toISOString(),
    ...(row.sent_at === null ? {} : { sentAt: row.sent_at.toISOString() }),
    network: row.network,
    sensor: row.sensor,
    decoy: row.decoy,
    peer: row.peer,
    kind: row.kind,
    ...(row.conversation === null ? {} : { conversation: row.conversation }),
    ...(row.text === null ? {} : { text: row.text }),
    ...(row.html === null ? {} : { html: row.html }),
    ...(row.encrypted === null ? {} : { encrypted: row.encrypted }),
    ...(row.file === null ? {} : { file: row.file }),
    meta: row.meta,
    simulated: row.simulated,
  };
  return { capture, verdict: verdictOf(row), journalSeq: row.journal_seq };
}

function verdictOf(row: CaptureSelection): Verdict {
  return {
    v: 1,
    capture: row.id as CaptureId,
    class: row.class,
    score: row.score,
    reasons: row.reasons,
    indicators: row.indicators,
    ...(row.language === null ? {} : { language: row.language }),
    ...(row.campaign === null ? {} : { campaign: row.campaign }),
    threats: row.threats,
    severity: SEVERITIES[row.severity - 1] ?? 'info',
  };
}
