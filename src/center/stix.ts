// A warning as STIX, for a tier: what the policy table gives, or gave before it was taken back.
import { SundewError } from '../core/error.ts';
import { covers } from '../knowledge/retraction.ts';
import { undoneIndicators, undoneRetractions } from '../knowledge/retraction-store.ts';
import { type StixBundle, warningBundle } from '../sharing/stix/warning-bundle.ts';
import { type Tier, viewWarning } from '../warning/disclosure.ts';
import { findWarning, lastRevisionAt } from '../warning/warning-store.ts';
import type { RealmParts } from './realm.ts';

/** @throws SundewError NOT_FOUND while its text and hosts are not released to the tier */
export async function stixOf(
  { db, view: options }: RealmParts,
  id: string,
  tier: Exclude<Tier, 'subscriber'>,
  { now, publicUrl }: { readonly now: Date; readonly publicUrl: string },
): Promise<StixBundle> {
  const record = await findWarning(db, id);
  if (record === undefined) throw notThere(id);
  const { retracted, withdrawn = [], ...standing } = record;
  const viewOptions = { delayMs: options.realm === 'simulated' ? 0 : options.delayMs, scrub: options.scrub };
  // Who has what was taken back learns by its id that it is revoked: so all that was released is listed, and named no more.
  const released = viewWarning(standing, tier, now, viewOptions);
  const view = viewWarning({ ...standing, withdrawn }, tier, now, viewOptions);
  if (view === undefined || released?.indicators === undefined) throw notThere(id);
  const undone = await undoneIndicators(db);
  return warningBundle(
    {
      view: { ...view, indicators: released.indicators },
      modified: await lastRevisionAt(db, record.campaign),
      retracted: retracted !== undefined,
      undone: await undoneRetractions(db, record.campaign),
      isWithdrawn: (indicator) => withdrawn.some((one) => covers(one, indicator)),
      undoneOf: (indicator) => undone.filter((one) => covers(one, indicator)).length,
    },
    { publicUrl: publicUrl.replace(/\/+$/, ''), tlp: tier === 'operator' ? 'amber' : 'white' },
  );
}

const notThere = (id: string): SundewError =>
  new SundewError('NOT_FOUND', `there is no warning ${id.slice(0, 32)}, or its content is not public yet`);
