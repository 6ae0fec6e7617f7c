// Answers to appeals on their way: what is due, what was tried. A try is counted before it is made, so that a crash is a try.
import { type Selectable, sql } from 'kysely';
import type { Db } from '../storage/database.ts';
import type { AppealTable } from '../storage/tables/retraction.ts';

export interface WaitingAnswer {
  /** Of the appeal. */
  readonly id: string;
  readonly contact: string;
  readonly retracted: boolean;
  readonly answer: string;
  /** Tries, this one among them. */
  readonly tries: number;
}

/** Takes the answers that are due, oldest decision first, until `leaseUntil`. @param id one alone */
export async function takeAnswers(
  db: Db,
  {
    now,
    leaseUntil,
    limit,
    id,
  }: { readonly now: Date; readonly leaseUntil: Date; readonly limit: number; readonly id?: string },
): Promise<readonly WaitingAnswer[]> {
  const { rows } = await sql<Selectable<AppealTable>>`
    update appeal set mail_tries = mail_tries + 1, mail_next_at = ${leaseUntil}
    where id in (select id from appeal where mail = 'pending' and contact is not null
      and coalesce(mail_next_at, ${now}) <= ${now} and (${id ?? null}::uuid is null or id = ${id ?? null}::uuid)
      order by decided_at limit ${limit} for update skip locked)
    returning *`.execute(db);
  return rows.flatMap(({ id: appeal, contact, state, answer, mail_tries: tries }) =>
    contact === null ? [] : [{ id: appeal, contact, retracted: state === 'retracted', answer: answer ?? '', tries }],
  );
}

/** Writes down how a try ended. @param nextAt of a `pending` one */
export async function recordAnswer(
  db: Db,
  id: string,
  {
    mail,
    note,
    nextAt,
  }: { readonly mail: 'sent' | 'failed' | 'pending'; readonly note: string; readonly nextAt?: Date },
): Promise<void> {
  await db
    .updateTable('appeal')
    .set({ mail, mail_note: note, mail_next_at: nextAt ?? null })
    .where('id', '=', id)
    .execute();
}

/** All that waits is due at once: whoever held it was killed, or mail has been set up. */
export async function answersDueNow(db: Db, now: Date): Promise<void> {
  await db
    .updateTable('appeal')
    .set({ mail_next_at: now })
    .where('mail', '=', 'pending')
    .where('mail_next_at', '>', now)
    .execute();
}

/** A person asks for it: the tries begin anew. */
export async function answerAgain(db: Db, id: string, now: Date): Promise<void> {
  await db
    .updateTable('appeal')
    .set({ mail: 'pending', mail_tries: 0, mail_next_at: now })
    .where('id', '=', id)
    .where('mail', 'in', ['pending', 'failed'])
    .where('contact', 'is not', null)
    .execute();
}

/** Says of what waits why nothing goes out. */
export async function noteWaiting(db: Db, note: string): Promise<void> {
  await db
    .updateTable('appeal')
    .set({ mail_note: note })
    .where('mail', '=', 'pending')
    .where((e) => e.or([e('mail_note', 'is', null), e('mail_note', '<>', note)]))
    .execute();
}
