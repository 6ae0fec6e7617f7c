// Appeals: the public form, and the analysts' desk. Of who appeals nothing is kept but what the form says.
import { z } from 'zod';
import { SundewError } from '../../../core/error.ts';
import { APPEAL_STATES, findAppeal, listAppeals, type Appeal as Stored } from '../../../knowledge/appeal-store.ts';
import { Accepted, Appeal, AppealDecision, AppealList, AppealRequest } from '../../api/contract.ts';
import { ruleOnAppeal, takeAppeal } from '../../appeals.ts';
import { type HttpDeps, RealmQuery, realmFor } from '../deps.ts';
import { guardFor } from '../identity.ts';
import type { App } from '../server.ts';

/** From one address; counted in memory alone. */
const FORM_LIMIT = { rateLimit: { max: 5, timeWindow: '1 hour' } } as const;
const FORM_BYTES = 32 * 1024;
const One = { params: z.object({ id: z.uuid() }), querystring: RealmQuery };

export function appealRoutes(app: App, deps: HttpDeps): void {
  app.post(
    '/api/v1/appeals',
    { schema: { body: AppealRequest, response: { 202: Accepted } }, config: FORM_LIMIT, bodyLimit: FORM_BYTES },
    async (request, reply) => {
      const number = await takeAppeal(deps.publicRealm(), request.body, deps.clock.now());
      const message = `Noted as ${number}. An analyst looks at it; nobody else sees it.`;
      return reply.code(202).header('cache-control', 'no-store').send({ message });
    },
  );
  desk(app, deps);
}

function desk(app: App, deps: HttpDeps): void {
  const analyst = guardFor(deps.accounts, 'analyst');
  const Query = RealmQuery.extend({
    state: z.enum(APPEAL_STATES).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  });
  app.get('/api/v1/appeals', { schema: { querystring: Query, response: { 200: AppealList } } }, async (request) => {
    await analyst(request);
    const { realm, state, limit } = request.query;
    const query = state === undefined ? { limit } : { state, limit };
    return { appeals: (await listAppeals(realmFor(deps, realm).db, query)).map(shown) };
  });
  app.post(
    '/api/v1/appeals/:id/decide',
    { schema: { ...One, body: AppealDecision, response: { 200: Appeal } } },
    async (request) => {
      const user = await analyst(request);
      const realm = realmFor(deps, request.query.realm);
      const { decision, ...ruling } = request.body;
      const given = { ...ruling, retract: decision === 'retract' };
      const decided = await ruleOnAppeal(realm, request.params.id, given, user.email, deps.clock.now());
      await realm.answers.send(decided.id);
      return shown((await findAppeal(realm.db, decided.id)) ?? decided);
    },
  );
  app.post('/api/v1/appeals/:id/mail', { schema: { ...One, response: { 200: Appeal } } }, async (request) => {
    await analyst(request);
    const realm = realmFor(deps, request.query.realm);
    const appeal = await findAppeal(realm.db, request.params.id);
    if (appeal === undefined) throw new SundewError('NOT_FOUND', 'there is no appeal of this id');
    await realm.answers.send(appeal.id, true);
    return shown((await findAppeal(realm.db, appeal.id)) ?? appeal);
  });
}

function shown(appeal: Stored): z.infer<typeof Appeal> {
  return appeal;
}
