// Warnings and their revisions.
import { sql } from 'kysely';
import type { Network } from '../core/network.ts';
import { SEVERITIES, type Severity, severityRank } from '../core/severity.ts';
import { isRetracted } from '../knowledge/retraction-store.ts';
import type { Db } from '../storage/database.ts';
import { heedRetractions } from './heed-retractions.ts';
import type { WarningChange, WarningRecord } from './types.ts';
import { parseWarningId } from './warning-id.ts';

export interface WarningQuery {
  readonly network?: Network;
  /** This severity or worse. */
  readonly severity?: Severity;
  /** RFC 3339; changed at or after it. */
  readonly since?: string;
  readonly threat?: string;
  readonly open?: boolean;
  /** Leaves out what was retracted. */
  readonly standing?: boolean;
  /** `next` of the page before. */
  readonly before?: string;
  readonly limit?: number;
}

export interface StoredRevision {
  readonly revision: number;
  readonly at: string;
  readonly change: WarningChange['change'];
  readonly notify: boolean;
  readonly record: WarningRecord;
}

/** A revision to be stored. */
export interface NewRevision {
  readonly record: WarningRecord;
  readonly change: WarningChange['change'];
  readonly notify: boolean;
  readonly lastSeenMs: number;
  readonly heldUntilMs: number | undefined;
  readonly open: boolean;
}

/** Counts of a warning that changed without a revision. */
export interface NewCounts {
  readonly campaign: string;
  readonly captures: number;
  readonly senders: number;
  readonly decoys: number;
  readonly lastSeen: string;
}

const MAX_PAGE = 200;
const DEFAULT_PAGE = 50;

/** Stores revisions in order; the last of a campaign becomes the warning. */
export async function saveRevisions(db: Db, revisions: readonly NewRevision[]): Promise<void> {
  if (revisions.length === 0) return;
  const newest = [...new Map(revisions.map((one) => [one.record.campaign, one])).values()];
  const rows = JSON.stringify(newest.map(rowOf));
  await sql`insert into warning as w (campaign, id, revision, kind, at, updated_at, last_seen, held_until, severity, class,
      networks, growth, decoys, senders, captures, open, record)
    select * from jsonb_to_recordset(${rows}::jsonb) as r(campaign uuid, id text, revision integer, kind text,
      at timestamptz, updated_at timestamptz, last_seen timestamptz, held_until timestamptz, severity smallint,
      class text, networks text[], growth text, decoys bigint, senders bigint, captures bigint, open boolean, record jsonb)
    on conflict (campaign) do update set revision = excluded.revision, kind = excluded.kind,
      updated_at = excluded.updated_at, last_seen = greatest(w.last_seen, excluded.last_seen),
      held_until = excluded.held_until, severity = excluded.severity, class = excluded.class,
      networks = excluded.networks, growth = excluded.growth, decoys = excluded.decoys, senders = excluded.senders,
      captures = excluded.captures, open = excluded.open, record = excluded.record`.execute(db);
  const history = revisions.map(({ record, change, notify }) => ({
    campaign: record.campaign,
    revision: record.revision,
    at: record.updatedAt,
    notify,
    change,
    record,
  }));
  await sql`insert into warning_revision (campaign, revision, at, notify, change, record)
    select * from jsonb_to_recordset(${JSON.stringify(history)}::jsonb) as r(campaign uuid, revision integer,
      at timestamptz, notify boolean, change text, record jsonb)`.execute(db);
}

/** Brings the counts of standing warnings up to date without a revision. */
export async function saveCounts(db: Db, counts: readonly NewCounts[]): Promise<void> {
  if (counts.length === 0) return;
  const rows = counts.map(({ campaign, lastSeen, ...numbers }) => ({
    campaign,
    last_seen: lastSeen,
    ...numbers,
    numbers,
  }));
  await sql`update warning w set captures = r.captures, senders = r.senders, decoys = r.decoys,
      last_seen = greatest(w.last_seen, r.last_seen), record = w.record || r.numbers
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(campaign uuid, captures bigint, senders bigint,
      decoys bigint, last_seen timestamptz, numbers jsonb) where w.campaign = r.campaign`.execute(db);
}

/** The warning of that id, however it is typed. */
export async function findWarning(db: Db, id: string): Promise<WarningRecord | undefined> {
  const parsed = parseWarningId(id);
  if (parsed === undefined) return undefined;
  const row = await db.selectFrom('warning').select('record').where('id', '=', parsed).executeTakeFirst();
  return row === undefined ? undefined : (await heedRetractions(db, [row.record as WarningRecord]))[0];
}

