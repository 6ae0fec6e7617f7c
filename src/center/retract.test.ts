// Taking back: what readers see, what stays silent, and the way back.
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { enqueueAlerts } from '../alerts/enqueue.ts';
import { listDeliveries } from '../alerts/outbox-report-store.ts';
import { insertSubscribers } from '../alerts/testing/confirmed.ts';
import { DEAF_QUEUE } from '../alerts/testing/fakes.ts';
import { listRetractions } from '../knowledge/retraction-store.ts';
import { viewWarning } from '../warning/disclosure.ts';
import { endQuiet } from '../warning/end-quiet.ts';
import { networkLevels, updateLevels } from '../warning/level-store.ts';
import { countWarnings, findWarning, listWarningRevisions, listWarnings } from '../warning/warning-store.ts';
import { retract, undo } from './retract.ts';
import { at, LATER, openRetractionDesk, type RetractionDesk, WHY, worm } from './testing/retraction-desk.ts';

const ANN = 'ann@readers.example';

let desk: RetractionDesk;
beforeAll(async () => {
  desk = await openRetractionDesk();
});
afterAll(() => desk.close());
beforeEach(() => desk.clear());

describe('a retracted warning', () => {
  test('is gone for everybody below operator, in counts and levels too, and marked for operators', async () => {
    const id = await desk.warned();
    await updateLevels(desk.db, LATER);
    expect(await desk.publicly(id)).toBeDefined();
    const outcome = await retract(desk.realm, id.toLowerCase(), WHY, LATER);
    expect(outcome).toMatchObject({ warnings: [id], retraction: { label: id, ...WHY } });
    expect(desk.gone).toEqual([id]);
    expect(await desk.publicly(id)).toBeUndefined();
    expect((await listWarnings(desk.db, { standing: true })).warnings).toEqual([]);
    expect(await countWarnings(desk.db, at(0))).toBe(0);
    const levels = await networkLevels(desk.db, LATER, ['xmpp']);
    expect(levels).toMatchObject([{ warnings24h: 0 }]);
    const record = await findWarning(desk.db, id);
    expect(record && viewWarning(record, 'operator', LATER)?.retracted).toMatchObject(WHY);
    expect(record && viewWarning(record, 'subscriber', LATER)).toBeUndefined();
  });

  test('can be named by its campaign; twice is a conflict; what nobody knows is not found', async () => {
    const id = await desk.warned();
    const record = await findWarning(desk.db, id);
    expect(await retract(desk.realm, record?.campaign ?? '', WHY, LATER)).toMatchObject({ retraction: { label: id } });
    await expect(retract(desk.realm, id, WHY, LATER)).rejects.toMatchObject({ code: 'RETRACTION_CONFLICT' });
    await expect(retract(desk.realm, 'nobody.example', WHY, LATER)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(undo(desk.realm, 'nobody.example', WHY, LATER)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('stays silent while its campaign goes on, which operators see; numbering and clock go on', async () => {
    await insertSubscribers(desk.db, [{ address: ANN }]);
    const id = await desk.warned();
    await desk.send();
    await retract(desk.realm, id, WHY, LATER);
    await desk.send();
    const before = await listDeliveries(desk.db);
    await desk.feed(...Array.from({ length: 40 }, (_, n) => worm(90 + n, `more${n}@d.example`)));
    await desk.db.transaction().execute(async (tx) => {
      await enqueueAlerts(tx, DEAF_QUEUE, await endQuiet(tx, new Date(at(60 * 24 * 3))), { now: new Date() });
    });
    expect(await listDeliveries(desk.db)).toHaveLength(before.length);
    const record = await findWarning(desk.db, id);
    expect(record).toMatchObject({ captures: 43, retracted: WHY });
    const revisions = (await listWarningRevisions(desk.db, id)).map(({ revision, change }) => [revision, change]);
    expect(revisions.map(([revision]) => revision)).toEqual(revisions.map((_, nth) => nth + 1));
    expect(revisions.at(-1)?.[1]).toBe('ended');
    expect(await desk.publicly(id)).toBeUndefined();
  });

  test('a campaign without a warning yet raises none that anybody below operator sees', async () => {
    await insertSubscribers(desk.db, [{ address: ANN }]);
    await desk.feed(worm(0, 'dora@d.example', { analysis: { class: 'spam', severity: 'low' } }));
    const { rows } = await sql<{ id: string }>`select id from campaign`.execute(desk.db);
    const outcome = await retract(desk.realm, rows[0]?.id ?? '', WHY, LATER);
    expect(outcome).toMatchObject({ warnings: [], told: 0 });
    await desk.feed(...['max', 'eve', 'ned'].map((name, n) => worm(n + 1, `${name}@d.example`)));
    expect(await listDeliveries(desk.db)).toEqual([]);
    const { warnings } = await listWarnings(desk.db);
    expect(warnings).toHaveLength(1);
    expect(viewWarning(warnings[0] as never, 'public', LATER)).toBeUndefined();
  });
});

describe('taking it back', () => {
  test('shows it again, and tells those who heard the correction, and nobody else', async () => {
    await insertSubscribers(desk.db, [{ address: ANN }]);
    const id = await desk.warned();
    const before = await desk.publicly(id);
    await desk.send();
    await retract(desk.realm, id, WHY, LATER);
    await desk.send();
    const outcome = await undo(desk.realm, id, { by: 'bob', reason: 'It was none of ours.' }, new Date(at(70)));
    expect(outcome).toMatchObject({ told: 1, retraction: { undone: { by: 'bob' } } });
    const again = await desk.publicly(id);
    expect(again).toMatchObject({ kind: before?.kind, reasons: before?.reasons, template: before?.template });
    const { sent } = await desk.send();
    expect(sent.map(({ to }) => to)).toEqual([ANN]);
    expect(sent[0]?.text).toContain('It stands after all');
    await expect(undo(desk.realm, id, WHY, LATER)).rejects.toMatchObject({ code: 'RETRACTION_CONFLICT' });
    expect(await listRetractions(desk.db)).toMatchObject([{ by: WHY.by, undone: { by: 'bob' } }]);
    await desk.feed(...Array.from({ length: 40 }, (_, n) => worm(90 + n, `more${n}@d.example`)));
    expect((await listDeliveries(desk.db)).some(({ state }) => state === 'pending')).toBe(true);
  });

  test('before the correction went out, nobody hears anything', async () => {
    await insertSubscribers(desk.db, [{ address: ANN }]);
    const id = await desk.warned();
    await desk.send();
    expect(await retract(desk.realm, id, WHY, LATER)).toMatchObject({ told: 1 });
    expect(await undo(desk.realm, id, WHY, new Date(at(70)))).toMatchObject({ told: 0 });
    expect((await desk.send()).sent).toEqual([]);
  });
});
