// Mails the answers to appeals. The rows are the truth: what a kill left behind is found at the start and at each look, and a
// mail that may have gone out already has the same Message-ID again.
import { appealAnswerMessage } from '../alerts/appeal-answer.ts';
import type { Channel } from '../alerts/channel.ts';
import { retryDelayMs } from '../alerts/retry.ts';
import { createWakeUp } from '../alerts/wake-up.ts';
import type { Clock, Log, Random } from '../core/clock.ts';
import { isSundewError, messageOf } from '../core/error.ts';
import {
  answerAgain,
  answersDueNow,
  noteWaiting,
  recordAnswer,
  takeAnswers,
  type WaitingAnswer,
} from '../knowledge/appeal-mail-store.ts';
import type { Db } from '../storage/database.ts';

export interface AppealPostOptions {
  readonly db: Db;
  /** The way out, when it is set up. */
  mail(): Channel | undefined;
  readonly publicUrl: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Whether it looks by itself; not in a single command's process. */
  readonly run: boolean;
}

export interface AppealPost {
  /** Sends one answer now, when it waits; with `again` also one that failed, as if it had never been tried. */
  send(appeal: string, again?: boolean): Promise<void>;
  /** Mail has been set up: all that waits is due. */
  mailSet(): Promise<void>;
  stop(): Promise<void>;
}

/** With full jitter up to an hour between two, about ten hours in all. */
export const MAX_ANSWER_TRIES = 24;
const POLL_MS = 15_000;
const MAIL_TIMEOUT_MS = 20_000;
/** Longer than a try can take. */
const LEASE_MS = 60_000;
/** Answers a look; sent one after another. */
const PER_LOOK = 20;
const MAX_NOTE = 300;
const NO_MAIL = 'outgoing mail is not set up; the answer goes out when it is';

export async function startAppealPost(options: AppealPostOptions): Promise<AppealPost> {
  const { db, clock, log } = options;
  const wakeUp = createWakeUp();
  let stopping = false;
  // One at a time: the look and whoever presses the button.
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work);
    turn = done.catch(() => undefined);
    return done;
  };
  const look = async (): Promise<void> => {
    const channel = options.mail();
    if (channel === undefined) return noteWaiting(db, NO_MAIL);
    for (let sent = 0; sent < PER_LOOK && !stopping; sent += 1) if (!(await sendNext(options, channel))) return;
  };
  const running = async (): Promise<void> => {
    while (!stopping) {
      await inTurn(look).catch((error: unknown) => log.warn({ err: messageOf(error) }, 'answers to appeals wait'));
      await wakeUp.wait(POLL_MS, clock);
    }
  };
  // Whoever had taken an answer before this process is dead: one process owns the realm.
  if (options.run) await answersDueNow(db, clock.now());
  const ended = options.run ? running() : Promise.resolve();
  return {
    send: (appeal, again = false) =>
      inTurn(async () => {
        if (again) await answerAgain(db, appeal, clock.now());
        const channel = options.mail();
        if (channel === undefined) await noteWaiting(db, NO_MAIL);
        else await sendNext(options, channel, appeal);
      }),
    mailSet: async () => {
      await answersDueNow(db, clock.now());
      wakeUp.wake();
    },
    stop: async () => {
      stopping = true;
      wakeUp.wake();
      await ended;
      await turn;
    },
  };
}

/** @returns false when nothing is due, or the way out is in trouble: the next look goes on */
async function sendNext(options: AppealPostOptions, channel: Channel, id?: string): Promise<boolean> {
  const { db, clock } = options;
  const now = clock.now();
  const leaseUntil = new Date(now.getTime() + LEASE_MS);
  const [waiting] = await takeAnswers(db, { now, leaseUntil, limit: 1, ...(id === undefined ? {} : { id }) });
  if (waiting === undefined) return false;
  const publicUrl = options.publicUrl.replace(/\/+$/, '');
  const message = appealAnswerMessage({ ...waiting, to: waiting.contact, publicUrl });
  try {
    await channel.send(message, AbortSignal.timeout(MAIL_TIMEOUT_MS));
    await recordAnswer(db, waiting.id, { mail: 'sent', note: '' });
  } catch (error) {
    const failure = failureOf(options, waiting, error);
    await recordAnswer(db, waiting.id, failure);
    return failure.mail === 'failed';
  }
  return true;
}

function failureOf(
  { clock, random }: AppealPostOptions,
  { tries }: WaitingAnswer,
  error: unknown,
): Parameters<typeof recordAnswer>[2] {
  const note = messageOf(error).slice(0, MAX_NOTE);
  if (isSundewError(error, 'CHANNEL_REFUSED')) return { mail: 'failed', note };
  if (tries >= MAX_ANSWER_TRIES) return { mail: 'failed', note: `given up after ${tries} tries: ${note}` };
  return { mail: 'pending', note, nextAt: new Date(clock.now().getTime() + retryDelayMs(tries, random)) };
}
