// GET /api/v1/console/signals: what captures together say, for operators.
import { z } from 'zod';
import { defang } from '../../../analysis/defang.ts';
import { defined } from '../../../core/defined.ts';
import { NETWORKS, type Realm } from '../../../core/network.ts';
import type { Db } from '../../../storage/database.ts';
import { ruleStatement } from '../../../warning/rules.ts';
import { listSignals, type SignalQuery, signalsOfCampaigns } from '../../../warning/signals/signal-store.ts';
import { SIGNAL_RULES } from '../../../warning/signals/types.ts';
import { type Signal, SignalList, type Warning } from '../../api/contract.ts';
import { type LinkedSignal, linksDown, withLinks } from '../../link-signals.ts';
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
      return { signals: await signalsWithLinks(deps, realm, defined(query)) };
    },
  );
}

/** Links that are down first, since that lasts, whatever time is asked for; then what is stored, newest first. */
async function signalsWithLinks(
  deps: HttpDeps,
  asked: Realm | undefined,
  query: SignalQuery,
): Promise<z.infer<typeof Signal>[]> {
  const { db, realm } = realmFor(deps, asked);
  const down = linksDown(deps.decoys.running(realm), query, deps.clock.now());
  const stored = query.rule === 'link-down' ? [] : await listSignals(db, query);
  return [...down, ...(await withLinks(db, stored, deps.decoys, realm))].slice(0, query.limit).map(shown);
}

/** Beside each warning the signals of its campaign. */
export async function withSignals(
  db: Db,
  views: readonly z.infer<typeof Warning>[],
): Promise<readonly z.infer<typeof Warning>[]> {
  const signals = await signalsOfCampaigns(
    db,
    views.flatMap(({ campaign }) => campaign ?? []),
  );
  return views.map((view) => {
    const own = signals.get(view.campaign ?? '') ?? [];
    if (own.length === 0) return view;
    return {
      ...view,
      signals: own.map(({ id, rule, at, reason, firm }) => ({ id, rule, at, reason: defang(reason), firm })),
    };
  });
}

/** Names of peers' making may stand in it. */
function shown({ campaigns, reason, subject, ...rest }: LinkedSignal): z.infer<typeof Signal> {
  const { says, wrong, data } = ruleStatement(rest.rule);
  return { ...rest, says, wrong, data, subject: defang(subject), reason: defang(reason), campaigns: [...campaigns] };
}
