// One delivery, from the lease to the written outcome. Everything that forbids it is looked at directly before the send.
import { randomUUID } from 'node:crypto';
import type { Clock, Random } from '../core/clock.ts';
import { isSundewError, messageOf, unreachable } from '../core/error.ts';
import type { Indicator } from '../core/verdict.ts';
import { retractedIndicators } from '../knowledge/retraction-store.ts';
import type { Db } from '../storage/database.ts';
import { withRetry } from '../storage/retry.ts';
import { AlertBody, withoutIndicators } from './alert-body.ts';
import { BulletinBody, bulletinMessage } from './bulletin.ts';
import { type Channel, type ChannelKind, isUnsent, type OutgoingMessage } from './channel.ts';
import {
  type DeliveryFacts,
  insertBudgetNotice,
  type LeasedDelivery,
  type Outcome,
  readDelivery,
  recordOutcome,
} from './delivery-store.ts';
import { idempotencyKey } from './idempotency.ts';
import { DEFAULT_KINDS } from './kinds.ts';
import { alertMessage, type DeliveryIdentity } from './message.ts';
import { budgetMessage, confirmationMessage } from './notice.ts';
import { retryDelayMs } from './retry.ts';
import { insertConfirmationTokens } from './subscriber-store.ts';
import { CONFIRMATION_VALID_MS } from './subscription.ts';
import { hashSecret, newCode, newToken } from './token.ts';

export interface DeliverContext {
  readonly db: Db;
  readonly clock: Clock;
  readonly random: Random;
  readonly owner: string;
  /** Without a slash at the end. */
  readonly publicUrl: string;
  readonly budgetPerDay: number;
  /** Shorter than the lease, so that no other worker takes what is still being sent. */
  readonly sendTimeoutMs: number;
  channel(kind: ChannelKind): Channel | undefined;
  isDecoyAddress(channel: ChannelKind, address: string): boolean;
}

const RECORD_TRIES = 8;

interface SendFacts extends DeliveryFacts {
  readonly retracted: readonly Indicator[];
}

/** Sends one leased delivery and writes down how it went. @throws SundewError STORE_UNAVAILABLE: the lease runs out, it is sent again */
export async function deliver(context: DeliverContext, delivery: LeasedDelivery): Promise<Outcome | undefined> {
  const startedAt = context.clock.now();
  const facts = await readDelivery(context.db, delivery.id, context.owner, dayOf(startedAt));
  if (facts === undefined) return undefined;
  const retracted = await retractedIndicators(context.db);
  const outcome = await attempt(context, delivery, { ...facts, retracted }, startedAt);
  await withRetry(() => recordOutcome(context.db, delivery, context.owner, outcome), {
    clock: context.clock,
    random: context.random,
    tries: RECORD_TRIES,
  });
  return outcome;
}

async function attempt(
  context: DeliverContext,
  delivery: LeasedDelivery,
  facts: SendFacts,
  startedAt: Date,
): Promise<Outcome> {
  const ended = (rest: Omit<Outcome, 'startedAt' | 'endedAt'>): Outcome => ({
    startedAt,
    endedAt: context.clock.now(),
    ...rest,
  });
  if (delivery.expiresAt <= startedAt) return ended({ outcome: 'unsent', response: 'too late to be of use' });
  const forbidden = await whyNot(context, delivery, facts, startedAt);
  if (forbidden !== undefined) return ended({ outcome: 'suppressed', response: forbidden });
  if (facts.bulletinOvertaken)
    return ended(again(context, delivery, 'unsent', 'something was taken back: the bulletin is being made again'));
  try {
    const message = await compose(context, delivery, facts);
    const channel = context.channel(delivery.channel);
    if (channel === undefined)
      return ended(again(context, delivery, 'unsent', `alerts by ${delivery.channel} are not set up`));
    const receipt = await channel.send(message, AbortSignal.timeout(context.sendTimeoutMs));
    return ended({ outcome: 'sent', response: receipt.providerId ?? '', ...receipt });
  } catch (error) {
    if (isSundewError(error, 'CHANNEL_REFUSED')) return ended({ outcome: 'refused', response: messageOf(error) });
    return ended(again(context, delivery, isUnsent(error) ? 'unsent' : 'retry', messageOf(error)));
  }
}

