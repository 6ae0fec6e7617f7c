// Which networks the board shows.
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertCaptures } from '../captures/capture-store.ts';
import type { Network } from '../core/network.ts';
import { parseCapture } from '../core/parse-capture.ts';
import { insertRetraction, undoRetraction } from '../knowledge/retraction-store.ts';
import { type TestDatabase, testDatabase } from '../storage/testing/test-database.ts';
import { boardOf, levelsOf, type PublicOptions } from './public-view.ts';

const NOW = new Date('2026-05-04T10:00:00Z');
let database: TestDatabase;
let watched: readonly Network[];
const options: PublicOptions = {
  realm: 'live',
  delayMs: 900_000,
  key: 'k',
  scrub: (text) => text,
  watched: () => new Set(watched),
};
const shown = async (): Promise<readonly Network[]> => {
  const { levels } = await boardOf(database.db, NOW, options, []);
  expect(await levelsOf(database.db, NOW, options)).toEqual(levels);
  return levels.map(({ network }) => network).sort();
};

beforeAll(async () => {
  database = await testDatabase({ realm: 'live' });
});
afterAll(() => database.close());

test('no network without a decoy on it', async () => {
  watched = [];
  expect(await shown()).toEqual([]);
});

test('a network with a decoy on it, the same for one as for many, and the stream says what the board says', async () => {
  watched = ['msnp', 'irc'];
  expect(await shown()).toEqual(['irc', 'msnp']);
  const one = await boardOf(database.db, NOW, options, []);
  watched = ['msnp', 'irc', 'msnp', 'msnp'];
  expect(await boardOf(database.db, NOW, options, [])).toEqual(one);
});

test('a network without decoys of which there is something to say, replayed captures for instance', async () => {
  watched = [];
  const claimed = {
    v: 1,
    at: '2026-05-04T09:00:00Z',
    network: 'oscar',
    decoy: 'd',
    peer: { id: 'p' },
    kind: 'message',
  };
  const capture = parseCapture({ ...claimed, text: 'hi' }, { sensor: 'edge' });
  const verdict = {
    v: 1,
    capture: capture.id,
    class: 'spam',
    score: 1,
    reasons: [],
    indicators: [],
    threats: [],
    severity: 'low',
  } as const;
  await insertCaptures(database.db, [{ capture, verdict, journalSeq: 1 }]);
  expect(await shown()).toEqual(['oscar']);
});

test('touches of a retracted campaign count neither in the sums of the board nor in its activity, until that is undone', async () => {
  watched = [];
  const target = '5d0c9bd6-5d0c-8bd6-8d0c-5d0c9bd65d0c';
  await sql`update capture set campaign = ${target}::uuid`.execute(database.db);
  const before = await boardOf(database.db, NOW, options, []);
  expect(before.totals.touches24h).toBe('1-2');
  const decision = { by: 'ada', at: NOW.toISOString(), reason: 'a test' };
  await insertRetraction(database.db, { target, label: 'it', ...decision });
  const board = await boardOf(database.db, NOW, options, []);
  expect(board.totals.touches24h).toBe('0');
  expect(board.activity.every(({ touches }) => touches === 0)).toBe(true);
  expect(await shown()).toEqual([]);
  await undoRetraction(database.db, 'campaign', target, decision);
  expect(await boardOf(database.db, NOW, options, [])).toEqual(before);
});
