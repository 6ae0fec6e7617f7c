// The same result with one worker or eight, from the journal to the store.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { createClusterer } from '../../analysis/cluster/clusterer.ts';
import { openAnalysisPool } from '../../analysis/pool/pool.ts';
import { encodeCaptureEntry } from '../../captures/entry.ts';
import { openJournal } from '../../captures/journal/journal.ts';
import { SILENT } from '../../core/clock.ts';
import type { Journal } from '../../core/journal.ts';
import { parseCapture } from '../../core/parse-capture.ts';
import { openQueue } from '../../storage/queue.ts';
import { testDatabase } from '../../storage/testing/test-database.ts';
import { systemClock } from '../system.ts';
import { startPipeline } from './pipeline.ts';

const COUNT = 3000;

/** Campaigns with changing parts, and talk between them. */
function textOf(at: number): string {
  const kinds = [
    `hey is this really you http://pics${at}.lure${at % 6}.example/album${at}.jpg.scr lol ${at}`,
    `CONGRATS winner no ${at} claim your ${at * 7} dollar prize now at http://prize${at % 6}.example/?id=${at}`,
    `so, will you be at the match on the ${at}th, or is it too far for you?`,
  ];
  return kinds[at % kinds.length] ?? '';
}

function entryOf(at: number): Uint8Array {
  const capture = parseCapture(
    {
      ...{ v: 1, native: `n${at}`, network: 'xmpp', decoy: `d${at % 3}@decoys.example`, kind: 'message' },
      at: new Date(Date.UTC(2026, 0, 31) + at * 1000).toISOString(),
      peer: { id: `p${at % 40}@x.example` },
      text: textOf(at),
    },
    { sensor: 'test' },
  );
  return encodeCaptureEntry(capture, Buffer.from(textOf(at)));
}

/** What a store of its own holds when everything in the journal has come through. */
async function outcomeOf(journal: Journal, workers: number) {
  await using database = await testDatabase();
  const { db } = database;
  const queue = await openQueue(database);
  await using pool = openAnalysisPool({ workers, signatures: [] });
  const pipeline = await startPipeline({
    ...{ db, queue, journal, pool, clock: systemClock, random: Math.random, log: SILENT },
    ...{ journalName: 'test', simulated: false, clusterer: createClusterer({ maxCampaigns: 64 }) },
    redact: (text) => text,
    now: () => new Date(),
    onProjected: () => undefined,
  });
  await pipeline.settled(journal.last);
  await pipeline.stop();
  await queue.stop();
  const captures = await sql<{ class: string; campaign: string }>`
    select * from capture order by journal_seq`.execute(db);
  const campaigns = await sql`select * from campaign order by id`.execute(db);
  return { captures: captures.rows, campaigns: campaigns.rows };
}

test('eight workers give the same verdicts and campaigns as one', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'sundew-workers-'));
  const journal = await openJournal(dir, { clock: systemClock, log: SILENT, sensor: 'test' });
  try {
    await Promise.all(Array.from({ length: COUNT }, (_value, at) => journal.append('capture', entryOf(at))));
    const one = await outcomeOf(journal, 1);
    expect(one.captures).toHaveLength(COUNT);
    expect(new Set(one.captures.map((row) => row.class)).size).toBeGreaterThan(1);
    expect(one.campaigns.length).toBeGreaterThan(2);
    const eight = await outcomeOf(journal, 8);
    expect(eight.captures).toEqual(one.captures);
    expect(eight.campaigns).toEqual(one.campaigns);
  } finally {
    await journal.close();
    await rm(dir, { recursive: true });
  }
});
