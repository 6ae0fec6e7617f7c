// Erasing a capture for good: in the store, where campaigns quote it, and in the journal, however often it stands there.
import { findCapture } from '../captures/capture-store.ts';
import { decodeCaptureEntry } from '../captures/entry.ts';
import { forgetCapture } from '../captures/erasure-store.ts';
import type { EvidenceJournal } from '../captures/journal/journal.ts';
import type { CaptureId } from '../core/capture.ts';
import { SundewError } from '../core/error.ts';
import type { JournalEntry } from '../core/journal.ts';
import { forgetText } from '../knowledge/forget-store.ts';
import type { Db } from '../storage/database.ts';

/** Journal entries read at a time. */
const WINDOW = 2048;

/**
 * Erases what came, by whom, and what analysts kept of it. The store goes first: what fails half-way can be asked for again.
 * @returns how many journal entries lost their content; 0 when that was done before
 * @throws SundewError NOT_FOUND
 */
export async function eraseCapture(
  { db, journal }: { readonly db: Db; readonly journal: EvidenceJournal },
  asked: string,
): Promise<number> {
  const stored = await findCapture(db, asked);
  if (stored === undefined) throw new SundewError('NOT_FOUND', 'there is no capture of this id');
  const { id, text } = stored.capture;
  const { campaign } = stored.verdict;
  await db.transaction().execute(async (tx) => {
    await forgetCapture(tx, id);
    if (campaign !== undefined && text !== undefined) await forgetText(tx, campaign, text);
  });
  const seqs = await entriesOf(journal, id);
  if (seqs.length > 0) await journal.eraseAll(seqs);
  return seqs.length;
}

/** What a network delivered twice, or a crash doubled, has several entries. */
async function entriesOf(journal: EvidenceJournal, id: CaptureId): Promise<readonly number[]> {
  const seqs: number[] = [];
  for (let after = 0; after < journal.last; ) {
    const entries = await journal.read(after, WINDOW);
    for (const entry of entries) if (isOf(entry, id)) seqs.push(entry.seq);
    after = entries.at(-1)?.seq ?? journal.last;
  }
  return seqs;
}

function isOf({ type, content }: JournalEntry, id: CaptureId): boolean {
  if (
    type !== 'capture' ||
    content === undefined ||
    !Buffer.from(content.buffer, content.byteOffset, content.length).includes(id)
  )
    return false;
  try {
    return decodeCaptureEntry(content).capture.id === id;
  } catch {
    return false; // a dead letter: no capture has it
  }
}
