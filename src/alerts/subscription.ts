// Double opt-in: requested → confirmed → stopped. Nothing goes to an address whose owner did not ask for it twice.
import { createHash } from 'node:crypto';
import type { Clock } from '../core/clock.ts';
import { SundewError } from '../core/error.ts';
import type { Network } from '../core/network.ts';
import { type Severity, severityRank } from '../core/severity.ts';
import type { Db, Tx } from '../storage/database.ts';
import { parseAddress } from './address.ts';
import type { ChannelKind } from './channel.ts';
import { kindsIn, type MessageKind } from './kinds.ts';
import { OUTBOX_QUEUE, type OutboxQueue } from './outbox-queue.ts';
import { kindsOfToken, stopByAddress, stopByToken } from './stop-store.ts';
import {
  confirmationsOf,
  confirmedByCode,
  confirmedByLink,
  insertRequest,
  type NewRequest,
  purgeRequests,
  requestsFrom,
} from './subscriber-store.ts';
import { hashSecret, isCode, isToken } from './token.ts';

/** A link or a code confirms for this long, once. */
export const CONFIRMATION_VALID_MS = 48 * 3_600_000;
/** Version of the words under the subscribe form and in the confirmation (docs/alerts.md). */
export const CONSENT_TEXT = '2';

const DAY_MS = 86_400_000;
const MAX_CONFIRMATIONS_PER_DAY = 1;
const MAX_CONFIRMATIONS_PER_30_DAYS = 3;
const MAX_REQUESTS_PER_IP_AND_HOUR = 5;
const MAX_REQUESTS_PER_IP_AND_DAY = 20;
const UNCONFIRMED_KEPT_MS = 7 * DAY_MS;
const IP_KEPT_MS = 30 * DAY_MS;

export interface SubscriptionDeps {
  readonly db: Db;
  readonly queue: OutboxQueue;
  readonly clock: Clock;
  /** Whether an address is a decoy's or a trap's: it would feed our own alerts back to us (I-27). */
  isDecoyAddress(channel: ChannelKind, address: string): boolean;
}

export interface SubscriptionRequest {
  readonly channel: ChannelKind;
  readonly address: string;
  /** Empty: all. */
  readonly networks: readonly Network[];
  readonly minSeverity: Severity;
  /** At least one. */
  readonly kinds: readonly MessageKind[];
  /** Who asks, for the limit per address of the internet. */
  readonly ip?: string;
  /** `form`: anybody, who learns nothing; `admin`: told what is wrong. */
  readonly via: 'form' | 'admin';
}

/** What became of a request; for the audit log, never for an anonymous caller. */
export type RequestOutcome = 'requested' | 'limited' | 'decoy';

/**
 * Stores the request and puts the confirmation into the outbox. An anonymous caller gets the same result whether the
 * address was known, over its limit or a decoy.
 * @throws SundewError SUBSCRIBER_INVALID (the form of the address), SUBSCRIBER_REFUSED (too many from one ip; for admins
 * also a decoy's address or one that was just written to)
 */
export async function requestSubscription(
  deps: SubscriptionDeps,
  request: SubscriptionRequest,
): Promise<RequestOutcome> {
  const { address, key } = parseAddress(request.channel, request.address);
  const now = deps.clock.now();
  const outcome = deps.isDecoyAddress(request.channel, key)
    ? 'decoy'
    : await deps.db.transaction().execute((tx) =>
        store(tx, deps.queue, now, {
          channel: request.channel,
          address,
          key,
          addressHash: createHash('sha256').update(`${request.channel}:${key}`).digest(),
          networks: [...new Set(request.networks)],
          minSeverity: severityRank(request.minSeverity),
          kinds: kindsIn(request.kinds),
          ip: request.ip,
          via: request.via,
          consentText: CONSENT_TEXT,
        }),
      );
  if (request.via === 'admin') sayWhy(outcome, address);
  return outcome;
}

