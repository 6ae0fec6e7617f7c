import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { toVerdict } from '../analysis/analyze.ts';
import type { Analysed } from '../analysis/types.ts';
import { insertCaptures } from '../captures/capture-store.ts';
import { recordKnowledge } from '../knowledge/record.ts';
import { insertRetraction, undoRetraction } from '../knowledge/retraction-store.ts';
import { analysed } from '../knowledge/testing/analysed.ts';
import { DEFAULTS } from '../range/simulate/parameters.ts';
import { simulate } from '../range/simulate/simulate.ts';
import { type TestDatabase, testDatabase } from '../storage/testing/test-database.ts';
import { assessWarnings } from './assess.ts';
import type { SizeOf } from './build-record.ts';
import { endQuiet } from './end-quiet.ts';
import { forecastScores, outcomesOf, scoreDue } from './forecast-store.ts';
import type { WarningRecord } from './types.ts';
import { listWarningRevisions, listWarnings } from './warning-store.ts';

const START = Date.parse('2026-01-05T10:00:00.000Z');
const later = (hours: number): Date => new Date(START + hours * 3_600_000);
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await empty();
});

async function empty(): Promise<void> {
  await sql`truncate capture, campaign, campaign_decoy, campaign_sender, campaign_indicator, indicator, warning,
    warning_watch cascade`.execute(database.db);
}

/** The hits of a simulated worm as captures of one campaign. */
function wormCaptures(): readonly Analysed[] {
  const run = simulate(
    { ...DEFAULTS, population: 4_000, seeds: 5, decoys: 12, startMin: 0, lengthMin: 600, noisePerHour: 0 },
    2,
  );
  return run.hits.map(({ at, decoy, sender }) =>
    analysed({
      at: new Date(START + Math.round(at * 60_000)).toISOString(),
      decoy: `${decoy}@d.example`,
      peer: sender,
    }),
  );
}

async function feed(items: readonly Analysed[], sizeOf?: SizeOf): Promise<void> {
  await database.db.transaction().execute(async (tx) => {
    await insertCaptures(
      tx,
      items.map((one) => ({ capture: one.capture, verdict: toVerdict(one), journalSeq: 1 })),
    );
    await assessWarnings(tx, await recordKnowledge(tx, items), { simulated: true, sizeOf });
  });
}

async function revisions(): Promise<readonly WarningRecord[]> {
  const { warnings } = await listWarnings(database.db);
  return (await listWarningRevisions(database.db, warnings[0]?.id ?? '')).map(({ record }) => record);
}

test('a worm is told to spread by itself, forecast, and the forecast scored when its time has passed', async () => {
  const captures = wormCaptures();
  await feed(captures);
  const told = (await revisions()).filter(({ propagation }) => propagation === 'self-propagating');
  expect(told.length).toBeGreaterThan(0);
  expect(told[0]?.forecast?.outlooks.map(({ aheadMin }) => aheadMin)).toEqual([60, 120, 360, 1_440]);
  expect(told.some(({ reasons }) => reasons.includes('change: spreads by itself'))).toBe(true);

  expect(await scoreDue(database.db, later(0))).toBe(0);
  const [before] = await forecastScores(database.db);
  expect(before).toMatchObject({ aheadMin: 60, scored: 0, waiting: told.length });
  expect(await scoreDue(database.db, later(100))).toBe(4 * told.length);
  expect(await scoreDue(database.db, later(100))).toBe(0);

  const campaign = told[0]?.campaign ?? '';
  const outcomes = (await outcomesOf(database.db, [campaign])).get(campaign) ?? [];
  expect(outcomes.filter(({ aheadMin }) => aheadMin === 1_440).every(({ came }) => came === captures.length)).toBe(
    true,
  );
  for (const score of await forecastScores(database.db)) {
    expect(score).toMatchObject({ scored: told.length, waiting: 0 });
    expect(score.medianError).toBeLessThan(1);
    expect(score.intervalScore).toBeGreaterThan(0);
    expect(score.below.low).toBeLessThanOrEqual(score.below.high);
  }
});

