// Subscriptions: the board's form, confirmation, one-click stop (RFC 8058), the operator's list.
import { z } from 'zod';
import { BulletinBody } from '../../../alerts/bulletin.ts';
import { listBulletins, readBulletin } from '../../../alerts/bulletin-store.ts';
import type { ChannelKind } from '../../../alerts/channel.ts';
import { kindsInWords, MESSAGE_KINDS, type MessageKind } from '../../../alerts/kinds.ts';
import { deleteSubscriber, listSubscribers } from '../../../alerts/subscriber-report-store.ts';
import { confirm, kindsToStop, requestSubscription, stop } from '../../../alerts/subscription.ts';
import { SundewError } from '../../../core/error.ts';
import { NETWORK_NAMES } from '../../../core/network.ts';
import {
  Accepted,
  BulletinList,
  PublishedBulletin,
  StopSubscription,
  SubscribedKinds,
  SubscribeRequest,
  SubscriberList,
  TokenRequest,
} from '../../api/contract.ts';
import type { RealmParts } from '../../realm.ts';
import { type HttpDeps, RealmQuery, realmFor } from '../deps.ts';
import { guardFor, isControl } from '../identity.ts';
import type { App } from '../server.ts';

const FORM_LIMIT = { rateLimit: { max: 30, timeWindow: '1 minute' } } as const;

export function subscriberRoutes(app: App, deps: HttpDeps): void {
  publicRoutes(app, deps);
  operatorRoutes(app, deps);
  bulletinRoutes(app, deps);
}

/** A token names one subscriber of one realm; try the one that the board shows first. */
async function inEitherRealm<T>(deps: HttpDeps, act: (realm: RealmParts) => Promise<T>): Promise<T> {
  const first = deps.publicRealm();
  const other = deps.realm(first.realm === 'live' ? 'simulated' : 'live');
  try {
    return await act(first);
  } catch (error) {
    if (other === undefined) throw error;
    return await act(other);
  }
}

const CONFIRM_HOW = { mail: 'a message with a link to confirm', im: 'a message with a code to answer with' } as const;
const wayOf = (channel: ChannelKind): 'mail' | 'im' => (channel === 'email' ? 'mail' : 'im');

const waitsFor = (channel: ChannelKind, address: string): string =>
  `${address} is noted; the message to confirm goes out once Sundew runs and can send by ` +
  (channel === 'email' ? 'mail (sundew mail set)' : `${NETWORK_NAMES[channel]} (sundew im set ${channel})`);

const stoppedText = (left: readonly MessageKind[]): string =>
  left.length === 0 ? 'Stopped: nothing more will come.' : `Stopped. What you still get: ${kindsInWords(left)}.`;

/** What is no kind stops everything: whoever clicks wants less, and gets no error. */
const OneClick = z.object({ only: z.enum(MESSAGE_KINDS).optional().catch(undefined) });

function publicRoutes(app: App, deps: HttpDeps): void {
  const schema = { schema: { body: TokenRequest, response: { 200: Accepted } }, config: FORM_LIMIT } as const;
  app.post(
    '/api/v1/subscribers',
    { schema: { body: SubscribeRequest, response: { 202: Accepted } }, config: FORM_LIMIT },
    async (request, reply) => {
      const operator = isControl(request);
      // The form subscribes to what the board shows; a command means the real thing, demonstration or not.
      const realm = operator ? realmFor(deps, 'live') : deps.publicRealm();
      await requestSubscription(
        { db: realm.db, queue: realm.queue, clock: deps.clock, isDecoyAddress: realm.isDecoyAddress },
        { ...request.body, via: operator ? 'admin' : 'form', ...(operator ? {} : { ip: request.ip }) },
      );
      realm.wakeOutbox();
      const { channel, address } = request.body;
      const ready = !operator || realm.channels().includes(channel);
      const message = ready ? `${CONFIRM_HOW[wayOf(channel)]} is on its way to ${address}` : waitsFor(channel, address);
      return reply.code(202).send({ message });
    },
  );
  app.post('/api/v1/subscribers/confirm', schema, async (request) => {
    await inEitherRealm(deps, (realm) => confirm(realm.db, request.body.token, deps.clock.now()));
    return { message: 'confirmed: you will be told' };
  });
  app.post(
    '/api/v1/subscribers/kinds',
    { schema: { body: TokenRequest, response: { 200: SubscribedKinds } }, config: FORM_LIMIT },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const kinds = await inEitherRealm(deps, (realm) => kindsToStop(realm.db, request.body.token));
      return { kinds: [...kinds] };
    },
  );
  app.post(
    '/api/v1/subscribers/stop',
    { schema: { body: StopSubscription, response: { 200: Accepted } }, config: FORM_LIMIT },
    async ({ body: { token, only } }) => {
      const left = await inEitherRealm(deps, (realm) => stop(realm.db, token, deps.clock.now(), only));
      return { message: stoppedText(left) };
    },
  );
  // RFC 8058: the mail program's POST, without cookies, answered without a redirect.
  app.addContentTypeParser('application/x-www-form-urlencoded', { bodyLimit: 1024 }, (_request, payload, done) => {
    payload.resume();
    done(null, undefined);
  });
  app.post(
    '/unsubscribe/:token',
    { schema: { params: TokenRequest, querystring: OneClick, hide: true }, config: FORM_LIMIT },
    async ({ params: { token }, query: { only } }, reply) => {
      const left = await inEitherRealm(deps, (realm) => stop(realm.db, token, deps.clock.now(), only));
      return reply.type('text/plain').send(`${stoppedText(left)}\n`);
    },
  );
}

function operatorRoutes(app: App, deps: HttpDeps): void {
  const admin = guardFor(deps.accounts, 'admin');
  app.get(
    '/api/v1/subscribers',
    { schema: { querystring: RealmQuery, response: { 200: SubscriberList } } },
    async (request) => {
      await admin(request);
      const subscribers = await listSubscribers(realmFor(deps, request.query.realm).db);
      return {
        subscribers: subscribers.map((one) => ({ ...one, networks: [...one.networks], kinds: [...one.kinds] })),
      };
    },
  );
  app.delete(
    '/api/v1/subscribers/:id',
    { schema: { params: z.object({ id: z.string().max(64) }), querystring: RealmQuery, response: { 200: Accepted } } },
    async (request) => {
      await admin(request);
      await deleteSubscriber(realmFor(deps, request.query.realm).db, request.params.id);
      return { message: 'erased' };
    },
  );
}

function bulletinRoutes(app: App, deps: HttpDeps): void {
  const analyst = guardFor(deps.accounts, 'analyst');
  app.get(
    '/api/v1/console/bulletins',
    { schema: { querystring: RealmQuery, response: { 200: BulletinList } } },
    async (request) => {
      await analyst(request);
      return { bulletins: [...(await listBulletins(realmFor(deps, request.query.realm).db))] };
    },
  );
  app.get(
    '/api/v1/console/bulletins/:id',
    { schema: { params: z.object({ id: z.uuid() }), querystring: RealmQuery, response: { 200: PublishedBulletin } } },
    async (request) => {
      await analyst(request);
      const body = BulletinBody.safeParse(
        await readBulletin(realmFor(deps, request.query.realm).db, request.params.id),
      );
      if (!body.success) throw new SundewError('NOT_FOUND', 'there is no bulletin of this id');
      const { title, summary, text } = body.data;
      return { title, summary, text };
    },
  );
}
