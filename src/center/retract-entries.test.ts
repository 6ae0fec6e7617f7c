// Entries that were published from what is retracted: told of, withdrawn in the same step, restored by undoing it.
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findDraft, publishDraft } from '../knowledge/draft-store.ts';
import { loadSignatures } from '../knowledge/signature-store.ts';
import { findThreat, listRevisions, reviseThreat, searchThreats } from '../knowledge/threat-store.ts';
import type { StoredThreat } from '../knowledge/types.ts';
import { listWarnings } from '../warning/warning-store.ts';
import { draftCampaigns } from './drafts.ts';
import { entriesRestingOn, retract, undo } from './retract.ts';
import { at, LATER, openRetractionDesk, type RetractionDesk, WHY } from './testing/retraction-desk.ts';

let desk: RetractionDesk;
beforeAll(async () => {
  desk = await openRetractionDesk();
});
afterAll(() => desk.close());
beforeEach(() => desk.clear());

/** A warning, and the entry that an analyst published from it, for everybody and with an alias that is a file's name. */
async function published(): Promise<{ readonly id: string; readonly entry: StoredThreat }> {
  const id = await desk.warned();
  const [record] = (await listWarnings(desk.db)).warnings;
  if (record === undefined) throw new Error('no warning was raised');
  await draftCampaigns(desk.db, [{ change: 'raised', notify: true, record }], LATER);
  const by = { author: 'ada@sundew.example', reason: 'Reviewed.', now: LATER };
  const draft = await findDraft(desk.db, record.campaign);
  const stored = await publishDraft(desk.db, record.campaign, { ...by, revision: draft?.revision ?? 0 });
  const entry = { ...stored.entry, tlp: 'clear' as const, aliases: ['photo_album.scr'] };
  return { id, entry: await reviseThreat(desk.db, stored.id, { ...by, revision: stored.revision, entry }) };
}

const forAll = async (): Promise<number> => (await searchThreats(desk.db, { published: true })).total;
const signs = async (threat: string): Promise<boolean> =>
  (await loadSignatures(desk.db)).some((one) => one.threat === threat);

describe('entries published from a campaign', () => {
  test('are told of before and after it is retracted, and stay', async () => {
    const { id, entry } = await published();
    const resting = [{ id: entry.id, name: entry.entry.name, state: 'published' }];
    expect(await entriesRestingOn(desk.db, id)).toEqual(resting);
    expect(await retract(desk.realm, id, WHY, LATER)).toMatchObject({ entries: resting });
    expect(await forAll()).toBe(1);
    expect(desk.reloads).toBe(0);
  });

  test('are withdrawn in the same step, for everybody and for the analysis, and restored by undoing it', async () => {
    const { id, entry } = await published();
    expect(await signs(entry.id)).toBe(true);
    const outcome = await retract(desk.realm, id, { ...WHY, withEntries: true }, LATER);
    expect(outcome.entries).toEqual([{ id: entry.id, name: entry.entry.name, state: 'withdrawn' }]);
    expect([await forAll(), await signs(entry.id), desk.reloads]).toEqual([0, false, 1]);
    expect(await entriesRestingOn(desk.db, id)).toEqual([]);
    expect((await listRevisions(desk.db, entry.id))[0]).toMatchObject({
      author: WHY.by,
      reason: `withdrawn with the retraction of ${id}: ${WHY.reason}`,
    });
    const back = await undo(desk.realm, id, { by: 'bob', reason: 'It was none of ours.' }, new Date(at(70)));
    expect(back.entries).toMatchObject([{ id: entry.id, state: 'restored' }]);
    expect([await forAll(), await signs(entry.id), desk.reloads]).toEqual([1, true, 2]);
    expect((await findThreat(desk.db, entry.id))?.entry).toEqual(entry.entry);
  });

  test('can be withdrawn later, once; nobody is told again', async () => {
    const { id, entry } = await published();
    await retract(desk.realm, id, WHY, LATER);
    const outcome = await retract(desk.realm, id, { ...WHY, withEntries: true }, new Date(at(65)));
    expect(outcome).toMatchObject({ told: 0, warnings: [], entries: [{ id: entry.id, state: 'withdrawn' }] });
    await expect(retract(desk.realm, id, { ...WHY, withEntries: true }, LATER)).rejects.toMatchObject({
      code: 'RETRACTION_CONFLICT',
    });
  });

  test('keep what an analyst gave them since', async () => {
    const { id, entry } = await published();
    await retract(desk.realm, id, { ...WHY, withEntries: true }, LATER);
    const gone = await findThreat(desk.db, entry.id);
    if (gone === undefined) throw new Error('the entry is gone');
    const given = { ...gone.entry, tlp: 'green' as const };
    await reviseThreat(desk.db, entry.id, {
      revision: gone.revision,
      entry: given,
      author: 'bob',
      reason: 'x',
      now: LATER,
    });
    expect((await undo(desk.realm, id, WHY, new Date(at(70)))).entries).toEqual([]);
    expect((await findThreat(desk.db, entry.id))?.entry.tlp).toBe('green');
  });

  test('of a campaign that was merged into it count, too; an indicator has none', async () => {
    const { id, entry } = await published();
    const { rows } = await sql<{ id: string }>`select id from campaign`.execute(desk.db);
    const other = '5d0c9bd6-0000-8bd6-8d0c-5d0c9bd65d0c';
    await sql`insert into campaign select (c).* from (select jsonb_populate_record(c, jsonb_build_object('id', ${other}::text)) as c
      from campaign c where id = ${rows[0]?.id}::uuid) x`.execute(desk.db);
    await sql`update threat_draft set campaign = ${other}::uuid`.execute(desk.db);
    expect(await entriesRestingOn(desk.db, id)).toEqual([]);
    await sql`update campaign set merged_into = ${rows[0]?.id}::uuid where id = ${other}::uuid`.execute(desk.db);
    expect(await entriesRestingOn(desk.db, id)).toMatchObject([{ id: entry.id }]);
    expect(await entriesRestingOn(desk.db, 'domain:evil.example')).toEqual([]);
  });
});
