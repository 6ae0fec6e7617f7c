// Signals, and what the engine remembers between batches.
import { sql } from 'kysely';
import type { Network } from '../../core/network.ts';
import type { VerdictClass } from '../../core/verdict.ts';
import type { Db } from '../../storage/database.ts';
import type { Signal, SignalRule } from './types.ts';

export const MEMORY_KINDS = ['clock', 'series', 'source', 'known'] as const;
export type MemoryKind = (typeof MEMORY_KINDS)[number];

export interface MemoryRow {
  readonly kind: MemoryKind;
  readonly name: string;
  /** Capture time at which it was last of use: what is idle longest is forgotten first. */
  readonly lastMs: number;
  readonly state: unknown;
}

export interface StoredSignal extends Signal {
  /** RFC 3339, wall clock. */
  readonly foundAt: string;
  /** False while it rests on the wall clock alone: captures that come late may take it back. */
  readonly firm: boolean;
}

export interface SignalQuery {
  readonly rule?: SignalRule;
  readonly network?: Network;
  /** RFC 3339, capture time. */
  readonly since?: string;
  readonly campaign?: string;
  readonly limit?: number;
}

/** Signals kept: beyond, the oldest go. */
export const MAX_SIGNALS = 20_000;
const MAX_PAGE = 500;
const DEFAULT_PAGE = 100;
const SIGNALS_OF_A_CAMPAIGN = 10;

/** All rows of `kinds`, and those named. */
export async function loadMemory(
  tx: Db,
  kinds: readonly MemoryKind[],
  named: readonly Pick<MemoryRow, 'kind' | 'name'>[],
): Promise<readonly MemoryRow[]> {
  const { rows } = await sql<{ kind: MemoryKind; name: string; last_at: Date; state: unknown }>`
    select kind, name, last_at, state from signal_memory where kind = any(${[...kinds]}::text[])
    union
    select m.kind, m.name, m.last_at, m.state from signal_memory m
      join jsonb_to_recordset(${JSON.stringify(named)}::jsonb) as r(kind text, name text) using (kind, name)`.execute(
    tx,
  );
  // Written by this file only, from what the engine gave.
  return rows.map(({ kind, name, last_at, state }) => ({ kind, name, lastMs: last_at.getTime(), state }));
}

/** Of these sources, those whose silence was told and lasts. */
export async function silentSources(db: Db, names: readonly string[]): Promise<ReadonlySet<string>> {
  if (names.length === 0) return new Set();
  const { rows } = await sql<{ name: string }>`select name from signal_memory
    where kind = 'source' and name = any(${[...names]}::text[]) and (state->>'told')::boolean`.execute(db);
  return new Set(rows.map(({ name }) => name));
}

/** One statement for all; `gone` are deleted. */
export async function saveMemory(
  tx: Db,
  rows: readonly MemoryRow[],
  gone: readonly Pick<MemoryRow, 'kind' | 'name'>[] = [],
): Promise<void> {
  const values = rows.map(({ kind, name, lastMs, state }) => ({ kind, name, last: new Date(lastMs), state }));
  await sql`insert into signal_memory (kind, name, last_at, state)
    select * from jsonb_to_recordset(${JSON.stringify(values)}::jsonb)
      as r(kind text, name text, last timestamptz, state jsonb)
    on conflict (kind, name) do update set last_at = excluded.last_at, state = excluded.state`.execute(tx);
  if (gone.length === 0) return;
  await sql`delete from signal_memory m using jsonb_to_recordset(${JSON.stringify(gone)}::jsonb) as r(kind text, name text)
    where m.kind = r.kind and m.name = r.name`.execute(tx);
}

/** Forgets what was idle longest beyond so many rows of a kind. */
export async function forgetIdle(tx: Db, kind: MemoryKind, keep: number): Promise<void> {
  await sql`delete from signal_memory where kind = ${kind} and name in (
    select name from signal_memory where kind = ${kind} order by last_at desc, name offset ${keep})`.execute(tx);
}

/**
 * Stores signals; one that is there becomes firm, and does not become unsure again.
 * @param foundAt wall clock; that of the captures unless told
 */
