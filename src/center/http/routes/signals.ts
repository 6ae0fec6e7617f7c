// GET /api/v1/console/signals: what captures together say, for operators.
import { z } from 'zod';
import { defang } from '../../../analysis/defang.ts';
import { defined } from '../../../core/defined.ts';
import { NETWORKS } from '../../../core/network.ts';
import { listSignals, type StoredSignal } from '../../../warning/signals/signal-store.ts';
import { SIGNAL_RULES } from '../../../warning/signals/types.ts';
import { type Signal, SignalList } from '../../api/contract.ts';
import { type HttpDeps, RealmQuery, realmFor } from '../deps.ts';
import { guardFor } from '../identity.ts';
import type { App } from '../server.ts';

const Query = z.object({
  rule: z.enum(SIGNAL_RULES).optional(),
  network: z.enum(NETWORKS).optional(),
  campaign: z.uuid().optional(),
  since: z.iso.datetime({ offset: true }).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

export function signalRoutes(app: App, deps: HttpDeps): void {
  const analyst = guardFor(deps.accounts, 'analyst');
  app.get(
    '/api/v1/console/signals',
    { schema: { querystring: Query.extend(RealmQuery.shape), response: { 200: SignalList } } },
    async (request) => {
      await analyst(request);
      const { realm, ...query } = request.query;
      return { signals: (await listSignals(realmFor(deps, realm).db, defined(query))).map(shown) };
    },
  );
}

/** Names of peers' making may stand in it. */
function shown({ campaigns, reason, subject, ...rest }: StoredSignal): z.infer<typeof Signal> {
  return { ...rest, subject: defang(subject), reason: defang(reason), campaigns: [...campaigns] };
}
