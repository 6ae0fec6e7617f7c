// Runs the report's queries: in one read-only transaction, one after another, without helpers, under a time limit.
import { sql } from 'kysely';
import { SundewError } from '../core/error.ts';
import type { Db } from '../storage/database.ts';
import { QUERIES, type QueryId } from './queries-store.ts';
import { ROLL_UP_TITLES, ROLL_UPS, type RollUp, type RollUpId, rollUp, rollUpSql } from './roll-up.ts';

export type Row = Readonly<Record<string, unknown>>;
export type AnyQueryId = QueryId | RollUpId;

/** What stands for `:from`, `:to` and `:delay`. */
export interface QueryRange {
  /** RFC 3339. */
  readonly from: string;
  readonly to: string;
  readonly delayMs: number;
}

/** The rows of each query over one range. Roll-ups are made of their base. */
export interface Answers {
  rows(query: AnyQueryId): readonly Row[];
  first(query: AnyQueryId): Row;
}

/** A statement that takes longer is given up: the report must not be what keeps a server busy. */
const STATEMENT_TIMEOUT = '120s';
const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

export function isQueryId(id: string): id is AnyQueryId {
  return Object.hasOwn(QUERIES, id) || Object.hasOwn(ROLL_UPS, id);
}

export function titleOf(id: AnyQueryId): string {
  return isRollUp(id) ? ROLL_UP_TITLES[id] : QUERIES[id].title;
}

/** The statement as it runs, and as the report shows it: literals in place of parameters. */
export function sqlOf(id: AnyQueryId, range: QueryRange): string {
  if (isRollUp(id)) return rollUpSql(sqlOf(ROLL_UPS[id].base, range), ROLL_UPS[id]);
  const given: Readonly<Record<string, string>> = {
    from: `timestamptz '${checked(range.from)}'`,
    to: `timestamptz '${checked(range.to)}'`,
    delay: `interval '${Math.round(range.delayMs / 1_000)} seconds'`,
  };
  return QUERIES[id].sql.replaceAll(/(?<!:):(from|to|delay)\b/g, (_, name: string) => given[name] ?? '');
}

/** Asks all of `ids` for each range, of one moment of the database. */
export async function askAll(
  db: Db,
  wanted: readonly { readonly range: QueryRange; readonly ids: readonly AnyQueryId[] }[],
): Promise<readonly Answers[]> {
  return readOnly(db, async (tx) => {
    const answers: Answers[] = [];
    for (const { range, ids } of wanted) {
      const bases = new Set(ids.map((id): QueryId => (isRollUp(id) ? ROLL_UPS[id].base : id)));
      const found = new Map<QueryId, readonly Row[]>();
      for (const id of bases) found.set(id, await run(tx, sqlOf(id, range)));
      answers.push(answersOf(found));
    }
    return answers;
  });
}

/** One query's rows, as its shown statement gives them. */
export function askOne(db: Db, id: AnyQueryId, range: QueryRange): Promise<readonly Row[]> {
  return readOnly(db, (tx) => run(tx, sqlOf(id, range)));
}

/** When the first capture came, if any has. */
export async function firstCapture(db: Db): Promise<Date | undefined> {
  const { rows } = await sql<{ first: Date | null }>`select min(at) as first from capture`.execute(db);
  return rows[0]?.first ?? undefined;
}

function answersOf(found: ReadonlyMap<QueryId, readonly Row[]>): Answers {
  const rows = (id: AnyQueryId): readonly Row[] => {
    const base = found.get(isRollUp(id) ? ROLL_UPS[id].base : id) ?? [];
    return isRollUp(id) ? rollUp(base, ROLL_UPS[id] as RollUp) : base;
  };
  return { rows, first: (id) => rows(id)[0] ?? {} };
}

function readOnly<T>(db: Db, use: (tx: Db) => Promise<T>): Promise<T> {
  return db
    .transaction()
    .setAccessMode('read only')
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      await sql`select set_config('statement_timeout', ${STATEMENT_TIMEOUT}, true), set_config('work_mem', '32MB', true),
        set_config('max_parallel_workers_per_gather', '0', true), set_config('timezone', 'UTC', true),
        set_config('jit', 'off', true)`.execute(tx);
      return use(tx);
    });
}

async function run(tx: Db, statement: string): Promise<readonly Row[]> {
  return (await sql.raw<Row>(statement).execute(tx)).rows;
}

function isRollUp(id: AnyQueryId): id is RollUpId {
  return Object.hasOwn(ROLL_UPS, id);
}

/** Times become literals of the statement: nothing else may. @throws SundewError INPUT_INVALID */
function checked(time: string): string {
  if (!RFC3339.test(time)) throw new SundewError('INPUT_INVALID', 'a period is given in whole milliseconds, UTC');
  return time;
}
