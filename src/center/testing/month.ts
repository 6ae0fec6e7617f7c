// A month with a warning in it, as the pipeline leaves it in the store.
import { insertCaptures } from '../../captures/capture-store.ts';
import { recordKnowledge } from '../../knowledge/record.ts';
import { analysed } from '../../knowledge/testing/analysed.ts';
import type { Db } from '../../storage/database.ts';
import { assessWarnings } from '../../warning/assess.ts';
import { listWarnings } from '../../warning/warning-store.ts';

/** A worm touches five decoys on the tenth, a minute apart. @returns the id of its warning */
export async function wormOf(db: Db, month: string, { simulated = false } = {}): Promise<string> {
  for (const [minute, decoy] of ['dora', 'max', 'eve', 'ida', 'tom'].entries()) {
    const at = `${month}-10T10:0${minute}:00.000Z`;
    const item = analysed({ at, decoy: `${decoy}@decoys.example`, peer: `from-${decoy}@spam.example` });
    const { capture, analysis } = item;
    const { class: verdict, score, reasons, severity, indicators, threats } = analysis;
    await db.transaction().execute(async (tx) => {
      await insertCaptures(tx, [
        {
          capture,
          verdict: {
            ...{ v: 1, capture: capture.id, class: verdict, score, reasons, severity, indicators, threats },
            ...(item.cluster === undefined ? {} : { campaign: item.cluster.campaign }),
          },
          journalSeq: minute + 1,
        },
      ]);
      await assessWarnings(tx, await recordKnowledge(tx, [item]), { simulated });
    });
  }
  const { warnings } = await listWarnings(db);
  return warnings[0]?.id ?? '';
}
