// The captures in the database: written a batch at a time, read by id or by search.
import { type SelectQueryBuilder, sql } from 'kysely';
import type { CaptureId, CaptureKind } from '../core/capture.ts';
import { SundewError } from '../core/error.ts';
import type { Network } from '../core/network.ts';
import type { VerdictClass } from '../core/verdict.ts';
import type { Db } from '../storage/database.ts';
import type { Tables } from '../storage/tables/index.ts';
import { type CaptureSelection, fromRow, type StoredCapture, toRows } from './capture-row.ts';

export const MAX_PAGE = 500;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const RECORD = sql.raw(`(id uuid, at timestamptz, sent_at timestamptz, network text, sensor text, decoy text,
  peer_id text, peer jsonb, kind text, conversation text, native text, text text, html text, encrypted boolean,
  file jsonb, meta jsonb, journal_seq bigint, class text, score real, severity smallint, reasons text[],
  indicators jsonb, language text, campaign uuid, threats text[], simulated boolean)`);

/** What a search may narrow by; `q` are words of the text, file name or peer, as in a web search. */
export interface CaptureFilter {
  readonly q?: string | undefined;
  readonly network?: Network | undefined;
  readonly kind?: CaptureKind | undefined;
  readonly class?: VerdictClass | undefined;
  readonly campaign?: string | undefined;
  /** An address, or the domain of a component's decoys. */
  readonly decoy?: string | undefined;
  readonly peer?: string | undefined;
  /** RFC 3339; `from` is included, `to` is not. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export interface CapturePage {
  /** Newest first. */
  readonly captures: readonly StoredCapture[];
  /** Cursor of the next page; absent on the last. */
  readonly next?: string;
}

/** Writes a batch in one statement; captures that are there already stay as they are. @returns the ids that are new */
export async function insertCaptures(tx: Db, captures: readonly StoredCapture[]): Promise<Set<CaptureId>> {
  return captures.length === 0 ? new Set() : insertRows(tx, toRows(captures));
}

/** The statement of `insertCaptures` alone. @param rows what `toRows` makes */
export async function insertRows(tx: Db, rows: string): Promise<Set<CaptureId>> {
  const { rows: inserted } = await sql<{ id: CaptureId }>`
    insert into capture select * from jsonb_to_recordset(${rows}::jsonb) as row ${RECORD}
    on conflict (id) do nothing returning id`.execute(tx);
  return new Set(inserted.map((row) => row.id));
}

/** Which of these ids the store has. */
export async function knownCaptures(db: Db, ids: readonly CaptureId[]): Promise<Set<CaptureId>> {
  if (ids.length === 0) return new Set();
  const { rows } = await sql<{ id: CaptureId }>`select id from capture where id = any(${[...ids]}::uuid[])`.execute(db);
  return new Set(rows.map((row) => row.id));
}

/** One capture by its id. */
export async function findCapture(db: Db, id: string): Promise<StoredCapture | undefined> {
  if (!UUID.test(id)) return undefined;
  const row = await db.selectFrom('capture').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : fromRow(row);
}

/** A page of captures, newest first, by keyset: as fast on the last page as on the first. @throws SundewError INPUT_INVALID */
export async function searchCaptures(
  db: Db,
  filter: CaptureFilter & { readonly cursor?: string | undefined; readonly limit?: number | undefined },
): Promise<CapturePage> {
  const limit = Math.min(Math.max(1, filter.limit ?? 50), MAX_PAGE);
  if (filter.campaign !== undefined && !UUID.test(filter.campaign)) return { captures: [] };
  let query = narrow(db.selectFrom('capture').selectAll(), filter);
  if (filter.cursor !== undefined) {
    const { at, id } = parseCursor(filter.cursor);
    query = query.where(sql<boolean>`(at, id) < (${at}::timestamptz, ${id}::uuid)`);
  }
  const rows = await query
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { captures: page.map(fromRow), ...(more ? { next: formatCursor(last) } : {}) };
}

function narrow<O>(
  query: SelectQueryBuilder<Tables, 'capture', O>,
  filter: CaptureFilter,
): SelectQueryBuilder<Tables, 'capture', O> {
  let narrowed = query;
  if (filter.network !== undefined) narrowed = narrowed.where('network', '=', filter.network);
  if (filter.kind !== undefined) narrowed = narrowed.where('kind', '=', filter.kind);
  if (filter.class !== undefined) narrowed = narrowed.where('class', '=', filter.class);
  if (filter.campaign !== undefined) narrowed = narrowed.where('campaign', '=', filter.campaign);
  if (filter.decoy !== undefined) {
    // A domain stands for every address of it: the decoys of a component.
    const [decoy, anyOf] = [clean(filter.decoy), `@${clean(filter.decoy)}`];
    narrowed = narrowed.where(sql<boolean>`(decoy = ${decoy} or right(decoy, ${[...anyOf].length}) = ${anyOf})`);
  }
  if (filter.peer !== undefined) narrowed = narrowed.where('peer_id', '=', clean(filter.peer));
  if (filter.from !== undefined) narrowed = narrowed.where('at', '>=', time(filter.from, 'from'));
  if (filter.to !== undefined) narrowed = narrowed.where('at', '<', time(filter.to, 'to'));
  const words = clean(filter.q ?? '').trim();
  if (words === '') return narrowed;
  return narrowed.where(
    sql<boolean>`to_tsvector('simple', left(coalesce(text, ''), 100000) || ' ' || coalesce(file->>'name', '') || ' '
      || peer_id) @@ websearch_to_tsquery('simple', ${words})`,
  );
}

function clean(text: string): string {
  return text.slice(0, 4096).toWellFormed().replaceAll('\u0000', '\ufffd');
}

function time(text: string, key: string): Date {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) {
    throw new SundewError('INPUT_INVALID', `${key} is not an RFC 3339 time, such as 2026-01-31T12:00:00Z`);
  }
  return date;
}

function formatCursor(row: CaptureSelection): string {
  return Buffer.from(`${row.at.toISOString()} ${row.id}`).toString('base64url');
}

function parseCursor(cursor: string): { at: string; id: string } {
  const [at = '', id = ''] = Buffer.from(cursor, 'base64url').toString().split(' ');
  if (Number.isNaN(Date.parse(at)) || !UUID.test(id)) {
    throw new SundewError('INPUT_INVALID', 'cursor is not one that a page of captures gave');
  }
  return { at, id };
}
