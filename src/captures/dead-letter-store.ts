// Journal entries that the pipeline could not take, with the cause, until someone retries or drops them.
import { randomUUID } from 'node:crypto';
import { type Selectable, sql } from 'kysely';
import type { Db } from '../storage/database.ts';
import type { CapturesTables } from '../storage/tables/captures.ts';

const MAX_CAUSE = 2000;

export interface DeadLetter {
  readonly id: string;
  readonly stage: string;
  readonly capture?: string;
  readonly journalSeq: number;
  readonly cause: string;
  readonly at: string;
  readonly tries: number;
}

/** Records a failure; the same entry failing again at the same stage counts as one more try. */
export async function recordDeadLetter(db: Db, letter: Omit<DeadLetter, 'id' | 'tries'>): Promise<void> {
  const cause = letter.cause.slice(0, MAX_CAUSE).toWellFormed().replaceAll('\u0000', '\ufffd');
  await db
    .insertInto('dead_letter')
    .values({
      id: randomUUID(),
      stage: letter.stage,
      capture: letter.capture ?? null,
      journal_seq: letter.journalSeq,
      cause,
      at: letter.at,
      tries: 1,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['journal_seq', 'stage'])
        .doUpdateSet({ cause, at: letter.at, tries: sql`dead_letter.tries + 1` }),
    )
    .execute();
}

/** The newest first. */
export async function listDeadLetters(db: Db, limit = 200): Promise<readonly DeadLetter[]> {
  const rows = await db.selectFrom('dead_letter').selectAll().orderBy('at', 'desc').limit(limit).execute();
  return rows.map(toLetter);
}

function toLetter(row: Selectable<CapturesTables['dead_letter']>): DeadLetter {
  return {
    id: row.id,
    stage: row.stage,
    ...(row.capture === null ? {} : { capture: row.capture }),
    journalSeq: row.journal_seq,
    cause: row.cause,
    at: row.at.toISOString(),
    tries: row.tries,
  };
}

export async function countDeadLetters(db: Db): Promise<number> {
  const row = await db.selectFrom('dead_letter').select(sql<number>`count(*)`.as('count')).executeTakeFirst();
  return row?.count ?? 0;
}

/** The letter of an id. */
export async function findDeadLetter(db: Db, id: string): Promise<DeadLetter | undefined> {
  const row = await db.selectFrom('dead_letter').selectAll().where(sql`id::text`, '=', id).executeTakeFirst();
  return row === undefined ? undefined : toLetter(row);
}

/** Drops a letter, after a retry that went well or by hand. @returns whether it was there */
export async function deleteDeadLetter(db: Db, id: string): Promise<boolean> {
  const result = await db.deleteFrom('dead_letter').where(sql`id::text`, '=', id).executeTakeFirst();
  return result.numDeletedRows > 0n;
}
