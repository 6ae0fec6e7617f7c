// What the store keeps of a capture that was erased: that there was one, when, of what class, in which campaign.
import type { CaptureId } from '../core/capture.ts';
import type { Db } from '../storage/database.ts';

/** Stands where the peer's address stood. */
export const ERASED_PEER = 'erased';

/** Takes what was said, and by whom, out of the table, and every correction of it. */
export async function forgetCapture(tx: Db, id: CaptureId): Promise<void> {
  await tx
    .updateTable('capture')
    .set({
      ...{ text: null, html: null, file: null, native: null, conversation: null, language: null },
      ...{ peer_id: ERASED_PEER, peer: JSON.stringify({ id: ERASED_PEER }), meta: '{}', indicators: '[]', reasons: [] },
    })
    .where('id', '=', id)
    .execute();
  await tx.deleteFrom('verdict_correction').where('capture', '=', id).execute();
}
