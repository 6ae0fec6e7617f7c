// "Have you seen this?" In the body, so that nothing of it stands in an address that proxies keep.
import { LookupAnswer, LookupRequest } from '../../api/contract.ts';
import { lookUp } from '../../lookup.ts';
import type { HttpDeps } from '../deps.ts';
import { tierOf } from '../identity.ts';
import type { App } from '../server.ts';

/** Of one address: each question is an analysis. */
const PER_MINUTE = 20;

export function lookupRoutes(app: App, deps: HttpDeps): void {
  app.post(
    '/api/v1/lookup',
    {
      schema: { body: LookupRequest, response: { 200: LookupAnswer } },
      config: { rateLimit: { max: PER_MINUTE, timeWindow: '1 minute' } },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const tier = await tierOf(deps.accounts, request);
      return lookUp(deps.publicRealm(), request.body.text, tier, deps.clock.now());
    },
  );
}