test('an all-clear goes on showing the last forecast that was told, and what came of it, and makes none', async () => {
  await feed(wormCaptures());
  const last = (await revisions()).at(-1);
  expect(last?.forecast).toBeDefined();
  await database.db.transaction().execute((tx) => endQuiet(tx, later(24 * 7)));
  const ended = (await revisions()).at(-1);
  expect(ended).toMatchObject({ kind: 'all-clear', forecast: last?.forecast });
  const [before] = await forecastScores(database.db);
  expect(before?.waiting).toBe((await revisions()).filter(({ forecast }) => forecast !== undefined).length - 1);
  await scoreDue(database.db, later(100));
  const outcomes = (await outcomesOf(database.db, [ended?.campaign ?? ''])).get(ended?.campaign ?? '') ?? [];
  expect(outcomes.filter(({ madeAt }) => madeAt === ended?.forecast?.madeAt)).toHaveLength(4);
  // It comes back and ends again within one batch.
  const back = { at: new Date(START + 24 * 8 * 3_600_000).toISOString(), decoy: 'd1@d.example', peer: 'a1' };
  const over = { at: new Date(START + 24 * 12 * 3_600_000).toISOString(), decoy: 'd2@d.example', peer: 'a2' };
  await feed([analysed(back), analysed(over)]);
  const later12 = (await revisions()).filter(({ kind }) => kind === 'all-clear');
  expect(later12).toHaveLength(2);
  const told = (await revisions()).findLast(
    ({ kind, revision }) => kind !== 'all-clear' && revision < (later12[1]?.revision ?? 0),
  );
  expect(later12[1]?.forecast).toEqual(told?.forecast);
});

test('forecasts of a retracted campaign count in no score until that is undone', async () => {
  await feed(wormCaptures());
  await scoreDue(database.db, later(100));
  const before = await forecastScores(database.db);
  expect(before).toHaveLength(4);
  const [first] = await revisions();
  const decision = { by: 'ada', at: later(100).toISOString(), reason: 'a test' };
  const target = first?.campaign ?? '';
  await insertRetraction(database.db, { target, label: 'it', ...decision });
  expect(await forecastScores(database.db)).toEqual([]);
  await undoRetraction(database.db, 'campaign', target, decision);
  expect(await forecastScores(database.db)).toEqual(before);
});

test('where the size of the service is known, infected accounts are told, now, later and in the end', async () => {
  const size = { population: 4_000, decoys: 12, lists: DEFAULTS.lists };
  await feed(wormCaptures(), (network) => (network === 'xmpp' ? size : undefined));
  const forecasts = (await revisions()).flatMap(({ forecast }) => forecast ?? []);
  expect(forecasts.length).toBeGreaterThan(0);
  for (const { infected, outlooks, final, hits, peakFrom, peakAt, peakTo } of forecasts) {
    expect(infected?.population).toBe(4_000);
    for (const told of [infected?.now, infected?.final, ...outlooks.map((one) => one.infected)]) {
      expect(told?.low).toBeLessThanOrEqual(told?.expected ?? -1);
      expect(told?.high).toBeGreaterThanOrEqual(told?.expected ?? 4_001);
      expect(told?.high).toBeLessThanOrEqual(4_000);
    }
    expect(final?.low).toBeGreaterThanOrEqual(hits);
    expect(final?.high).toBeGreaterThanOrEqual(outlooks.at(-1)?.expected ?? 1e9);
    expect([peakFrom, peakAt, peakTo].map(String).toSorted()).toEqual([peakFrom, peakAt, peakTo]);
  }
  await empty();
  await feed(wormCaptures(), () => undefined);
  expect((await revisions()).some(({ forecast }) => forecast?.infected !== undefined)).toBe(false);
});

test('batches of any size make the same revisions and forecasts', async () => {
  const captures = wormCaptures();
  await feed(captures);
  const whole = await revisions();
  await empty();
  for (let at = 0; at < captures.length; at += 37) await feed(captures.slice(at, at + 37));
  const parts = await revisions();
  const facts = (records: readonly WarningRecord[]) =>
    records.map(({ revision, updatedAt, propagation, forecast }) => ({ revision, updatedAt, propagation, forecast }));
  expect(facts(parts)).toEqual(facts(whole));
  expect(whole.some(({ forecast }) => forecast !== undefined)).toBe(true);
});

test('a capture that comes late has the score made anew', async () => {
  const captures = wormCaptures();
  const [late] = captures.slice(-1);
  await feed(captures.slice(0, -1));
  await scoreDue(database.db, later(100));
  if (late !== undefined) await feed([late]);
  expect((await forecastScores(database.db)).some(({ waiting }) => waiting > 0)).toBe(true);
  await scoreDue(database.db, later(100));
  expect((await forecastScores(database.db)).every(({ waiting }) => waiting === 0)).toBe(true);
});
