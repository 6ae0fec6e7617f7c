// Appeals: what listed parties say against being listed. Nothing of who sent one is kept but the contact that was given.
import { randomUUID } from 'node:crypto';
import { type Selectable, sql } from 'kysely';
import { defined } from '../core/defined.ts';
import type { Db } from '../storage/database.ts';
import type { AppealTable } from '../storage/tables/retraction.ts';

export const APPEAL_STATES = ['open', 'retracted', 'rejected'] as const;
export type AppealState = (typeof APPEAL_STATES)[number];

export interface Appeal {
  readonly id: string;
  /** RFC 3339. */
  readonly at: string;
  /** What is listed, as the appellant names it. */
  readonly what: string;
  readonly why: string;
  readonly contact?: string;
  readonly state: AppealState;
  readonly decided?: { readonly by: string; readonly at: string; readonly answer: string };
  /** What became of the answer by mail. */
  readonly mail: AppealTable['mail'];
  readonly mailNote?: string;
}

/** Open ones at most: a flood must not fill the store. */
const MAX_OPEN = 1_000;
const CONTACT_KEPT_MS = 30 * 86_400_000;
const DECIDED_KEPT_MS = 365 * 86_400_000;

/** @returns its id; undefined when too many are open */
export async function insertAppeal(
  db: Db,
  given: { readonly what: string; readonly why: string; readonly contact: string | undefined; readonly now: Date },
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    insert into appeal (id, at, what, why, contact, state, mail)
    select ${randomUUID()}::uuid, ${given.now}::timestamptz, ${given.what}, ${given.why}, ${given.contact ?? null}::text,
      'open', 'none'
    where (select count(*) from appeal where state = 'open') < ${MAX_OPEN} returning id`.execute(db);
  return rows[0]?.id;
}

/** Newest first. */
export async function listAppeals(
  db: Db,
  query: { readonly state?: AppealState; readonly limit?: number } = {},
): Promise<readonly Appeal[]> {
  const { state } = query;
  const rows = await db
    .selectFrom('appeal')
    .selectAll()
    .$if(state !== undefined, (q) => q.where('state', '=', state ?? 'open'))
    .orderBy('at', 'desc')
    .orderBy('id')
    .limit(query.limit ?? 100)
    .execute();
  return rows.map(recordOf);
}

export async function findAppeal(db: Db, id: string): Promise<Appeal | undefined> {
  const row = await db.selectFrom('appeal').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : recordOf(row);
}

export async function countOpenAppeals(db: Db): Promise<number> {
  const { rows } = await sql<{ open: number }>`
    select count(*)::int as open from appeal where state = 'open'`.execute(db);
  return rows[0]?.open ?? 0;
}

/** Decides an open one; with a contact the answer waits to be mailed. @returns undefined when it is not open */
export async function decideAppeal(
  db: Db,
  id: string,
  decision: {
    readonly state: 'retracted' | 'rejected';
    readonly by: string;
    readonly answer: string;
    readonly now: Date;
  },
): Promise<Appeal | undefined> {
  const { rows } = await sql<Selectable<AppealTable>>`
    update appeal set state = ${decision.state}, decided_at = ${decision.now}, decided_by = ${decision.by},
      answer = ${decision.answer}, mail_next_at = ${decision.now}, mail = case when contact is null then 'none' else 'pending' end
    where id = ${id}::uuid and state = 'open' returning *`.execute(db);
  return rows[0] === undefined ? undefined : recordOf(rows[0]);
}

/** Forgets contacts 30 days after the decision, and decided appeals after a year. */
export async function purgeAppeals(db: Db, now: Date): Promise<void> {
  const before = (ms: number): Date => new Date(now.getTime() - ms);
  await sql`
    update appeal set contact = null, mail = case when mail = 'pending' then 'failed' else mail end,
      mail_note = case when mail = 'pending' then 'the address was deleted before the answer could be sent' else mail_note end
    where contact is not null and decided_at < ${before(CONTACT_KEPT_MS)}`.execute(db);
  await sql`delete from appeal where state <> 'open' and decided_at < ${before(DECIDED_KEPT_MS)}`.execute(db);
}

function recordOf(row: Selectable<AppealTable>): Appeal {
  const { id, what, why, state, mail, contact, mail_note, decided_at, decided_by, answer } = row;
  return {
    ...{ id, at: row.at.toISOString(), what, why, state, mail },
    ...defined({
      contact: contact ?? undefined,
      mailNote: mail_note ?? undefined,
      decided:
        decided_at === null ? undefined : { at: decided_at.toISOString(), by: decided_by ?? '', answer: answer ?? '' },
    }),
  };
}
