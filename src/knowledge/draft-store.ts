// Drafts of entries: one a campaign, kept up to date by captures until an analyst has touched it, and those begun by hand.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { SundewError } from '../core/error.ts';
import type { Db } from '../storage/database.ts';
import { type DraftFacts, draftEntryOf, draftIdOf } from './draft-entry.ts';
import { addThreat } from './threat-store.ts';
import type { StoredThreat, ThreatEntry } from './types.ts';

export const DRAFT_STATES = ['open', 'published', 'dismissed'] as const;
export type DraftState = (typeof DRAFT_STATES)[number];

export interface Draft {
  /** Of a draft begun by hand it names the draft alone. */
  readonly campaign: string;
  /** There is such a campaign. */
  readonly ofCampaign: boolean;
  /** Proposed id of the entry. */
  readonly id: string;
  readonly state: DraftState;
  readonly revision: number;
  /** An analyst has written in it: captures no longer change it. */
  readonly touched: boolean;
  readonly entry: ThreatEntry;
  /** The entry it was published as. */
  readonly threat?: string;
  /** RFC 3339. */
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface DraftEdit {
  /** The revision that was read. */
  readonly revision: number;
  readonly author: string;
  readonly now: Date;
}

const MAX_PAGE = 200;
const COLUMNS = sql`d.*, exists (select from campaign c where c.id = d.campaign) as of_campaign`;

/** Starts drafts, and brings those that nobody has touched up to date. */
export async function saveDrafts(db: Db, facts: readonly DraftFacts[], now: Date): Promise<void> {
  if (facts.length === 0) return;
  const rows = facts.map((one) => ({ campaign: one.campaign, id: draftIdOf(one), entry: draftEntryOf(one) }));
  await sql`insert into threat_draft as d (campaign, id, state, revision, touched, entry, created_at, updated_at)
    select campaign, id, 'open', 1, false, entry, ${now}::timestamptz, ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(campaign uuid, id text, entry jsonb)
    on conflict (campaign) do update set id = excluded.id, entry = excluded.entry, revision = d.revision + 1,
      updated_at = excluded.updated_at where d.state = 'open' and not d.touched`.execute(db);
}

/** Drafts of a state, the one changed last first. */
export async function listDrafts(
  db: Db,
  query: { readonly state?: DraftState; readonly limit?: number; readonly offset?: number } = {},
): Promise<{ readonly drafts: readonly Draft[]; readonly total: number }> {
  const { rows } = await sql<Row & { total: number }>`
    select ${COLUMNS}, count(*) over ()::int as total from threat_draft d where state = ${query.state ?? 'open'}
    order by updated_at desc, campaign limit ${Math.min(Math.max(query.limit ?? 50, 1), MAX_PAGE)}
    offset ${Math.max(query.offset ?? 0, 0)}`.execute(db);
  return { drafts: rows.map(draftOf), total: rows[0]?.total ?? 0 };
}

/** The draft of a campaign. */
export async function findDraft(db: Db, campaign: string): Promise<Draft | undefined> {
  const { rows } = await sql<Row>`select ${COLUMNS} from threat_draft d where campaign = ${campaign}::uuid`.execute(db);
  const row = rows[0];
  return row === undefined ? undefined : draftOf(row);
}

/** Begins a draft that no campaign started. */
export async function startDraft(
  db: Db,
  given: { readonly id: string; readonly entry: ThreatEntry; readonly now: Date },
): Promise<Draft> {
  const { id, entry, now } = given;
  const { rows } =
    await sql<Row>`insert into threat_draft as d (campaign, id, state, revision, touched, entry, created_at,
      updated_at)
    values (${randomUUID()}::uuid, ${id}, 'open', 1, true, ${JSON.stringify(entry)}::jsonb, ${now}, ${now})
    returning ${COLUMNS}`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new TypeError('a draft was not stored');
  return draftOf(row);
}

/** Stores what an analyst wrote. @throws SundewError NOT_FOUND, THREAT_CONFLICT */
export async function editDraft(
  db: Db,
  campaign: string,
  edit: DraftEdit & { readonly id: string; readonly entry: ThreatEntry },
): Promise<Draft> {
  const { rows } =
    await sql<Row>`update threat_draft d set entry = ${JSON.stringify(edit.entry)}::jsonb, id = ${edit.id},
      touched = true, revision = revision + 1, updated_at = ${edit.now}
    where campaign = ${campaign}::uuid and state = 'open' and revision = ${edit.revision} returning ${COLUMNS}`.execute(
      db,
    );
  const row = rows[0];
  if (row !== undefined) return draftOf(row);
  throw await refusal(db, campaign, edit.revision);
}

/** Review passed: the draft becomes an entry. @throws SundewError NOT_FOUND, THREAT_CONFLICT */
export async function publishDraft(
  db: Db,
  campaign: string,
  edit: DraftEdit & { readonly reason: string },
): Promise<StoredThreat> {
  const { author, reason, now } = edit;
  return db.transaction().execute(async (tx) => {
    const draft = await decide(tx, campaign, { ...edit, state: 'published' });
    const stored = await addThreat(tx, draft.id, { entry: draft.entry, author, reason, now });
    await sql`update threat_draft set threat = ${stored.id} where campaign = ${campaign}::uuid`.execute(tx);
    await sql`update campaign set threats = (threats || ${stored.id}::text)[1:20]
      where id = ${campaign}::uuid and not ${stored.id} = any(threats)`.execute(tx);
    return stored;
  });
}

/** Nothing to keep: the campaign starts no further draft. @throws SundewError NOT_FOUND, THREAT_CONFLICT */
export async function dismissDraft(
  db: Db,
  campaign: string,
  edit: DraftEdit & { readonly reason: string },
): Promise<Draft> {
  return decide(db, campaign, { ...edit, state: 'dismissed' });
}

async function decide(
  db: Db,
  campaign: string,
  given: DraftEdit & { readonly reason: string; readonly state: DraftState },
): Promise<Draft> {
  const { state, author, reason, now, revision } = given;
  const { rows } =
    await sql<Row>`update threat_draft d set state = ${state}, decided_by = ${author}, reason = ${reason},
      updated_at = ${now} where campaign = ${campaign}::uuid and state = 'open' and revision = ${revision}
    returning ${COLUMNS}`.execute(db);
  const row = rows[0];
  if (row !== undefined) return draftOf(row);
  throw await refusal(db, campaign, revision);
}

async function refusal(db: Db, campaign: string, revision: number): Promise<SundewError> {
  const current = await findDraft(db, campaign);
  if (current === undefined) return new SundewError('NOT_FOUND', 'this campaign has no draft');
  if (current.state !== 'open') return new SundewError('THREAT_CONFLICT', `the draft was ${current.state} already`);
  return new SundewError(
    'THREAT_CONFLICT',
    `the draft is at revision ${current.revision}, not ${revision}: read it again and repeat the edit`,
  );
}

interface Row {
  readonly campaign: string;
  readonly of_campaign: boolean;
  readonly id: string;
  readonly state: string;
  readonly revision: number;
  readonly touched: boolean;
  readonly entry: unknown;
  readonly threat: string | null;
  readonly created_at: Date;
  readonly updated_at: Date;
}

function draftOf(row: Row): Draft {
  const { campaign, id, revision, touched, threat } = row;
  return {
    ...{ campaign, id, revision, touched, ofCampaign: row.of_campaign },
    state: DRAFT_STATES.find((one) => one === row.state) ?? 'dismissed',
    // Written by this file only, from a ThreatEntry.
    entry: row.entry as ThreatEntry,
    ...(threat === null ? {} : { threat }),
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