export async function saveSignals(
  tx: Db,
  signals: readonly Signal[],
  foundAt: Date | undefined,
  firm: boolean,
): Promise<void> {
  if (signals.length === 0) return;
  const rows = signals.map((one) => ({ ...one, found: foundAt ?? one.at, firm }));
  await sql`insert into signal as s (id, rule, subject, network, class, threat, at, found_at, count, expected, p, reason,
      campaigns, firm)
    select distinct on (id) id, rule, subject, network, class, threat, at, found, count, expected, p, reason, campaigns, firm
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, rule text, subject text, network text,
      class text, threat text, at timestamptz, found timestamptz, count bigint, expected double precision,
      p double precision, reason text, campaigns uuid[], firm boolean)
    on conflict (id) do update set firm = true, count = excluded.count, expected = excluded.expected, p = excluded.p,
      reason = excluded.reason, campaigns = excluded.campaigns where excluded.firm and not s.firm`.execute(tx);
}

/** Takes back what rests on the wall clock, of capture times before `before`. */
export async function dropUnsure(tx: Db, before?: Date): Promise<void> {
  await sql`delete from signal where not firm and at < ${before ?? 'infinity'}::timestamptz`.execute(tx);
}

export async function trimSignals(tx: Db): Promise<void> {
  await sql`delete from signal where id in (
    select id from signal order by at desc, id offset ${MAX_SIGNALS})`.execute(tx);
}

/** Signals, newest capture time first. */
export async function listSignals(db: Db, query: SignalQuery = {}): Promise<readonly StoredSignal[]> {
  const rows = await db
    .selectFrom('signal')
    .selectAll()
    .$if(query.rule !== undefined, (q) => q.where('rule', '=', query.rule ?? ''))
    .$if(query.network !== undefined, (q) => q.where('network', '=', query.network ?? ''))
    .$if(query.since !== undefined, (q) => q.where('at', '>=', new Date(query.since ?? 0)))
    .$if(query.campaign !== undefined, (q) => q.where(sql<boolean>`campaigns @> array[${query.campaign}]::uuid[]`))
    .orderBy('at', 'desc')
    .orderBy('id')
    .limit(Math.min(Math.max(query.limit ?? DEFAULT_PAGE, 1), MAX_PAGE))
    .execute();
  return rows.map(signalOf);
}

/** The newest signals that concern these campaigns, by campaign. */
export async function signalsOfCampaigns(
  db: Db,
  campaigns: readonly string[],
): Promise<ReadonlyMap<string, readonly StoredSignal[]>> {
  if (campaigns.length === 0) return new Map();
  const rows = await db
    .selectFrom('signal')
    .selectAll()
    .where(sql<boolean>`campaigns && ${[...campaigns]}::uuid[]`)
    .orderBy('at', 'desc')
    .orderBy('id')
    .limit(MAX_PAGE)
    .execute();
  const signals = rows.map(signalOf);
  return new Map(
    campaigns.map((campaign) => [
      campaign,
      signals.filter((one) => one.campaigns.includes(campaign)).slice(0, SIGNALS_OF_A_CAMPAIGN),
    ]),
  );
}

function signalOf(row: {
  readonly id: string;
  readonly rule: string;
  readonly subject: string;
  readonly network: string | null;
  readonly class: string | null;
  readonly threat: string | null;
  readonly at: Date;
  readonly found_at: Date;
  readonly count: number;
  readonly expected: number | null;
  readonly p: number | null;
  readonly reason: string;
  readonly campaigns: string[];
  readonly firm: boolean;
}): StoredSignal {
  const { id, subject, network, threat, count, expected, p, reason, campaigns, firm } = row;
  return {
    ...{ id, subject, count, reason, campaigns, firm },
    rule: row.rule as SignalRule,
    ...(network === null ? {} : { network: network as Network }),
    ...(row.class === null ? {} : { class: row.class as VerdictClass }),
    ...(threat === null ? {} : { threat }),
    ...(expected === null ? {} : { expected }),
    ...(p === null ? {} : { p }),
    at: row.at.toISOString(),
    foundAt: row.found_at.toISOString(),
  };
}
