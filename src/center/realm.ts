// One realm put together: journal, store, pipeline, decoys, outbox. `live` and `simulated` are two of these.
import { rm } from 'node:fs/promises';
import type { Channel, ChannelKind } from '../alerts/channel.ts';
import { type Dispatcher, startDispatcher } from '../alerts/dispatcher.ts';
import { outboxDepth } from '../alerts/outbox-report-store.ts';
import { listSubscribers } from '../alerts/subscriber-report-store.ts';
import { purgeUnconfirmed } from '../alerts/subscription.ts';
import { createClusterer } from '../analysis/cluster/clusterer.ts';
import type { FileTriage } from '../analysis/files/sandbox/sandbox.ts';
import { openAnalysisPool } from '../analysis/pool/pool.ts';
import type { Analysis } from '../analysis/types.ts';
import { type DeadLetter, deleteDeadLetter } from '../captures/dead-letter-store.ts';
import { type EvidenceJournal, openJournal } from '../captures/journal/journal.ts';
import type { Capture } from '../core/capture.ts';
import type { Clock, Log, Random } from '../core/clock.ts';
import { messageOf } from '../core/error.ts';
import type { Network, Realm } from '../core/network.ts';
import { purgeAppeals } from '../knowledge/appeal-store.ts';
import { restoreCampaigns } from '../knowledge/campaign-store.ts';
import { seedThreats } from '../knowledge/seed.ts';
import { loadSignatures } from '../knowledge/signature-store.ts';
import { type Database, type Db, openDatabase } from '../storage/database.ts';
import { dropRealm, migrate } from '../storage/migrate.ts';
import { openQueue, type Queue } from '../storage/queue.ts';
import type { SizeOf } from '../warning/build-record.ts';
import { loadIdKey } from '../warning/warning-id.ts';
import { type AppealPost, startAppealPost } from './appeal-post.ts';
import { type Bulletins, startBulletins } from './bulletins.ts';
import { createLiveHub, type LiveHub } from './live.ts';
import { type Pipeline, startPipeline } from './pipeline/pipeline.ts';
import type { Projected } from './pipeline/project.ts';
import type { Measure } from './pipeline/stage-time.ts';
import { type PublicFeed, startPublicFeed } from './public-feed.ts';
import type { PublicOptions } from './public-view.ts';

const HOUSEKEEPING_MS = 3_600_000;
const JOURNAL_NAME = 'local';
/** Campaigns that the clusterer knows again after a restart. */
const RESTORED = 50_000;

export interface RealmParts {
  readonly realm: Realm;
  readonly db: Db;
  readonly database: Database;
  readonly journal: EvidenceJournal;
  readonly pipeline: Pipeline;
  /** Where content of files is looked into. */
  readonly files: FileTriage | undefined;
  readonly queue: Queue;
  readonly live: LiveHub<Projected>;
  readonly feed: PublicFeed;
  readonly view: PublicOptions;
  /** The post of answers to appeals. */
  readonly answers: AppealPost;
  /** What subscribers can be told by now. */
  channels(): readonly ChannelKind[];
  isDecoyAddress(channel: ChannelKind, address: string): boolean;
  wakeOutbox(): void;
  setChannel(kind: ChannelKind, channel: Channel | undefined): Promise<void>;
  outboxDepth(): Promise<number>;
  confirmedSubscribers(): Promise<number>;
  /** Analyses what is no capture of ours, in a thread and under its time limit; nothing is stored. */
  analyse(capture: Capture): Promise<Analysis | undefined>;
  /** After an edit of the knowledge base. */
  reloadSignatures(): Promise<void>;
  retryDeadLetter(letter: DeadLetter): Promise<void>;
  close(): Promise<void>;
  /** Closes and does away with everything of this realm. */
  purge(): Promise<void>;
}

export interface RealmOptions {
  readonly realm: Realm;
  readonly databaseUrl: string;
  readonly journalDir: string;
  readonly sensor: string;
  readonly publicUrl: string;
  readonly budgetPerDay: number;
  readonly channels: readonly Channel[];
  /** Of the public's delay for text and hosts. */
  readonly delayMs: number;
  /** Where content of files is looked into. */
  readonly files?: FileTriage;
  /** The classifier's model; the shipped one unless told. */
  readonly model?: string | undefined;
  /** Threads beside the main one for analysis. */
  readonly analysisWorkers: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  isDecoyAddress(channel: ChannelKind, address: string): boolean;
  /** Cuts whatever names a decoy out of a text. */
  redact(text: string): string;
  /** The networks that its decoys are on. */
  watched(): ReadonlySet<Network>;
  /** Sizes of services, for forecasts of infected accounts. */
  readonly sizeOf?: SizeOf;
  /** Whether alerts go out; not from a single command's process. */
  readonly dispatch: boolean;
  onProjected(projected: Projected): void;
  /** Told how long the stages of the pipeline take. */
  readonly measure?: Measure;
}

