// Bulletins of months and quarters that are over: made once, kept as published, put into the outbox in the same transaction.
// The row is the truth: whatever is killed when, there is one bulletin a period, and one delivery of it a subscriber.
import type { BulletinBody } from '../alerts/bulletin.ts';
import {
  findBulletin,
  insertBulletin,
  insertBulletinDeliveries,
  overtakenBulletins,
  replaceBulletin,
} from '../alerts/bulletin-store.ts';
import { BULLETIN_KINDS, type BulletinKind } from '../alerts/kinds.ts';
import { OUTBOX_QUEUE, type OutboxQueue } from '../alerts/outbox-queue.ts';
import { createWakeUp } from '../alerts/wake-up.ts';
import { uuidOf } from '../core/capture-id.ts';
import type { Clock, Log } from '../core/clock.ts';
import { messageOf } from '../core/error.ts';
import type { Realm } from '../core/network.ts';
import type { Scrub } from '../knowledge/scrub.ts';
import { makeReport } from '../report/compose.ts';
import type { ReportPeriod } from '../report/model.ts';
import { lastClosed, parsePeriod } from '../report/period.ts';
import { headOf } from '../report/render/head.ts';
import { renderText, summaryOf } from '../report/render/text.ts';
import { firstCapture } from '../report/report-store.ts';
import type { Db } from '../storage/database.ts';
import { DEFAULT_POLICY } from '../warning/policy.ts';

export interface BulletinOptions {
  readonly db: Db;
  readonly queue: OutboxQueue;
  readonly realm: Realm;
  /** Of the public's delay for text and hosts. */
  readonly delayMs: number;
  readonly scrub: Scrub;
  readonly clock: Clock;
  readonly log: Log;
  /** Resolves when all that the journal held at the start is in the store: captures of the period may be among it. */
  ready(signal: AbortSignal): Promise<void>;
  /** Something is in the outbox. */
  wake(): void;
}

export interface Bulletins {
  /** Makes what is due now. */
  look(): Promise<void>;
  stop(): Promise<void>;
}

/** A warning whose last capture came in the last minute of the month is over, or goes on, only a day of quiet later. */
export const BULLETIN_GRACE_MS = DEFAULT_POLICY.quietMs;
const DAY_MS = 86_400_000;
/** A bulletin that could not be made within a week, for Sundew did not run, is no news any more. */
export const BULLETIN_LATEST_MS = 7 * DAY_MS;
/** How long it is worth sending: longer than a weekend without mail. */
const WINDOW_MS = 3 * DAY_MS;
const POLL_MS = 10 * 60_000;

const PERIODS = { monthly: 'month', quarterly: 'quarter' } as const satisfies Record<
  BulletinKind,
  ReportPeriod['kind']
>;

/** Looks as soon as the store is ready, and every ten minutes. */
export function startBulletins(options: BulletinOptions): Bulletins {
  const { clock, log } = options;
  const wakeUp = createWakeUp();
  const stopping = new AbortController();
  let turn: Promise<unknown> = Promise.resolve();
  const look = (): Promise<void> => {
    const done = turn.then(() => makeDue(options));
    turn = done.catch(() => undefined);
    return done;
  };
  const run = async (): Promise<void> => {
    await options.ready(stopping.signal).catch(() => undefined); // stopped before
    while (!stopping.signal.aborted) {
      await look().catch((error: unknown) => log.warn({ err: messageOf(error) }, 'bulletins were not made'));
      if (!stopping.signal.aborted) await wakeUp.wait(POLL_MS, clock);
    }
  };
  const ended = run();
  return {
    look,
    stop: async () => {
      stopping.abort();
      wakeUp.wake();
      await ended;
    },
  };
}

async function makeDue(options: BulletinOptions): Promise<void> {
  for (const kind of BULLETIN_KINDS) await makeNewest(options, kind);
  for (const { id, kind, period } of await overtakenBulletins(options.db)) {
    const { body, madeAt } = await compose(options, kind, parsePeriod(period));
    await options.db.transaction().execute((tx) => replaceBulletin(tx, id, madeAt, body));
    options.log.info(
      { kind, period },
      'a bulletin that had not gone out to all was made again: something was taken back',
    );
  }
}

async function makeNewest(options: BulletinOptions, kind: BulletinKind): Promise<void> {
  const { db, clock, queue } = options;
  const now = clock.now();
  const period = lastClosed(PERIODS[kind], new Date(now.getTime() - BULLETIN_GRACE_MS));
  const closedAt = new Date(period.to);
  if (now.getTime() - closedAt.getTime() > BULLETIN_LATEST_MS) return;
  if ((await findBulletin(db, kind, period.id)) !== undefined) return;
  const first = await firstCapture(db);
  if (first === undefined || first >= closedAt) return;
  const { body, madeAt } = await compose(options, kind, period);
  const bulletin = { id: uuidOf('bulletin', kind, period.id), kind, period: period.id, closedAt, madeAt, body };
  const told = await db.transaction().execute(async (tx) => {
    if (!(await insertBulletin(tx, bulletin))) return 0;
    const deliveries = await insertBulletinDeliveries(tx, bulletin, now, new Date(now.getTime() + WINDOW_MS));
    if (deliveries > 0) await queue.insert(tx, OUTBOX_QUEUE, [{ data: { bulletin: bulletin.id } }]);
    return deliveries;
  });
  options.log.info({ kind, period: period.id, subscribers: told }, 'bulletin published');
  if (told > 0) options.wake();
}

/** As everybody may see it: anybody can subscribe, so a mail says no more than the page does. */
async function compose(
  { db, realm, delayMs, scrub, clock }: BulletinOptions,
  kind: BulletinKind,
  period: ReportPeriod,
): Promise<{ readonly body: BulletinBody; readonly madeAt: Date }> {
  const madeAt = clock.now();
  const report = await makeReport(db, {
    ...{ realm, tier: 'public', kind: 'bulletin', period, now: madeAt, scrub, decoys: [] },
    delayMs: realm === 'simulated' ? 0 : delayMs,
  });
  const body: BulletinBody = {
    kind,
    period: period.id,
    title: headOf(report).title,
    summary: summaryOf(report),
    text: renderText(report),
    simulated: realm === 'simulated',
    report,
  };
  return { body, madeAt };
}
