// A list of contacts is told to the store and to nobody else: it is no touch, no signal, no campaign, no warning, and is not shown.
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { analyze } from '../../analysis/analyze.ts';
import { createClusterer } from '../../analysis/cluster/clusterer.ts';
import { compileSignatures } from '../../analysis/signatures.ts';
import { contactListDrafts } from '../../core/contact-list.ts';
import { parseCapture } from '../../core/parse-capture.ts';
import { openQueue } from '../../storage/queue.ts';
import { testDatabase } from '../../storage/testing/test-database.ts';
import { boardOf, type PublicOptions, riverOf } from '../public-view.ts';
import { projectBatch } from './project.ts';
import { tick } from './tick.ts';

const AT = '2026-05-04T10:00:00Z';
const NOW = new Date('2026-05-04T12:00:00Z');
const HOSTILE = [
  'a@b.example',
  'free-nitro.example',
  'http://evil.example/a.scr',
  '192.0.2.7',
  'bc1qar0srrr7xfkvy5l643',
];

test('a list of contacts raises nothing', async () => {
  await using database = await testDatabase({ realm: 'live' });
  const { db } = database;
  const queue = await openQueue(database);
  const clusterer = createClusterer({ maxCampaigns: 64 });
  const parts = {
    db,
    queue,
    clusterer,
    journalName: 'test',
    simulated: false,
    redact: (text: string) => text,
    now: () => NOW,
  };
  const prepared = ['dora', 'max', 'eva', 'ida'].flatMap((decoy) =>
    contactListDrafts({ id: 'im.example', verifiedBy: 'own-server' }, HOSTILE).map((draft, at) => {
      const bound = { v: 1, at: AT, network: 'xmpp', decoy: `${decoy}@im.example` };
      const capture = parseCapture({ ...bound, ...draft }, { sensor: 'test' });
      return { seq: at + 1, capture, analysis: analyze(capture, compileSignatures([])) };
    }),
  );
  expect(prepared[0]?.analysis).toMatchObject({ class: 'benign', severity: 'info', indicators: [], threats: [] });
  const projected = await projectBatch(parts, { prepared, failed: [], last: 9 });
  await tick(parts);
  await queue.stop();
  expect(projected.changes).toEqual([]);
  const counts =
    await sql`select (select count(*) from capture) as captures, (select count(*) from contact) as contacts,
    (select count(*) from campaign) as campaigns, (select count(*) from warning) as warnings,
    (select count(*) from signal) as signals, (select count(*) from signal_memory) as remembered,
    (select count(*) from indicator) as indicators`.execute(db);
  expect(counts.rows).toEqual([
    { captures: 4, contacts: 4 * HOSTILE.length, campaigns: 0, warnings: 0, signals: 0, remembered: 0, indicators: 0 },
  ]);
  const options: PublicOptions = {
    realm: 'live',
    delayMs: 0,
    key: 'k',
    scrub: (text) => text,
    watched: () => new Set(),
  };
  expect(await riverOf(db, NOW, 100, options)).toEqual([]);
  const board = await boardOf(db, NOW, options, []);
  expect([board.levels, board.totals.touches24h]).toEqual([[], '0']);
  expect(board.activity.every(({ touches }) => touches === 0)).toBe(true);
});
