// Taking back what was said, for analysts.
import { z } from 'zod';
import type { Retraction as Stored } from '../../../knowledge/retraction.ts';
import { listRetractions } from '../../../knowledge/retraction-store.ts';
import { type Retraction, RetractionDone, RetractionList, RetractionRequest } from '../../api/contract.ts';
import { type RetractionOutcome, retract, undo } from '../../retract.ts';
import { type HttpDeps, RealmQuery, realmFor } from '../deps.ts';
import { guardFor, isControl } from '../identity.ts';
import type { App } from '../server.ts';

export function retractionRoutes(app: App, deps: HttpDeps): void {
  const analyst = guardFor(deps.accounts, 'analyst');
  const schema = { body: RetractionRequest, querystring: RealmQuery, response: { 200: RetractionDone } };
  for (const [path, act] of [
    ['/api/v1/retractions', retract],
    ['/api/v1/retractions/undo', undo],
  ] as const) {
    app.post(path, { schema }, async (request) => {
      const user = await analyst(request);
      const { target, reason, by } = request.body;
      const author = isControl(request) && by !== undefined && by !== '' ? by : user.email;
      const realm = realmFor(deps, request.query.realm);
      return doneOf(await act(realm, target, { by: author, reason }, deps.clock.now()));
    });
  }
  const Query = RealmQuery.extend({ limit: z.coerce.number().int().min(1).max(500).default(100) });
  app.get(
    '/api/v1/retractions',
    { schema: { querystring: Query, response: { 200: RetractionList } } },
    async (request) => {
      await analyst(request);
      const { realm, limit } = request.query;
      return { retractions: (await listRetractions(realmFor(deps, realm).db, limit)).map(shown) };
    },
  );
}

function doneOf({ retraction, warnings, told }: RetractionOutcome): z.infer<typeof RetractionDone> {
  const what = retraction.undone === undefined ? 'is retracted' : 'counts again';
  const whom = told === 0 ? 'nobody had been told' : `${told} who were told are told so`;
  return {
    message: `${retraction.label} ${what}; ${whom}`,
    retraction: shown(retraction),
    warnings: [...warnings],
    told,
  };
}

function shown({ indicator, ...rest }: Stored): z.infer<typeof Retraction> {
  return { ...rest, ...(indicator === undefined ? {} : { type: indicator.type }) };
}
