// Threats and their revisions. Every edit is a new revision; nobody's edit is lost to somebody else's.
import { type RawBuilder, sql } from 'kysely';
import { SundewError } from '../core/error.ts';
import { type Severity, severityRank } from '../core/severity.ts';
import type { Db } from '../storage/database.ts';
import { networkWords, queryWords, searchTextOf } from './threat-search.ts';
import type { StoredThreat, ThreatEntry, ThreatRevision } from './types.ts';

export interface ThreatQuery {
  readonly q?: string;
  readonly type?: string;
  readonly network?: string;
  /** This severity or worse. */
  readonly severity?: Severity;
  readonly limit?: number;
  readonly offset?: number;
  /** Only what is for everybody (TLP:CLEAR) and stands for itself, not for another entry it was merged into. */
  readonly published?: boolean;
}

export interface ThreatHit extends StoredThreat {
  /** Captures that matched it. */
  readonly sightings: number;
}

const MAX_PAGE = 200;
const DEFAULT_PAGE = 50;
const MERGED = JSON.stringify([{ kind: 'merged-into' }]);
/** pg_trgm word similarity from which a misspelt word counts. */
const SIMILAR = 0.5;

interface Row {
  readonly id: string;
  readonly revision: number;
  readonly updated_at: Date;
  readonly entry: unknown;
}

/** The entry of that id at its newest revision. */
export async function findThreat(db: Db, id: string): Promise<StoredThreat | undefined> {
  const row = await db
    .selectFrom('threat')
    .select(['id', 'revision', 'updated_at', 'entry'])
    .where('id', '=', id)
    .executeTakeFirst();
  return row === undefined ? undefined : storedOf(row);
}

/** Entries that hold all words of `q` or words like them, best match first; without `q` newest threat first. */
export async function searchThreats(
  db: Db,
  query: ThreatQuery,
): Promise<{ readonly threats: readonly ThreatHit[]; readonly total: number }> {
  const words = queryWords(query.q ?? '');
  const limit = Math.min(Math.max(query.limit ?? DEFAULT_PAGE, 1), MAX_PAGE);
  const result = await sql<Row & { sightings: number; total: number }>`
    select t.id, t.revision, t.updated_at, t.entry, count(*) over ()::int as total,
      coalesce((select sum(s.captures) from threat_sighting s where s.threat = t.id), 0)::bigint as sightings
    from threat t where ${conditions(query, words)}
    order by ${rank(words)} desc, t.entry ->> 'firstSeen' desc, t.id
    limit ${limit} offset ${Math.max(query.offset ?? 0, 0)}`.execute(db);
  const total = result.rows[0]?.total ?? (query.offset ? await countThreats(db, query) : 0);
  return { threats: result.rows.map((row) => ({ ...storedOf(row), sightings: row.sightings })), total };
}

/** How many entries match, regardless of paging. */
export async function countThreats(db: Db, query: ThreatQuery = {}): Promise<number> {
  const where = conditions(query, queryWords(query.q ?? ''));
  const result = await sql<{ total: number }>`select count(*)::int as total from threat t where ${where}`.execute(db);
  return result.rows[0]?.total ?? 0;
}

/**
 * Stores a new revision of an entry.
 * @param revision the revision that the editor read
 * @throws SundewError THREAT_UNKNOWN, THREAT_CONFLICT
 */
export async function reviseThreat(
  db: Db,
  id: string,
  edit: {
    readonly revision: number;
    readonly entry: ThreatEntry;
    readonly author: string;
    readonly reason: string;
    readonly now: Date;
  },
): Promise<StoredThreat> {
  const { entry, revision, author, reason, now } = edit;
  const json = JSON.stringify(entry);
  const changed = await sql<Row>`
    with changed as (update threat set revision = revision + 1, entry = ${json}::jsonb, name = ${entry.name},
      type = ${entry.type}, networks = ${[...entry.networks]}::text[], severity = ${severityRank(entry.severity)},
      confirmed = ${entry.confirmed}, search = ${searchTextOf(entry)}, updated_at = ${now}
      where id = ${id} and revision = ${revision} returning id, revision, updated_at, entry),
    kept as (insert into threat_revision (threat, revision, at, author, reason, entry)
      select id, revision, updated_at, ${author}, ${reason}, entry from changed)
    select * from changed`.execute(db);
  const row = changed.rows[0];
  if (row !== undefined) return storedOf(row);
  const current = await findThreat(db, id);
  if (current === undefined) throw new SundewError('THREAT_UNKNOWN', `no threat "${id}" is in the knowledge base`);
  throw new SundewError(
    'THREAT_CONFLICT',
    `threat "${id}" is at revision ${current.revision}, not ${revision}: read it again and repeat the edit`,
  );
}