/** Another try, unless the window closes before it. */
function again(
  context: DeliverContext,
  delivery: LeasedDelivery,
  outcome: 'retry' | 'unsent',
  response: string,
): Omit<Outcome, 'startedAt' | 'endedAt'> {
  const nextAt = new Date(context.clock.now().getTime() + retryDelayMs(delivery.attempt, context.random));
  return nextAt < delivery.expiresAt
    ? { outcome, response, nextAt }
    : { outcome, response: `given up, the window is over: ${response}` };
}

async function whyNot(
  context: DeliverContext,
  delivery: LeasedDelivery,
  facts: DeliveryFacts,
  now: Date,
): Promise<string | undefined> {
  if (context.isDecoyAddress(delivery.channel, facts.addressKey)) return 'the address is a decoy by now';
  if (delivery.purpose === 'confirmation') return facts.requestSpent ? 'the request was answered already' : undefined;
  if (facts.overtaken) return 'it was taken back';
  if (facts.followUp && !facts.told) return 'what it follows never reached the subscriber';
  if (facts.subscriberState !== 'confirmed') return `the subscriber is ${facts.subscriberState}`;
  if (!facts.wanted) return 'no longer asked for';
  if (delivery.purpose !== 'alert' || facts.followUp || facts.sentToday < context.budgetPerDay) return undefined;
  const day = dayOf(now);
  const notice = {
    id: randomUUID(),
    subscriber: delivery.subscriber,
    channel: delivery.channel,
    key: idempotencyKey('budget', day.toISOString(), 0, delivery.subscriber),
    expiresAt: new Date(day.getTime() + DAY_MS),
  };
  await insertBudgetNotice(context.db, notice, now);
  return `the budget of ${context.budgetPerDay} alerts a day is spent`;
}

/** What was taken out of a warning after its alert was stored is not sent any more. */
function bodyOf({ alert, retracted }: SendFacts): AlertBody {
  const body = AlertBody.parse(alert);
  return body.change === 'corrected' ? body : withoutIndicators(body, retracted);
}

async function compose(context: DeliverContext, delivery: LeasedDelivery, facts: SendFacts): Promise<OutgoingMessage> {
  const identity: DeliveryIdentity = {
    id: delivery.id,
    revision: delivery.revision,
    subscriber: delivery.subscriber,
    to: facts.address,
  };
  const links = { publicUrl: context.publicUrl, stopToken: facts.stopToken };
  switch (delivery.purpose) {
    case 'alert':
      return alertMessage(bodyOf(facts), identity, links);
    case 'bulletin':
      return bulletinMessage(BulletinBody.parse(facts.bulletin), identity, links);
    case 'budget':
      return budgetMessage(identity, context.budgetPerDay, links);
    case 'confirmation':
      return composeConfirmation(context, identity, facts);
    default:
      return unreachable(delivery.purpose);
  }
}

/** Each try brings secrets of its own, since none is stored; what an earlier try brought stays good as well. */
async function composeConfirmation(
  context: DeliverContext,
  identity: DeliveryIdentity,
  facts: DeliveryFacts,
): Promise<OutgoingMessage> {
  const { request = '', wishes = { networks: [], minSeverity: 'medium', kinds: DEFAULT_KINDS } } = facts;
  const secrets = { token: newToken(), code: newCode() };
  const hashes = { link: hashSecret('link', secrets.token), code: hashSecret(`code ${request}`, secrets.code) };
  const expiresAt = new Date(context.clock.now().getTime() + CONFIRMATION_VALID_MS);
  await insertConfirmationTokens(context.db, request, hashes, expiresAt);
  return confirmationMessage(identity, wishes, secrets, context.publicUrl);
}

const DAY_MS = 86_400_000;

/** Midnight UTC. */
function dayOf(now: Date): Date {
  return new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS);
}
