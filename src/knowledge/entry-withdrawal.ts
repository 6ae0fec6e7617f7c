// Entries that were published from a campaign which is retracted: which they are, withdrawing them, and giving them back. A
// withdrawn entry is for its analysts alone (TLP:RED) and has no signatures; both are ordinary revisions of it.
import { sql } from 'kysely';
import type { Tlp } from '../core/severity.ts';
import type { Db, Tx } from '../storage/database.ts';
import { mergedInto } from './merged.ts';
import type { Decision, Retraction } from './retraction.ts';
import { findThreat, reviseThreat } from './threat-store.ts';
import type { StoredThreat } from './types.ts';

/** What no entry has that anybody but analysts reads. */
const WITHDRAWN: Tlp = 'red';
/** Entries published from one campaign and those merged into it; more would be a mistake elsewhere. */
const MAX_ENTRIES = 50;

/** An entry as it was before it was withdrawn. */
interface Withdrawn {
  readonly threat: string;
  readonly tlp: Tlp;
}

/** Entries published from a campaign, or from one that was merged into it, that are not withdrawn. */
export async function entriesOfCampaign(db: Db, campaign: string): Promise<readonly StoredThreat[]> {
  const { rows } = await sql<{ threat: string }>`select distinct d.threat from threat_draft d
      left join campaign c on c.id = d.campaign
    where d.state = 'published' and d.threat is not null
      and (d.campaign = ${campaign}::uuid or c.merged_into = ${campaign}::uuid)
    order by d.threat limit ${MAX_ENTRIES}`.execute(db);
  const found = await Promise.all(rows.map(({ threat }) => findThreat(db, threat)));
  return found.filter((one) => one !== undefined).filter(({ entry }) => entry.tlp !== WITHDRAWN);
}

/** Withdraws them with a retraction that stands; those merged into another entry are left to the analyst. @throws SundewError THREAT_CONFLICT */
export async function withdrawEntries(
  tx: Tx,
  { id, label }: Pick<Retraction, 'id' | 'label'>,
  entries: readonly StoredThreat[],
  decision: Decision,
): Promise<readonly StoredThreat[]> {
  const own = entries.filter(({ entry }) => mergedInto(entry) === undefined);
  const reason = `withdrawn with the retraction of ${label}: ${decision.reason}`;
  const revised: StoredThreat[] = [];
  for (const one of own) revised.push(await revise(tx, one, WITHDRAWN, reason, decision));
  const rows = own.map(({ id: threat, entry }): Withdrawn => ({ threat, tlp: entry.tlp }));
  await sql`update retraction set entries = entries || ${JSON.stringify(rows)}::jsonb where id = ${id}::uuid`.execute(
    tx,
  );
  return revised;
}

/** Gives those back that were withdrawn with a retraction, unless somebody gave them another TLP since. @throws SundewError THREAT_CONFLICT */
export async function restoreEntries(
  tx: Tx,
  { id, label }: Pick<Retraction, 'id' | 'label'>,
  decision: Decision,
): Promise<readonly StoredThreat[]> {
  const { rows } = await sql<{ entries: unknown }>`select entries from retraction where id = ${id}::uuid`.execute(tx);
  const reason = `${label} counts again: ${decision.reason}`;
  const revised: StoredThreat[] = [];
  // Written by this file only.
  for (const { threat, tlp } of (rows[0]?.entries ?? []) as readonly Withdrawn[]) {
    const one = await findThreat(tx, threat);
    if (one?.entry.tlp === WITHDRAWN) revised.push(await revise(tx, one, tlp, reason, decision));
  }
  return revised;
}

/** Ids of entries that are withdrawn with a retraction that stands. */
export async function withdrawnThreats(db: Db): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ threat: string }>`select distinct e ->> 'threat' as threat
    from retraction r, jsonb_array_elements(r.entries) e join threat t on t.id = e ->> 'threat'
    where r.undone_at is null and t.entry ->> 'tlp' = ${WITHDRAWN}`.execute(db);
  return new Set(rows.map(({ threat }) => threat));
}

function revise(
  tx: Tx,
  { id, revision, entry }: StoredThreat,
  tlp: Tlp,
  reason: string,
  { by, at }: Decision,
): Promise<StoredThreat> {
  return reviseThreat(tx, id, { revision, entry: { ...entry, tlp }, author: by, reason, now: new Date(at) });
}
