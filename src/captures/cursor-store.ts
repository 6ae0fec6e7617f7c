// How far the pipeline has come in a journal. It moves in the transaction that stores the batch, or not at all.
import type { Db } from '../storage/database.ts';

/** Number of the last journal entry that is projected; 0 at the beginning. */
export async function readCursor(db: Db, journal: string): Promise<number> {
  const row = await db.selectFrom('pipeline_cursor').select('seq').where('journal', '=', journal).executeTakeFirst();
  return row?.seq ?? 0;
}

/** Moves the cursor; it never goes back. */
export async function advanceCursor(tx: Db, journal: string, seq: number): Promise<void> {
  await tx
    .insertInto('pipeline_cursor')
    .values({ journal, seq })
    .onConflict((conflict) => conflict.column('journal').doUpdateSet({ seq }).where('pipeline_cursor.seq', '<', seq))
    .execute();
}
