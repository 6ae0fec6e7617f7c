// Health, metrics, status, engagement, evidence, dead letters, purge.
import { z } from 'zod';
import { countDeadLetters, findDeadLetter, listDeadLetters } from '../../../captures/dead-letter-store.ts';
import { defined } from '../../../core/defined.ts';
import { SundewError } from '../../../core/error.ts';
import { REALMS } from '../../../core/network.ts';
import { countOpenAppeals } from '../../../knowledge/appeal-store.ts';
import { Accepted, ApproveRequest, DeadLetterList, Status, StopRequest } from '../../api/contract.ts';
import { VERSION } from '../../version.ts';
import { type HttpDeps, RealmQuery, realmFor } from '../deps.ts';
import { guardFor, isControl } from '../identity.ts';
import type { App } from '../server.ts';
import { ledgerRoutes } from './ledger.ts';

const DAY_MS = 86_400_000;
const LOOPBACK = /^(127[.]|::1$|::ffff:127[.])/;

export function operationRoutes(app: App, deps: HttpDeps): void {
  health(app, deps);
  status(app, deps);
  engagement(app, deps);
  ledgerRoutes(app, deps);
  deadLetters(app, deps);
}

function realmsOf(deps: HttpDeps) {
  return REALMS.flatMap((name) => {
    const realm = deps.realm(name);
    return realm === undefined ? [] : [realm];
  });
}

function health(app: App, deps: HttpDeps): void {
  app.get('/healthz', { schema: { hide: true }, config: { rateLimit: false } }, () => ({ ok: true }));
  app.get('/readyz', { schema: { hide: true }, config: { rateLimit: false } }, async (_request, reply) => {
    try {
      await deps.storeInfo();
    } catch {
      return reply.code(503).send({ ok: false, why: 'the database is away; captures wait in the journal' });
    }
    return { ok: true };
  });
  app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    // Never public: straight from this machine, or signed in.
    const forwarded = request.headers['x-forwarded-for'] ?? request.headers.forwarded ?? request.headers['x-real-ip'];
    const local = forwarded === undefined && LOOPBACK.test(request.raw.socket.remoteAddress ?? '');
    if (!local && !isControl(request)) await guardFor(deps.accounts, 'analyst')(request);
    return reply.type('text/plain; version=0.0.4; charset=utf-8').send(await deps.metrics.render());
  });
}

function status(app: App, deps: HttpDeps): void {
  const analyst = guardFor(deps.accounts, 'analyst');
  const admin = guardFor(deps.accounts, 'admin');
  app.get('/api/v1/status', { schema: { response: { 200: Status } } }, async (request) => {
    await analyst(request);
    const realm = deps.publicRealm();
    return {
      version: VERSION,
      startedAt: deps.startedAt.toISOString(),
      realm: realm.realm,
      simulated: realm.realm === 'simulated',
      goingLive: await goingLive(deps),
      pipelines: await Promise.all(
        realmsOf(deps).map(async (one) => ({
          realm: one.realm,
          journal: one.journal.last,
          projected: one.pipeline.projected,
          lagMs: one.pipeline.lagMs(),
          deadLetters: await countDeadLetters(one.db),
          outbox: await one.outboxDepth(),
        })),
      ),
      openAppeals: await countOpenAppeals(realm.db),
      engagement: deps.decoys.engagement(),
      store: await deps.storeInfo(),
    };
  });
  app.post('/api/v1/simulated/purge', { schema: { response: { 200: Accepted } } }, async (request) => {
    await admin(request);
    await deps.purgeSimulated();
    return { message: 'all simulated data is gone' };
  });
}

async function goingLive(deps: HttpDeps): Promise<z.infer<typeof Status>['goingLive']> {
  const live = deps.realm('live');
  return [
    { step: 'decoy', done: deps.decoys.configured() > 0 },
    { step: 'mail', done: deps.settings.mailState().configured },
    { step: 'subscriber', done: live !== undefined && (await live.confirmedSubscribers()) > 0 },
    { step: 'purge', done: deps.realm('simulated') === undefined },
  ];
}

function engagement(app: App, deps: HttpDeps): void {
  const analyst = guardFor(deps.accounts, 'analyst');
  app.get('/api/v1/engagement', async (request) => {
    await analyst(request);
    return deps.decoys.engagementDetail();
  });
  app.post(
    '/api/v1/engagement/stop',
    { schema: { body: StopRequest, response: { 200: Accepted } } },
    async (request) => {
      const user = await analyst(request);
      await deps.decoys.stopEngagement(request.body.reason, user.email);
      return { message: 'everything is at observe' };
    },
  );
  const admin = guardFor(deps.accounts, 'admin');
  app.post(
    '/api/v1/engagement/resume',
    { schema: { body: StopRequest, response: { 200: Accepted } } },
    async (request) => {
      const user = await admin(request);
      await deps.decoys.resumeEngagement(request.body.reason, user.email);
      return { message: 'the stop is taken back; approvals that still hold count again' };
    },
  );
  app.post(
    '/api/v1/engagement/approve',
    { schema: { body: ApproveRequest, response: { 200: Accepted } } },
    async (request) => {
      await admin(request);
      const { days, ...approval } = request.body;
      const approved = deps.clock.now();
      const expires = new Date(approved.getTime() + days * DAY_MS).toISOString();
      await deps.decoys.approve({ ...defined(approval), approved: approved.toISOString(), expires });
      return {
        message: `${approval.network} may go up to ${approval.level} until ${expires}, below the ceiling of the settings`,
      };
    },
  );
  app.get('/api/v1/evidence/verify', { schema: { querystring: RealmQuery } }, async (request) => {
    await analyst(request);
    return realmFor(deps, request.query.realm).journal.verify();
  });
}

function deadLetters(app: App, deps: HttpDeps): void {
  const analyst = guardFor(deps.accounts, 'analyst');
  app.get(
    '/api/v1/dead-letters',
    { schema: { querystring: RealmQuery, response: { 200: DeadLetterList } } },
    async (request) => {
      await analyst(request);
      return { deadLetters: [...(await listDeadLetters(realmFor(deps, request.query.realm).db))] };
    },
  );
  app.post(
    '/api/v1/dead-letters/:id/retry',
    { schema: { params: z.object({ id: z.string() }), querystring: RealmQuery, response: { 200: Accepted } } },
    async (request) => {
      await analyst(request);
      const realm = realmFor(deps, request.query.realm);
      const letter = await findDeadLetter(realm.db, request.params.id);
      if (letter === undefined) throw new SundewError('NOT_FOUND', 'there is no dead letter of this id');
      await realm.retryDeadLetter(letter);
      return { message: 'taken up again' };
    },
  );
}