/** Warnings, the one changed last first. */
export async function listWarnings(
  db: Db,
  query: WarningQuery = {},
): Promise<{ readonly warnings: readonly WarningRecord[]; readonly next?: string }> {
  const limit = Math.min(Math.max(query.limit ?? DEFAULT_PAGE, 1), MAX_PAGE);
  const before = parseCursor(query.before);
  const rows = await db
    .selectFrom('warning')
    .select(['record', 'updated_at', 'campaign'])
    .$if(query.network !== undefined, (q) => q.where(sql<boolean>`${query.network} = any(networks)`))
    .$if(query.severity !== undefined, (q) => q.where('severity', '>=', severityRank(query.severity ?? 'info')))
    .$if(query.since !== undefined, (q) => q.where('updated_at', '>=', new Date(query.since ?? 0)))
    .$if(query.open !== undefined, (q) => q.where('open', '=', query.open ?? true))
    .$if(query.threat !== undefined, (q) => q.where(sql<boolean>`record -> 'threat' ->> 'id' = ${query.threat}`))
    .$if(query.standing === true, (q) => q.where(sql<boolean>`not ${isRetracted(sql.ref('warning.campaign'))}`))
    .$if(before !== undefined, (q) =>
      q.where(sql<boolean>`(updated_at, campaign) < (${before?.at}::timestamptz, ${before?.campaign}::uuid)`),
    )
    .orderBy('updated_at', 'desc')
    .orderBy('campaign', 'desc')
    .limit(limit + 1)
    .execute();
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    warnings: await heedRetractions(
      db,
      page.map(({ record }) => record as WarningRecord),
    ),
    ...(last === undefined ? {} : { next: `${last.updated_at.toISOString()}_${last.campaign}` }),
  };
}

/** Every revision of a warning, oldest first. */
export async function listWarningRevisions(db: Db, id: string): Promise<readonly StoredRevision[]> {
  const rows = await db
    .selectFrom('warning_revision as r')
    .innerJoin('warning as w', 'w.campaign', 'r.campaign')
    .select(['r.revision', 'r.at', 'r.change', 'r.notify', 'r.record'])
    .where('w.id', '=', parseWarningId(id) ?? '')
    .orderBy('r.revision')
    .execute();
  return rows.map((row) => ({
    revision: row.revision,
    at: row.at.toISOString(),
    change: row.change as WarningChange['change'],
    notify: row.notify,
    record: row.record as WarningRecord,
  }));
}

/** When the newest of its revisions was made (RFC 3339): a replay of the past writes later ones that are dated earlier. */
export async function lastRevisionAt(db: Db, campaign: string): Promise<string> {
  const { rows } = await sql<{ at: Date | null }>`
    select max(at) as at from warning_revision where campaign = ${campaign}`.execute(db);
  return (rows[0]?.at ?? new Date(0)).toISOString();
}

/** How many warnings changed at or after `since` (RFC 3339), advance notices and retracted ones aside. */
export async function countWarnings(db: Db, since: string): Promise<number> {
  const result = await sql<{ total: number }>`
    select count(*)::int as total from warning where updated_at >= ${since} and kind <> 'advance-notice'
      and not ${isRetracted(sql.ref('warning.campaign'))}`.execute(db);
  return result.rows[0]?.total ?? 0;
}

function rowOf({ record, lastSeenMs, heldUntilMs, open }: NewRevision): Record<string, unknown> {
  const { campaign, id, revision, kind, at, networks, growth, decoys, senders, captures } = record;
  return {
    ...{ campaign, id, revision, kind, at, networks, growth, decoys, senders, captures, open, record },
    class: record.class,
    severity: SEVERITIES.indexOf(record.severity) + 1,
    updated_at: record.updatedAt,
    last_seen: new Date(lastSeenMs).toISOString(),
    held_until: heldUntilMs === undefined ? null : new Date(heldUntilMs).toISOString(),
  };
}

const CURSOR = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)(?:_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}))?$/;

/** A page's `next`, or a plain time; anything else starts at the newest. */
function parseCursor(text: string | undefined): { readonly at: string; readonly campaign: string } | undefined {
  const found = CURSOR.exec(text ?? '');
  const at = found?.[1];
  return at === undefined ? undefined : { at, campaign: found?.[2] ?? '00000000-0000-0000-0000-000000000000' };
}