/** Adds an entry made by an analyst. @throws SundewError THREAT_CONFLICT when the id is taken */
export async function addThreat(
  db: Db,
  id: string,
  given: { readonly entry: ThreatEntry; readonly author: string; readonly reason: string; readonly now: Date },
): Promise<StoredThreat> {
  const { entry, author, reason, now } = given;
  const added = await sql<Row>`
    with added as (insert into threat (id, revision, entry, name, type, networks, severity, confirmed, search, updated_at)
      values (${id}, 1, ${JSON.stringify(entry)}::jsonb, ${entry.name}, ${entry.type}, ${[...entry.networks]}::text[],
        ${severityRank(entry.severity)}, ${entry.confirmed}, ${searchTextOf(entry)}, ${now})
      on conflict (id) do nothing returning id, revision, updated_at, entry),
    kept as (insert into threat_revision (threat, revision, at, author, reason, entry)
      select id, 1, ${now}, ${author}, ${reason}, entry from added)
    select * from added`.execute(db);
  const row = added.rows[0];
  if (row === undefined) throw new SundewError('THREAT_CONFLICT', `a threat "${id}" is already in the knowledge base`);
  return storedOf(row);
}

/** All revisions of an entry, newest first. */
export async function listRevisions(db: Db, id: string): Promise<readonly ThreatRevision[]> {
  const rows = await db
    .selectFrom('threat_revision')
    .select(['revision', 'at', 'author', 'reason', 'entry'])
    .where('threat', '=', id)
    .orderBy('revision', 'desc')
    .execute();
  return rows.map((row) => ({ ...row, at: row.at.toISOString(), entry: row.entry as ThreatEntry }));
}

/** Names of entries, for warnings and captures that refer to them. */
export async function threatNames(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('threat')
    .select(['id', 'name'])
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map((row) => [row.id, row.name]));
}

/** Name and status of these entries. */
export async function threatStatuses(
  db: Db,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { readonly name: string; readonly status: string }>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('threat')
    .select(['id', 'name', sql<string>`entry ->> 'status'`.as('status')])
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map(({ id, name, status }) => [id, { name, status }]));
}

function storedOf(row: Row): StoredThreat {
  // Written by this file only, from a ThreatEntry.
  const entry = row.entry as ThreatEntry;
  return { id: row.id, revision: row.revision, updatedAt: row.updated_at.toISOString(), entry };
}

function conditions(query: ThreatQuery, words: readonly string[]): RawBuilder<unknown> {
  const all = [sql`true`];
  if (query.published === true) {
    all.push(sql`t.entry ->> 'tlp' = 'clear' and not coalesce(t.entry -> 'relations', '[]') @> ${MERGED}::jsonb`);
  }
  if (query.q !== undefined && query.q.trim() !== '' && words.length === 0) all.push(sql`false`);
  if (query.type !== undefined) all.push(sql`t.type = ${query.type}`);
  if (query.network !== undefined) all.push(sql`t.networks && ${[...networkWords(query.network)]}::text[]`);
  if (query.severity !== undefined) all.push(sql`t.severity >= ${severityRank(query.severity)}`);
  for (const word of words) {
    all.push(sql`(strpos(t.search, ${word}) > 0 or word_similarity(${word}, t.search) >= ${SIMILAR})`);
  }
  return sql.join(all, sql` and `);
}

/** A hit in the name counts most, then in the text, then a resemblance, to the name more than to the text. */
function rank(words: readonly string[]): RawBuilder<unknown> {
  if (words.length === 0) return sql`0::real`;
  const scores = words.map(
    (
      word,
    ) => sql`(case when lower(t.name) = ${word} then 4 when strpos(lower(t.name), ${word}) > 0 then 3 when strpos(t.search, ${word}) > 0 then 2
      else greatest(word_similarity(${word}, t.search), word_similarity(${word}, t.name) + similarity(${word}, t.name) / 2) end)`,
  );
  return sql.join(scores, sql` + `);
}
