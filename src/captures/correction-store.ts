// What analysts said a capture really was. The verdict itself stays as it was given; the classifier learns from these.
import type { Insertable, Selectable } from 'kysely';
import type { VerdictClass } from '../core/verdict.ts';
import type { Db } from '../storage/database.ts';
import type { CapturesTables } from '../storage/tables/captures.ts';

/** Units of text that are kept to learn from. */
const MAX_TEXT = 4000;

/** A correction; the latest one of a capture counts. */
export interface Correction {
  readonly capture: string;
  readonly class: VerdictClass;
  /** The class of the verdict that was corrected. */
  readonly was: VerdictClass;
  /** The text as people see it. */
  readonly text: string;
  readonly note?: string;
  /** Name of the person. */
  readonly by: string;
  readonly at: string;
}

/** Records a correction in place of an earlier one of the same capture. */
export async function putCorrection(db: Db, correction: Correction): Promise<void> {
  const { note, at, text, ...rest } = correction;
  const clean = text.slice(0, MAX_TEXT).toWellFormed().replaceAll('\u0000', '\ufffd');
  const row: Insertable<CapturesTables['verdict_correction']> = { ...rest, text: clean, note: note ?? null, at };
  await db
    .insertInto('verdict_correction')
    .values(row)
    .onConflict((conflict) => conflict.column('capture').doUpdateSet(row))
    .execute();
}

export async function findCorrection(db: Db, capture: string): Promise<Correction | undefined> {
  const row = await db.selectFrom('verdict_correction').selectAll().where('capture', '=', capture).executeTakeFirst();
  return row === undefined ? undefined : toCorrection(row);
}

/** Takes a correction back. @returns whether there was one */
export async function dropCorrection(db: Db, capture: string): Promise<boolean> {
  const result = await db.deleteFrom('verdict_correction').where('capture', '=', capture).executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** The newest first. */
export async function listCorrections(db: Db, limit: number): Promise<readonly Correction[]> {
  const query = db.selectFrom('verdict_correction').selectAll().orderBy('at', 'desc').orderBy('capture').limit(limit);
  return (await query.execute()).map(toCorrection);
}

function toCorrection(row: Selectable<CapturesTables['verdict_correction']>): Correction {
  const { note, at, ...rest } = row;
  return { ...rest, at: at.toISOString(), ...(note === null ? {} : { note }) };
}
