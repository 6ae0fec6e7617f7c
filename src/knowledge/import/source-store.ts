// Imported sources, and which entries they may belong to. An entry changes only when an analyst says so.
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { uuidOf } from '../../core/capture-id.ts';
import { SundewError } from '../../core/error.ts';
import type { Db } from '../../storage/database.ts';
import { findThreat, reviseThreat } from '../threat-store.ts';
import type { StoredThreat, ThreatEntry } from '../types.ts';
import { bareNames } from './same-name.ts';
import type { ImportedSource } from './types.ts';

export interface ImportReport {
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  /** New ones. */
  readonly suggestions: number;
}

/** An imported source that may be about an entry. */
export interface Suggestion {
  readonly source: string;
  readonly threat: string;
  readonly threatName: string;
  /** The name they share. */
  readonly alias: string;
  readonly content: ImportedSource;
  readonly file: string;
  /** RFC 3339. */
  readonly importedAt: string;
}

const MAX_PAGE = 200;

/** Stores sources; safe to repeat. With `dryRun` nothing is stored and the report says what would be. */
export async function importSources(
  db: Db,
  sources: readonly ImportedSource[],
  given: { readonly file: string; readonly now: Date; readonly dryRun: boolean },
): Promise<ImportReport> {
  const rows = new Map(sources.map((content) => [idOf(content), rowOf(content)]));
  const hashes = await storedHashes(db, [...rows.keys()]);
  const fresh = [...rows.values()].filter(({ id }) => !hashes.has(id));
  const changed = [...rows.values()].filter(({ id, hash }) => hashes.has(id) && hashes.get(id) !== hash);
  const matches = await matchesOf(db, [...fresh, ...changed]);
  const same = rows.size - fresh.length - changed.length;
  if (given.dryRun) {
    const suggestions = matches.length - (await countKnown(db, matches));
    return { added: fresh.length, changed: changed.length, same, suggestions };
  }
  await saveSources(db, [...fresh, ...changed], given);
  const suggestions = await saveSuggestions(db, matches);
  return { added: fresh.length, changed: changed.length, same, suggestions };
}

type Row = ReturnType<typeof rowOf>;
interface Match {
  readonly source: string;
  readonly threat: string;
  readonly alias: string;
}

function idOf({ origin, ref }: ImportedSource): string {
  return uuidOf('source', origin, ref);
}

function rowOf(content: ImportedSource) {
  const { origin, ref, name } = content;
  const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex');
  return { id: idOf(content), origin, ref, name, content, hash };
}

async function storedHashes(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; content_hash: string }>`
    select id, content_hash from knowledge_source where id = any(${[...ids]}::uuid[])`.execute(db);
  return new Map(rows.map(({ id, content_hash: hash }) => [id, hash]));
}

/** Entries that share a bare name with a source. */
async function matchesOf(db: Db, rows: readonly Row[]): Promise<readonly Match[]> {
  if (rows.length === 0) return [];
  const threats = await sql<{ id: string; name: string; aliases: string[] }>`
    select id, name, array(select jsonb_array_elements_text(entry -> 'aliases')) as aliases from threat
    where type <> 'vulnerability' or entry ->> 'aliases' is not null`.execute(db);
  const byName = new Map<string, string[]>();
  for (const { id, name, aliases } of threats.rows) {
    for (const bare of bareNames([name, ...aliases])) byName.set(bare, [...(byName.get(bare) ?? []), id]);
  }
  return rows.flatMap(({ id, content }) => {
    const found = new Map<string, string>();
    for (const alias of bareNames([content.name, ...content.aliases])) {
      for (const threat of byName.get(alias) ?? []) if (!found.has(threat)) found.set(threat, alias);
    }
    return [...found].map(([threat, alias]) => ({ source: id, threat, alias }));
  });
}

async function countKnown(db: Db, matches: readonly Match[]): Promise<number> {
  const { rows } = await sql<{ known: number }>`
    select count(*)::int as known from merge_suggestion s
    join jsonb_to_recordset(${JSON.stringify(matches)}::jsonb) as r(source uuid, threat text)
      on r.source = s.source and r.threat = s.threat`.execute(db);
  return rows[0]?.known ?? 0;
}

