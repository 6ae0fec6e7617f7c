// All routes on the server.
import type { LoadedSettings } from '../../config/settings.ts';
import type { Clock, Log } from '../../core/clock.ts';
import { SundewError } from '../../core/error.ts';
import type { Realm } from '../../core/network.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { Demonstration } from '../demonstration.ts';
import type { LiveParts } from '../live-realm.ts';
import type { Metrics } from '../metrics.ts';
import type { RealmParts } from '../realm.ts';
import type { Store } from '../store.ts';
import { VERSION } from '../version.ts';
import type { HttpDeps } from './deps.ts';
import { accountRoutes } from './routes/accounts.ts';
import { appealRoutes } from './routes/appeals.ts';
import { boardRoutes } from './routes/board.ts';
import { captureRoutes } from './routes/captures.ts';
import { correctionRoutes } from './routes/corrections.ts';
import { decoyRoutes } from './routes/decoys.ts';
import { erasureRoutes } from './routes/erasure.ts';
import { knowledgeRoutes } from './routes/knowledge.ts';
import { knowledgeDeskRoutes } from './routes/knowledge-desk.ts';
import { lookupRoutes } from './routes/lookup.ts';
import { operationRoutes } from './routes/operations.ts';
import { replayRoutes } from './routes/replay.ts';
import { reportRoutes } from './routes/reports.ts';
import { retractionRoutes } from './routes/retractions.ts';
import { settingsRoutes } from './routes/settings.ts';
import { subscriberRoutes } from './routes/subscribers.ts';
import { type App, createServer, WEB_DIR } from './server.ts';

export interface AppParts {
  readonly loaded: LoadedSettings;
  readonly accounts: Accounts;
  readonly metrics: Metrics;
  readonly live: LiveParts;
  readonly demonstration: Demonstration;
  readonly store: Store;
  readonly publicUrl: string;
  readonly clock: Clock;
  readonly log: Log;
}

export async function createApp(parts: AppParts): Promise<App> {
  const { loaded, log, accounts } = parts;
  const app = await createServer({
    log,
    version: VERSION,
    webDir: WEB_DIR,
    trustProxy: loaded.settings.http.trustProxy,
  });
  const deps = depsOf(parts);
  gauges(parts, deps);
  accountRoutes(app, accounts);
  for (const register of [
    appealRoutes,
    boardRoutes,
    knowledgeRoutes,
    knowledgeDeskRoutes,
    lookupRoutes,
    captureRoutes,
    correctionRoutes,
    erasureRoutes,
    decoyRoutes,
    settingsRoutes,
    subscriberRoutes,
    replayRoutes,
    reportRoutes,
    retractionRoutes,
    operationRoutes,
  ]) {
    register(app, deps);
  }
  await app.ready(); // the control socket routes requests without listen(), which would do this
  return app;
}

function depsOf({ accounts, clock, log, metrics, live, demonstration, store, publicUrl }: AppParts): HttpDeps {
  const realm = (name: Realm): RealmParts | undefined => (name === 'live' ? live.realm : demonstration.realm());
  return {
    accounts,
    clock,
    log,
    metrics,
    publicUrl,
    startedAt: clock.now(),
    decoys: live.decoys,
    settings: live.settings,
    realm,
    publicRealm: () => (demonstration.shown() ? (demonstration.realm() ?? live.realm) : live.realm),
    openSimulated: () => demonstration.open(),
    purgeSimulated: async () => {
      if (demonstration.realm() === undefined) throw new SundewError('NOT_FOUND', 'there is no simulated data');
      await demonstration.purge();
    },
    mailbox: () => demonstration.mailbox(),
    storeInfo: async () => ({ kind: store.kind, version: await store.version() }),
  };
}

function gauges({ metrics }: AppParts, deps: HttpDeps): void {
  const realms = () => [deps.realm('live'), deps.realm('simulated')].flatMap((realm) => realm ?? []);
  metrics.gauge('sundew_pipeline_lag_seconds', 'Age of the oldest journal entry that is not in the store.', () =>
    realms().map(({ realm, pipeline }) => [{ realm }, pipeline.lagMs() / 1_000]),
  );
  metrics.gauge('sundew_journal_entries', 'Entries of the evidence journal.', () =>
    realms().map(({ realm, journal }) => [{ realm }, journal.last]),
  );
  metrics.gauge('sundew_outbox_depth', 'Deliveries that wait.', async () =>
    Promise.all(realms().map(async (one) => [{ realm: one.realm }, await one.outboxDepth()] as const)),
  );
  metrics.gauge('sundew_decoys', 'Decoys by state.', async () => {
    const counts = new Map<string, number>();
    for (const { network, state } of await deps.decoys.list()) {
      const key = `${network} ${state}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return [...counts].map(([key, count]) => {
      const [network = '', state = ''] = key.split(' ');
      return [{ network, state }, count];
    });
  });
  metrics.gauge('process_resident_memory_bytes', 'Resident memory of the process.', () => [
    [{}, process.memoryUsage.rss()],
  ]);
}
