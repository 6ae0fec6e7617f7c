// What was taken back, joined to warnings as they are read: it stands in one place and holds for whatever is written later.
import { covers } from '../knowledge/retraction.ts';
import { retractedIndicators, retractionsOfCampaigns } from '../knowledge/retraction-store.ts';
import type { Db } from '../storage/database.ts';
import type { WarningRecord } from './types.ts';

/** The records with `retracted` and `withdrawn` as they stand now. */
export async function heedRetractions(db: Db, records: readonly WarningRecord[]): Promise<readonly WarningRecord[]> {
  if (records.length === 0) return records;
  const retracted = await retractionsOfCampaigns(
    db,
    records.map(({ campaign }) => campaign),
  );
  const bad = await retractedIndicators(db);
  return records.map((record) => {
    const decision = retracted.get(record.campaign);
    const { template, indicators } = record;
    const withdrawn = bad.filter(
      (one) => template.includes(one.value) || indicators.some((indicator) => covers(one, indicator)),
    );
    return {
      ...record,
      ...(decision === undefined ? {} : { retracted: decision }),
      ...(withdrawn.length === 0 ? {} : { withdrawn }),
    };
  });
}