/** Opens a realm; its schema is made or brought up to date, its pipeline catches up. */
export async function openRealm(options: RealmOptions): Promise<RealmParts> {
  const { realm, clock, random, log } = options;
  const database = openDatabase({ url: options.databaseUrl, realm });
  const { db } = database;
  await migrate(database);
  await seedThreats(db, clock.now());
  const journal = await openJournal(options.journalDir, { clock, log, sensor: options.sensor });
  const queue = await openQueue(database, { log });
  const pool = await openAnalysisPool({
    workers: options.analysisWorkers,
    signatures: await loadSignatures(db),
    model: options.model,
  });
  const clusterer = createClusterer();
  clusterer.restore(await restoreCampaigns(db, RESTORED));
  const live = createLiveHub<Projected>();
  const { redact: scrub, watched } = options;
  const view: PublicOptions = { realm, delayMs: options.delayMs, key: await loadIdKey(db), scrub, watched };
  const feed = startPublicFeed(db, view, clock, log);
  const project = {
    db,
    queue,
    clusterer,
    journalName: JOURNAL_NAME,
    simulated: realm === 'simulated',
    sizeOf: options.sizeOf,
    redact: options.redact,
    now: () => clock.now(),
    measure: options.measure,
  };
  let dispatcher: Dispatcher | undefined;
  const onProjected = (projected: Projected): void => {
    options.onProjected(projected);
    live.publish(projected);
    feed.changed();
    // The queue's notice would do, one look at its table later; this process knows already.
    if (projected.changes.some(({ notify }) => notify)) dispatcher?.wake();
  };
  const pipeline = await startPipeline({
    ...project,
    journal,
    pool,
    files: options.files,
    clock,
    random,
    log,
    onProjected,
  });
  dispatcher = options.dispatch ? await startDispatcher({ ...options, db, queue }) : undefined;
  const bulletins: Bulletins | undefined = options.dispatch
    ? startBulletins({
        ...options,
        db,
        queue,
        scrub,
        ready: (signal) => pipeline.settled(journal.last, signal),
        wake: () => dispatcher?.wake(),
      })
    : undefined;
  const housekeeping = setInterval(() => {
    Promise.all([purgeUnconfirmed(db, clock.now()), purgeAppeals(db, clock.now())]).catch((error: unknown) =>
      log.warn({ err: messageOf(error) }, 'old requests and appeals were not deleted'),
    );
  }, HOUSEKEEPING_MS);
  const channels = new Map(options.channels.map((channel) => [channel.kind, channel]));
  const mail = (): Channel | undefined => channels.get('email');
  const answers = await startAppealPost({ ...options, db, mail, run: options.dispatch });
  const close = async (): Promise<void> => {
    clearInterval(housekeeping);
    await feed.stop();
    await pipeline.stop();
    await bulletins?.stop();
    await answers.stop();
    await dispatcher?.stop();
    await pool.close();
    await queue.stop();
    await database.close();
    await journal.close();
  };
  return {
    realm,
    db,
    database,
    journal,
    pipeline,
    files: options.files,
    queue,
    live,
    feed,
    view,
    channels: () => [...channels.keys()],
    answers,
    isDecoyAddress: options.isDecoyAddress,
    wakeOutbox: () => dispatcher?.wake(),
    setChannel: async (kind, channel) => {
      if (channel === undefined) channels.delete(kind);
      else channels.set(kind, channel);
      await dispatcher?.setChannel(kind, channel);
      if (kind === 'email' && channel !== undefined) await answers.mailSet();
    },
    outboxDepth: () => outboxDepth(db),
    confirmedSubscribers: async () => (await listSubscribers(db)).filter(({ state }) => state === 'confirmed').length,
    analyse: async (capture) => (await pool.analyzeBatch([capture]))[0],
    reloadSignatures: async () => pool.setSignatures(await loadSignatures(db)),
    retryDeadLetter: async (letter) => {
      await pipeline.again(letter.journalSeq);
      await deleteDeadLetter(db, letter.id);
    },
    close,
    purge: async () => {
      await close();
      const again = openDatabase({ url: options.databaseUrl, realm, max: 1 });
      await dropRealm(again);
      await again.close();
      await rm(options.journalDir, { recursive: true, force: true });
    },
  };
}