async function store(tx: Tx, queue: OutboxQueue, now: Date, request: NewRequest): Promise<RequestOutcome> {
  if (request.via === 'form' && request.ip !== undefined) {
    const hour = await requestsFrom(tx, request.ip, new Date(now.getTime() - 3_600_000));
    const day = await requestsFrom(tx, request.ip, new Date(now.getTime() - DAY_MS));
    if (hour >= MAX_REQUESTS_PER_IP_AND_HOUR || day >= MAX_REQUESTS_PER_IP_AND_DAY) {
      throw new SundewError('SUBSCRIBER_REFUSED', 'too many requests from your internet address; try again tomorrow');
    }
  }
  const dayAgo = new Date(now.getTime() - DAY_MS);
  const monthAgo = new Date(now.getTime() - 30 * DAY_MS);
  const sent = await confirmationsOf(tx, request.addressHash, dayAgo, monthAgo);
  if (sent.day >= MAX_CONFIRMATIONS_PER_DAY || sent.month >= MAX_CONFIRMATIONS_PER_30_DAYS) return 'limited';
  const delivery = await insertRequest(tx, request, now);
  await queue.insert(tx, OUTBOX_QUEUE, [{ data: { delivery } }]);
  return 'requested';
}

function sayWhy(outcome: RequestOutcome, address: string): void {
  if (outcome === 'decoy') {
    throw new SundewError('SUBSCRIBER_REFUSED', `${address} is the address of a decoy; subscribe one that people read`);
  }
  if (outcome === 'limited') {
    const rule = `at most ${MAX_CONFIRMATIONS_PER_DAY} a day and ${MAX_CONFIRMATIONS_PER_30_DAYS} in 30 days`;
    throw new SundewError('SUBSCRIBER_REFUSED', `${address} was sent a confirmation already: ${rule}; try again later`);
  }
}

/** Confirms by the link's token: once, within 48 h. @throws SundewError SUBSCRIBER_UNKNOWN */
export async function confirm(db: Db, token: string, now: Date): Promise<void> {
  const done =
    isToken(token) && (await db.transaction().execute((tx) => confirmedByLink(tx, hashSecret('link', token), now)));
  if (!done) {
    const why = 'this link was used already or is older than 48 hours';
    throw new SundewError('SUBSCRIBER_UNKNOWN', `${why}; ask for a new one on the board`);
  }
}

/** Confirms by the six digits, from the account itself. @returns false when they are wrong, used or too old */
export async function confirmByCode(
  db: Db,
  from: { readonly channel: ChannelKind; readonly key: string },
  code: string,
  now: Date,
): Promise<boolean> {
  if (!isCode(code)) return false;
  return db
    .transaction()
    .execute((tx) => confirmedByCode(tx, from, (request) => hashSecret(`code ${request}`, code), now));
}

/**
 * Stops at once: what is pending for the subscriber is suppressed.
 * @param only one kind of message; all, when absent
 * @returns the kinds that still come @throws SundewError SUBSCRIBER_UNKNOWN
 */
export async function stop(db: Db, token: string, now: Date, only?: MessageKind): Promise<readonly MessageKind[]> {
  const left = isToken(token) ? await db.transaction().execute((tx) => stopByToken(tx, token, now, only)) : undefined;
  return left ?? unknownToken();
}

/** The kinds that come to whom the token stops: nothing else is told to its holder. @throws SundewError SUBSCRIBER_UNKNOWN */
export async function kindsToStop(db: Db, token: string): Promise<readonly MessageKind[]> {
  return (isToken(token) ? await kindsOfToken(db, token) : undefined) ?? unknownToken();
}

function unknownToken(): never {
  const why = 'this link belongs to no subscription; it may be damaged: copy all of it';
  throw new SundewError('SUBSCRIBER_UNKNOWN', why);
}

/** The same, said by the account itself. @returns false when it was no subscriber */
export async function stopFrom(
  db: Db,
  from: { readonly channel: ChannelKind; readonly key: string },
  now: Date,
): Promise<boolean> {
  return db.transaction().execute((tx) => stopByAddress(tx, from.channel, from.key, now));
}

/** Deletes requests that nobody confirmed within 7 days, and internet addresses after 30. @returns how many requests went */
export async function purgeUnconfirmed(db: Db, now: Date): Promise<number> {
  const before = (ms: number): Date => new Date(now.getTime() - ms);
  return db.transaction().execute((tx) => purgeRequests(tx, before(UNCONFIRMED_KEPT_MS), before(IP_KEPT_MS)));
}
