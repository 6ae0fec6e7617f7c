// The same captures live, one by one with the wall clock passing, in batches of some, and in one batch: the same warnings with the
// same revisions at the same capture times, and the same signals. Through both halves of the pipeline and a real store.
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClusterer } from '../../analysis/cluster/clusterer.ts';
import { analyzeEach } from '../../analysis/pool/analyze-each.ts';
import { type AnalysisPool, openAnalysisPool } from '../../analysis/pool/pool.ts';
import type { Capture } from '../../core/capture.ts';
import { SundewError } from '../../core/error.ts';
import type { Network } from '../../core/network.ts';
import { parseCapture } from '../../core/parse-capture.ts';
import { seededRandom } from '../../core/seeded-random.ts';
import { seedThreats } from '../../knowledge/seed.ts';
import { loadSignatures } from '../../knowledge/signature-store.ts';
import { openQueue } from '../../storage/queue.ts';
import { testDatabase } from '../../storage/testing/test-database.ts';
import type { Prepared } from './prepare.ts';
import { type ProjectParts, projectBatch } from './project.ts';
import { tick } from './tick.ts';

const START = Date.parse('2026-03-02T00:00:00.000Z');
const MINUTE = 60_000;
const DAY = 1440;
const END = 6 * DAY;
const TICK = 20 * MINUTE;

interface Arrival {
  readonly arrivesMs: number;
  readonly capture: Capture;
}

const random = seededRandom(20_260_302);
const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;

/** Without a text it asks the decoy to be a contact. */
function arrival(
  minute: number,
  network: Network,
  decoy: string,
  peer: string,
  text: string | undefined,
  lateMs: number,
): Arrival {
  const at = new Date(START + Math.round(minute * MINUTE)).toISOString();
  const capture = parseCapture(
    {
      v: 1,
      at,
      network,
      decoy: `${decoy}@decoys.example`,
      peer: { id: peer },
      ...(text === undefined ? { kind: 'contact-request' } : { kind: 'message', text }),
      native: `${network}${minute}${peer}`,
    },
    { sensor: 'test' },
  );
  return { capture, arrivesMs: Date.parse(at) + lateMs };
}

/** Up to two minutes late, as a decoy that was busy hands captures in. */
const little = (): number => Math.floor(random() * 2 * MINUTE);

/** Six days: everyday spam, a decoy that falls silent, a held campaign that ends and comes back, a worm over two networks. */
function days(): readonly Arrival[] {
  const all: Arrival[] = [];
  for (let minute = 0; minute < END; minute += 10 + random() * 50) {
    const decoy = minute > 3 * DAY ? pick(['max', 'eva']) : pick(['dora', 'dora', 'max', 'eva']);
    const text = `Cheap watches number ${Math.floor(random() * 40)} at http://shop${Math.floor(random() * 30)}.example/?id=${Math.floor(minute)}`;
    all.push(arrival(minute, pick(['xmpp', 'irc']), decoy, `s${Math.floor(minute * 10)}@x.example`, text, little()));
  }
  const phish = (minute: number, decoy: string): void => {
    const text = 'your account is locked, verify your password now at http://secure-login.example/verify';
    all.push(arrival(minute, 'xmpp', decoy, `phish${minute}@x.example`, text, little()));
  };
  for (const [minute, decoy] of [
    [700, 'dora'],
    [701, 'max'],
    [703, 'eva'],
    [712, 'max'],
    [2900, 'dora'],
    [2901.5, 'eva'],
  ] as const)
    phish(minute, decoy);
  for (let n = 0; n < 120; n += 1) {
    const minute = 4 * DAY + 300 + 40 * Math.log1p(n);
    const network = n > 60 ? pick<Network>(['xmpp', 'irc']) : 'xmpp';
    const text = `hey is this really you http://pics.lure.example/album${n}.jpg.scr lol`;
    // Some come hours late: from a sensor that was cut off. Their warning is told at once, nothing is held.
    const late = n % 12 === 7 ? 3 * 60 * MINUTE : little();
    all.push(arrival(minute, network, pick(['max', 'eva']), `w${n}@x.example`, text, late));
  }
  // Some that the worm infects have had a decoy on their lists for long, some only since this morning.
  for (let n = 0; n < 120; n += 1) {
    const minute = n % 3 === 0 ? 200 + n : 4 * DAY + n / 2;
    for (const decoy of ['max', 'eva']) all.push(arrival(minute, 'xmpp', decoy, `w${n}@x.example`, undefined, 0));
  }
  return all.sort((a, b) => a.arrivesMs - b.arrivesMs);
}

