// Taking back what was said, for analysts.
import { z } from 'zod';
import type { Retraction as Stored } from '../../../knowledge/retraction.ts';
import { listRetractions } from '../../../knowledge/retraction-store.ts';
import {
  RestingEntries,
  type Retraction,
  RetractionDone,
  RetractionList,
  RetractionRequest,
} from '../../api/contract.ts';
import { entriesRestingOn, type RestingEntry, type RetractionOutcome, retract, undo } from '../../retract.ts';
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
      const { target, reason, by, withEntries = false } = request.body;
      const author = isControl(request) && by !== undefined && by !== '' ? by : user.email;
      const realm = realmFor(deps, request.query.realm);
      return doneOf(deps.publicUrl, await act(realm, target, { by: author, reason, withEntries }, deps.clock.now()));
    });
  }
  const Of = RealmQuery.extend({ target: RetractionRequest.shape.target });
  app.get(
    '/api/v1/retractions/entries',
    { schema: { querystring: Of, response: { 200: RestingEntries } } },
    async (request) => {
      await analyst(request);
      const { realm, target } = request.query;
      const entries = await entriesRestingOn(realmFor(deps, realm).db, target);
      return { entries: entries.map((one) => linked(deps.publicUrl, one)) };
    },
  );
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

function doneOf(
  publicUrl: string,
  { retraction, warnings, told, entries }: RetractionOutcome,
): z.infer<typeof RetractionDone> {
  const what = retraction.undone === undefined ? 'is retracted' : 'counts again';
  const whom = told === 0 ? 'nobody had been told' : `${told} who were told are told so`;
  const states = [...new Set(entries.map(({ state }) => state))];
  const also = states.map((state) => `${ENTRY_WORDS[state]}: ${namesOf(entries, state)}`);
  return {
    message: [`${retraction.label} ${what}`, whom, ...also].join('; '),
    retraction: shown(retraction),
    warnings: [...warnings],
    told,
    entries: entries.map((one) => linked(publicUrl, one)),
  };
}

const linked = (publicUrl: string, entry: RestingEntry) => ({
  ...entry,
  link: `${publicUrl.replace(/\/+$/, '')}/threats/${encodeURIComponent(entry.id)}`,
});

const ENTRY_WORDS = {
  published: 'stays published in the knowledge base',
  withdrawn: 'withdrawn from the knowledge base',
  restored: 'restored in the knowledge base',
} as const satisfies Record<RestingEntry['state'], string>;

const namesOf = (entries: readonly RestingEntry[], state: RestingEntry['state']): string =>
  entries.flatMap((one) => (one.state === state ? [one.name] : [])).join(', ');

function shown({ indicator, ...rest }: Stored): z.infer<typeof Retraction> {
  return { ...rest, ...(indicator === undefined ? {} : { type: indicator.type }) };
}