async function saveSources(db: Db, rows: readonly Row[], given: { file: string; now: Date }): Promise<void> {
  if (rows.length === 0) return;
  await sql`insert into knowledge_source (id, origin, ref, name, content, content_hash, file, imported_at, updated_at)
    select id, origin, ref, name, content, hash, ${given.file}, ${given.now}::timestamptz, ${given.now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, origin text, ref text, name text, content jsonb,
      hash text)
    on conflict (id) do update set name = excluded.name, content = excluded.content, content_hash = excluded.content_hash,
      file = excluded.file, updated_at = excluded.updated_at`.execute(db);
}

/** What was decided stays decided. @returns how many are new */
async function saveSuggestions(db: Db, matches: readonly Match[]): Promise<number> {
  if (matches.length === 0) return 0;
  const { rows } = await sql<{ source: string }>`
    insert into merge_suggestion (source, threat, alias, state)
    select source, threat, alias, 'open' from jsonb_to_recordset(${JSON.stringify(matches)}::jsonb)
      as r(source uuid, threat text, alias text)
    on conflict (source, threat) do nothing returning source`.execute(db);
  return rows.length;
}

/** Suggestions that nobody has decided on, by entry. */
export async function openSuggestions(
  db: Db,
  query: { readonly threat?: string; readonly limit?: number; readonly offset?: number } = {},
): Promise<{ readonly suggestions: readonly Suggestion[]; readonly total: number }> {
  const limit = Math.min(Math.max(query.limit ?? 50, 1), MAX_PAGE);
  const { rows } = await sql<{
    source: string;
    threat: string;
    threat_name: string;
    alias: string;
    content: ImportedSource;
    file: string;
    imported_at: Date;
    total: number;
  }>`select m.source, m.threat, t.name as threat_name, m.alias, s.content, s.file, s.imported_at,
      count(*) over ()::int as total
    from merge_suggestion m join knowledge_source s on s.id = m.source join threat t on t.id = m.threat
    where m.state = 'open' and (${query.threat ?? null}::text is null or m.threat = ${query.threat ?? null})
    order by m.threat, s.name, m.source limit ${limit} offset ${Math.max(query.offset ?? 0, 0)}`.execute(db);
  const suggestions = rows.map(({ threat_name: threatName, imported_at: at, total: _, ...row }) => ({
    ...row,
    threatName,
    importedAt: at.toISOString(),
  }));
  return { suggestions, total: rows[0]?.total ?? 0 };
}

export interface Decision {
  readonly source: string;
  readonly threat: string;
  readonly accept: boolean;
  readonly author: string;
  readonly now: Date;
}

/**
 * Decides on a suggestion. Accepting adds aliases, references and the source to the entry, as a revision; every word that
 * stands there stays.
 * @throws SundewError NOT_FOUND, THREAT_UNKNOWN, THREAT_CONFLICT
 */
export async function decideSuggestion(db: Db, decision: Decision): Promise<StoredThreat | undefined> {
  const { source, threat, accept, author, now } = decision;
  return db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ content: ImportedSource }>`
      update merge_suggestion m set state = ${accept ? 'accepted' : 'dismissed'}, decided_by = ${author},
        decided_at = ${now} from knowledge_source s
      where m.source = ${source}::uuid and m.threat = ${threat} and m.state = 'open' and s.id = m.source
      returning s.content`.execute(tx);
    const content = rows[0]?.content;
    if (content === undefined) throw new SundewError('NOT_FOUND', 'this suggestion is not open');
    if (!accept) return undefined;
    const stored = await findThreat(tx, threat);
    if (stored === undefined) throw new SundewError('THREAT_UNKNOWN', `no threat "${threat}" is in the knowledge base`);
    const reason = `accepted from ${content.origin}: ${content.name}`;
    return reviseThreat(tx, threat, { ...stored, entry: withSource(stored.entry, content), author, reason, now });
  });
}

/** The entry with what a source adds; what is marked more narrowly than the entry gives its provenance alone. */
export function withSource(entry: ThreatEntry, content: ImportedSource): ThreatEntry {
  const { name, origin, ref, tlp, confidence } = content;
  const sources = [
    ...(entry.sources ?? []).filter((one) => one.origin !== origin || one.ref !== ref),
    { name, origin, ref, tlp, confidence },
  ];
  if (tlp !== 'clear' && tlp !== entry.tlp) return { ...entry, sources };
  const known = new Set([entry.name, ...entry.aliases].map((one) => one.toLowerCase()));
  const aliases = [name, ...content.aliases].filter((one) => !known.has(one.toLowerCase()));
  const references = content.references.filter((one) => !entry.references.includes(one));
  return {
    ...entry,
    aliases: [...entry.aliases, ...new Set(aliases)],
    references: [...entry.references, ...references],
    sources,
  };
}