const arrivals = days();
let prepared: readonly Prepared[];
let pool: AnalysisPool;
beforeAll(async () => {
  await using database = await testDatabase();
  await seedThreats(database.db, new Date(START));
  pool = openAnalysisPool({ workers: 0, signatures: await loadSignatures(database.db) });
  const analyses = await analyzeEach(
    pool,
    arrivals.map(({ capture }) => capture),
  );
  prepared = arrivals.map(({ capture }, at) => {
    const analysis = analyses[at];
    if (analysis === undefined || analysis instanceof SundewError) throw new Error('not analysed');
    return { seq: at + 1, capture, analysis };
  });
}, 120_000);
afterAll(() => pool.close());

/** What a store of its own holds after `run`. */
async function outcomeOf(run: (parts: ProjectParts, setNow: (ms: number) => void) => Promise<void>) {
  await using database = await testDatabase();
  const { db } = database;
  await seedThreats(db, new Date(START));
  const queue = await openQueue(database);
  let now = START;
  const parts: ProjectParts = {
    ...{ db, queue, clusterer: createClusterer({ maxCampaigns: 64 }), journalName: 'test', simulated: false },
    redact: (text) => text,
    now: () => new Date(now),
  };
  await run(parts, (ms) => {
    now = ms;
  });
  await queue.stop();
  // Templates, indicators and titles hold all that is known of a campaign when they are written; all else is of that revision.
  const warnings = await sql`select campaign, revision, at, change, notify,
    record - '{id,template,indicators,spread,threat,title}'::text[] as record from warning_revision order by campaign, revision`.execute(
    db,
  );
  const signals = await sql<{
    rule: string;
    subject: string;
  }>`select id, rule, subject, network, class, threat, at, count, expected, p, reason, campaigns, firm
    from signal order by at, id`.execute(db);
  const memory =
    await sql`select kind, name, state from signal_memory where kind <> 'clock' order by kind, name`.execute(db);
  const contacts = await sql`select network, decoy, sender, since from contact order by sender, decoy`.execute(db);
  const campaigns = await sql<{ contacts: number }>`select id, senders, contacts from campaign order by id`.execute(db);
  return {
    contacts: contacts.rows,
    campaigns: campaigns.rows,
    warnings: warnings.rows as { change: string; record: { kind: string; class: string } }[],
    signals: signals.rows,
    memory: memory.rows,
  };
}
type Outcome = Awaited<ReturnType<typeof outcomeOf>>;

const endMs = START + (END + 4 * 60) * MINUTE;

/** Every capture when it arrives, and the clockwork of warnings in between. */
const live = (): Promise<Outcome> =>
  outcomeOf(async (parts, setNow) => {
    let tickedMs = START;
    const passUntil = async (ms: number): Promise<void> => {
      while (tickedMs + TICK < ms) {
        tickedMs += TICK;
        setNow(tickedMs);
        await tick(parts);
      }
      setNow(ms);
      await tick(parts);
    };
    for (const [at, one] of prepared.entries()) {
      await passUntil(arrivals[at]?.arrivesMs ?? 0);
      await projectBatch(parts, { prepared: [one], failed: [], last: one.seq });
    }
    await passUntil(endMs + 2 * MINUTE);
  });

/** All of it at once, or in parts, when it is long over. */
const replayed = (size: number): Promise<Outcome> =>
  outcomeOf(async (parts, setNow) => {
    for (let from = 0; from < prepared.length; from += size) {
      setNow(endMs + from);
      const some = prepared.slice(from, from + size);
      await projectBatch(parts, { prepared: some, failed: [], last: some.at(-1)?.seq ?? 0 });
      await tick(parts);
    }
    setNow(endMs + 2 * MINUTE);
    await tick(parts);
  });

test('captures raise the same warnings and signals live, in batches and in one batch', {
  timeout: 240_000,
}, async () => {
  const lived = await live();
  const kinds = new Set(lived.warnings.map(({ change, record }) => `${change} ${record.kind} ${record.class}`));
  expect([...kinds]).toEqual(expect.arrayContaining(['raised advisory phishing', 'ended all-clear phishing']));
  expect([...kinds].some((kind) => kind.endsWith('priority worm'))).toBe(true);
  const rules = new Set(lived.signals.map(({ rule }) => rule));
  expect([...rules]).toEqual(
    expect.arrayContaining(['first-touch', 'first-class', 'campaign-jump', 'outbreak', 'silence']),
  );
  expect(Math.max(...lived.campaigns.map(({ contacts }) => contacts))).toBeGreaterThan(20);
  for (const size of [prepared.length, 37]) {
    const batched = await replayed(size);
    expect(batched.contacts).toEqual(lived.contacts);
    expect(batched.campaigns).toEqual(lived.campaigns);
    expect(batched.warnings).toEqual(lived.warnings);
    expect(batched.signals).toEqual(lived.signals);
    expect(batched.memory).toEqual(lived.memory);
  }
});
