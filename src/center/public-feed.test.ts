import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertCaptures } from '../captures/capture-store.ts';
import { SILENT } from '../core/clock.ts';
import { parseCapture } from '../core/parse-capture.ts';
import { type TestDatabase, testDatabase } from '../storage/testing/test-database.ts';
import { type PublicEvent, type PublicFeed, startPublicFeed } from './public-feed.ts';
import { systemClock } from './system.ts';

let database: TestDatabase;
let feed: PublicFeed;

beforeAll(async () => {
  database = await testDatabase({ realm: 'simulated' });
  const scrub = (text: string): string => text;
  const options = { realm: 'simulated', delayMs: 0, key: 'k', scrub, watched: () => new Set<never>() } as const;
  feed = startPublicFeed(database.db, options, systemClock, SILENT);
});
afterAll(async () => {
  await feed.stop();
  await database.close();
});

async function touch(text: string): Promise<void> {
  const capture = parseCapture(
    {
      v: 1,
      at: new Date().toISOString(),
      network: 'irc',
      decoy: 'secretdecoy',
      peer: { id: 'eve!e@h' },
      kind: 'message',
      text,
      simulated: true,
    },
    { sensor: 'range' },
  );
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
  feed.changed();
}

/** The next `count` touches that a listener is told of. */
async function listen(count: number, meanwhile: () => Promise<void>): Promise<PublicEvent[]> {
  const stop = new AbortController();
  const seen: PublicEvent[] = [];
  const done = (async () => {
    for await (const event of feed.subscribe(stop.signal)) {
      if (event.event === 'touch') seen.push(event);
      if (seen.length === count) return;
    }
  })();
  await meanwhile();
  await done;
  stop.abort();
  return seen;
}

test('a listener is told of each touch once, without decoy and text; so is the next one of what came before it asked', async () => {
  const [first] = await listen(1, () => touch('one'));
  expect(first).toMatchObject({ event: 'touch', data: { network: 'irc', kind: 'message', class: 'spam' } });
  expect(JSON.stringify(first)).not.toMatch(/secretdecoy|eve!|"one"/);
  await touch('two'); // nobody listens
  const seen = await listen(2, () => touch('three'));
  expect(new Set([first, ...seen].map((event) => JSON.stringify(event))).size).toBe(3);
});
