// A realm of its own for tests of taking back: captures go in, alerts go out, and a reader looks.
import { sql } from 'kysely';
import { startDispatcher } from '../../alerts/dispatcher.ts';
import { enqueueAlerts } from '../../alerts/enqueue.ts';
import { DEAF_QUEUE, REAL_CLOCK, type RecordingChannel, recordingChannel, until } from '../../alerts/testing/fakes.ts';
import type { Analysed } from '../../analysis/types.ts';
import { SILENT } from '../../core/clock.ts';
import { recordKnowledge } from '../../knowledge/record.ts';
import { analysed, type Given } from '../../knowledge/testing/analysed.ts';
import type { Db } from '../../storage/database.ts';
import { testDatabase } from '../../storage/testing/test-database.ts';
import { assessWarnings } from '../../warning/assess.ts';
import { viewWarning } from '../../warning/disclosure.ts';
import { findWarning, listWarnings } from '../../warning/warning-store.ts';
import type { RetractionRealm } from '../retract.ts';

const TABLES = [
  ...['retraction', 'warning', 'warning_watch', 'network_level', 'campaign', 'campaign_decoy', 'campaign_sender'],
  ...['campaign_indicator', 'indicator', 'subscriber', 'alert', 'threat', 'threat_draft'],
];
export const WHY = { by: 'ada@sundew.example', reason: 'It was a test of ours.' };
export const at = (minute: number): string =>
  new Date(Date.parse('2026-01-05T10:00:00.000Z') + minute * 60_000).toISOString();
export const LATER = new Date(at(60));

export interface RetractionDesk {
  readonly db: Db;
  readonly realm: RetractionRealm;
  /** Ids that open streams were told are gone. */
  readonly gone: string[];
  /** How often signatures were loaded anew. */
  reloads: number;
  /** What the pipeline does with a batch. */
  feed(...items: readonly Analysed[]): Promise<void>;
  /** A worm at three decoys. @returns the id of its warning */
  warned(given?: Given): Promise<string>;
  /** Lets everything out that waits. */
  send(judge?: Parameters<typeof recordingChannel>[1]): Promise<RecordingChannel>;
  /** Lets what waits fall due. */
  due(): Promise<unknown>;
  /** What the public sees of a warning. */
  publicly(id: string): Promise<ReturnType<typeof viewWarning>>;
  clear(): Promise<void>;
  close(): Promise<void>;
}

export const worm = (minute: number, decoy: string, given: Given = {}): Analysed =>
  analysed({ at: at(minute), decoy, peer: `from-${decoy}`, ...given });

export async function openRetractionDesk(): Promise<RetractionDesk> {
  const database = await testDatabase();
  const { db } = database;
  const gone: string[] = [];
  const feed = async (...items: readonly Analysed[]): Promise<void> => {
    await db.transaction().execute(async (tx) => {
      const changes = await assessWarnings(tx, await recordKnowledge(tx, items), { simulated: false });
      await enqueueAlerts(tx, DEAF_QUEUE, changes, { now: new Date(at(10)) });
    });
  };
  const due = (): Promise<unknown> =>
    sql`update delivery set next_at = now() - interval '1 hour',
      expires_at = now() + interval '1 day', created_at = now()`.execute(db);
  const desk: RetractionDesk = {
    ...{ db, gone, feed, due, reloads: 0 },
    realm: {
      ...{ db, queue: DEAF_QUEUE },
      feed: { retracted: (ids) => gone.push(...ids) },
      live: { publish: () => undefined },
      view: { scrub: (text) => text },
      wakeOutbox: () => undefined,
      reloadSignatures: () => {
        desk.reloads += 1;
        return Promise.resolve();
      },
    },
    warned: async (given = {}) => {
      for (const [minute, decoy] of ['dora', 'max', 'eve'].entries())
        await feed(worm(minute, `${decoy}@d.example`, given));
      const { warnings } = await listWarnings(db);
      return warnings[0]?.id ?? '';
    },
    send: async (judge) => {
      await due();
      return await sendAll(db, judge);
    },
    publicly: async (id) => {
      const record = await findWarning(db, id);
      return record === undefined ? undefined : viewWarning(record, 'public', LATER);
    },
    clear: async () => {
      gone.length = 0;
      desk.reloads = 0;
      for (const table of TABLES) await sql`delete from ${sql.table(table)}`.execute(db);
    },
    close: () => database.close(),
  };
  return desk;
}

async function sendAll(db: Db, judge?: Parameters<typeof recordingChannel>[1]): Promise<RecordingChannel> {
  const channel = recordingChannel('email', judge);
  const dispatcher = await startDispatcher({
    ...{ db, queue: DEAF_QUEUE, channels: [channel], clock: REAL_CLOCK, random: () => 0.5, log: SILENT },
    ...{ publicUrl: 'https://sundew.example', isDecoyAddress: () => false },
  });
  const tried = async (): Promise<boolean> =>
    (
      await sql<{ n: number }>`select count(*)::int as n from delivery
      where state = 'leased' or (state = 'pending' and next_at <= now())`.execute(db)
    ).rows[0]?.n === 0;
  await until(tried, 20_000);
  await dispatcher.stop();
  return channel;
}
