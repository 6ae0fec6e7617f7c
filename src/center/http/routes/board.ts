// The public board: head, warnings, river, live stream; and the same at once for analysts.
import { z } from 'zod';
import { toVerdict } from '../../../analysis/analyze.ts';
import type { Analysed } from '../../../analysis/types.ts';
import { defined } from '../../../core/defined.ts';
import { SundewError } from '../../../core/error.ts';
import { NETWORKS } from '../../../core/network.ts';
import { SEVERITIES } from '../../../core/severity.ts';
import { multipleOf, type Tier } from '../../../warning/disclosure.ts';
import { type ForecastOutcome, forecastScores, outcomesOf } from '../../../warning/forecast-store.ts';
import { heedRetractions } from '../../../warning/heed-retractions.ts';
import type { WarningRecord } from '../../../warning/types.ts';
import { findWarning, listWarnings } from '../../../warning/warning-store.ts';
import { Board, ForecastScores, Mailbox, River, Warning, WarningPage } from '../../api/contract.ts';
import { boardOf, riverOf, warningFor } from '../../public-view.ts';
import type { RealmParts } from '../../realm.ts';
import { stixOf } from '../../stix.ts';
import { type HttpDeps, RealmQuery, realmFor } from '../deps.ts';
import { guardFor } from '../identity.ts';
import type { App } from '../server.ts';
import { type SseEvent, streamEvents } from '../sse.ts';
import { captureRow } from './captures.ts';
import { signalRoutes, withSignals } from './signals.ts';

const WarningQuery = z.object({
  network: z.enum(NETWORKS).optional(),
  severity: z.enum(SEVERITIES).optional(),
  since: z.iso.datetime({ offset: true }).optional(),
  before: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
const Id = z.object({ id: z.string().max(32) });

export function boardRoutes(app: App, deps: HttpDeps): void {
  publicBoard(app, deps);
  publicWarnings(app, deps);
  consoleWarnings(app, deps);
  signalRoutes(app, deps);
  stix(app, deps);
  streams(app, deps);
}

function publicBoard(app: App, deps: HttpDeps): void {
  app.get('/api/v1/board', { schema: { response: { 200: Board } } }, () => {
    const realm = deps.publicRealm();
    return boardOf(realm.db, deps.clock.now(), realm.view, realm.channels());
  });
  const RiverQuery = z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) });
  app.get('/api/v1/river', { schema: { querystring: RiverQuery, response: { 200: River } } }, async (request) => {
    const realm = deps.publicRealm();
    return { touches: [...(await riverOf(realm.db, deps.clock.now(), request.query.limit, realm.view))] };
  });
  app.get('/api/v1/demo/mailbox', { schema: { response: { 200: Mailbox } } }, () => {
    const mailbox = deps.mailbox();
    if (mailbox === undefined)
      throw new SundewError('NOT_FOUND', 'the demonstration mailbox is there only while the range runs');
    return { mails: mailbox.mails().map((mail) => ({ ...mail, headers: { ...mail.headers } })) };
  });
}

async function warningPage(
  realm: RealmParts,
  tier: Tier,
  query: z.infer<typeof WarningQuery>,
  now: Date,
): Promise<z.infer<typeof WarningPage>> {
  const { warnings, next } = await listWarnings(realm.db, { ...defined(query), standing: tier !== 'operator' });
  const views = await withOutcomes(
    realm,
    warnings.flatMap((record) => shownTo(tier, record, now, realm)),
  );
  return { warnings: [...(tier === 'operator' ? await withSignals(realm.db, views) : views)], ...defined({ next }) };
}

async function oneWarning(realm: RealmParts, tier: Tier, id: string, now: Date): Promise<z.infer<typeof Warning>> {
  const record = await findWarning(realm.db, id);
  const shown = record === undefined ? [] : shownTo(tier, record, now, realm);
  const views = await withOutcomes(realm, shown);
  const [one] = tier === 'operator' ? await withSignals(realm.db, views) : views;
  if (one === undefined) throw new SundewError('NOT_FOUND', `there is no warning ${id}, or it is not public yet`);
  return one;
}

interface Shown {
  readonly record: WarningRecord;
  readonly view: z.infer<typeof Warning>;
}

function shownTo(tier: Tier, record: WarningRecord, now: Date, realm: RealmParts): readonly Shown[] {
  const view = warningFor(record, tier, now, realm.view);
  return view === undefined ? [] : [{ record, view }];
}

/** Beside each forecast shown, what came of it. */
async function withOutcomes(realm: RealmParts, shown: readonly Shown[]): Promise<readonly z.infer<typeof Warning>[]> {
  const told = shown.filter(({ view }) => view.forecast !== undefined || view.outlook !== undefined);
  if (told.length === 0) return shown.map(({ view }) => view);
  const outcomes = await outcomesOf(
    realm.db,
    told.map(({ record }) => record.campaign),
  );
  return shown.map(({ record, view }) => {
    const own = outcomes.get(record.campaign)?.filter(({ madeAt }) => madeAt === record.forecast?.madeAt) ?? [];
    const { forecast, outlook } = view;
    const hits = record.forecast?.hits ?? 1;
    return {
      ...view,
      ...defined({
        forecast: forecast && { ...forecast, outlooks: withCame(forecast.outlooks, own, (came) => came) },
        outlook: outlook && { ...outlook, outlooks: withCame(outlook.outlooks, own, (came) => multipleOf(came, hits)) },
      }),
    };
  });
}

function withCame<T extends { readonly aheadMin: number }>(
  outlooks: readonly T[],
  outcomes: readonly ForecastOutcome[],
  shown: (came: number) => number,
): (T & { came?: number; held?: boolean })[] {
  return outlooks.map((outlook) => {
    const found = outcomes.find(({ aheadMin }) => aheadMin === outlook.aheadMin);
    return found === undefined ? outlook : { ...outlook, came: shown(found.came), held: found.held };
  });
}

function publicWarnings(app: App, deps: HttpDeps): void {
  app.get('/api/v1/warnings', { schema: { querystring: WarningQuery, response: { 200: WarningPage } } }, (request) =>
    warningPage(deps.publicRealm(), 'public', request.query, deps.clock.now()),
  );
  app.get('/api/v1/forecasts', { schema: { response: { 200: ForecastScores } } }, async () => {
    const realm = deps.publicRealm();
    return { simulated: realm.view.realm === 'simulated', scores: [...(await forecastScores(realm.db))] };
  });
  app.get('/api/v1/warnings/:id', { schema: { params: Id, response: { 200: Warning } } }, (request) =>
    oneWarning(deps.publicRealm(), 'public', request.params.id, deps.clock.now()),
  );
}

function consoleWarnings(app: App, deps: HttpDeps): void {
  const analyst = guardFor(deps.accounts, 'analyst');
  const Query = WarningQuery.extend({
    ...RealmQuery.shape,
    limit: z.coerce.number().int().min(1).max(1_000).default(50),
  });
  app.get(
    '/api/v1/console/warnings',
    { schema: { querystring: Query, response: { 200: WarningPage } } },
    async (request) => {
      await analyst(request);
      const { realm, ...query } = request.query;
      return warningPage(realmFor(deps, realm), 'operator', query, deps.clock.now());
    },
  );
  app.get(
    '/api/v1/console/warnings/:id',
    { schema: { params: Id, querystring: RealmQuery, response: { 200: Warning } } },
    async (request) => {
      await analyst(request);
      return oneWarning(realmFor(deps, request.query.realm), 'operator', request.params.id, deps.clock.now());
    },
  );
}

const STIX = 'application/stix+json;version=2.1';

function stix(app: App, deps: HttpDeps): void {
  const { publicUrl } = deps;
  app.get('/api/v1/warnings/:id/stix', { schema: { params: Id } }, async (request, reply) => {
    const now = deps.clock.now();
    const bundle = await stixOf(deps.publicRealm(), request.params.id, 'public', { now, publicUrl });
    return reply.type(STIX).send(JSON.stringify(bundle));
  });
  const analyst = guardFor(deps.accounts, 'analyst');
  app.get(
    '/api/v1/console/warnings/:id/stix',
    { schema: { params: Id, querystring: RealmQuery } },
    async (request, reply) => {
      await analyst(request);
      const realm = realmFor(deps, request.query.realm);
      const bundle = await stixOf(realm, request.params.id, 'operator', { now: deps.clock.now(), publicUrl });
      return reply.type(STIX).send(JSON.stringify(bundle));
    },
  );
}

function streams(app: App, deps: HttpDeps): void {
  app.get(
    '/api/v1/stream',
    { schema: { hide: true }, config: { rateLimit: { max: 60, timeWindow: '1 minute' } } },
    (request, reply) => streamEvents(request, reply, (signal) => deps.publicRealm().feed.subscribe(signal)),
  );
  const analyst = guardFor(deps.accounts, 'analyst');
  app.get('/api/v1/console/stream', { schema: { querystring: RealmQuery, hide: true } }, async (request, reply) => {
    await analyst(request);
    const realm = realmFor(deps, request.query.realm);
    await streamEvents(request, reply, (signal) => consoleEvents(realm, deps, signal));
  });
}

async function* consoleEvents(realm: RealmParts, deps: HttpDeps, signal: AbortSignal): AsyncGenerator<SseEvent> {
  for await (const { analysed, changes } of realm.live.subscribe(signal)) {
    for (const one of analysed) yield { event: 'capture', data: rowOf(one) };
    for (const record of await heedRetractions(
      realm.db,
      changes.map((change) => change.record),
    )) {
      const data = warningFor(record, 'operator', deps.clock.now(), realm.view);
      if (data !== undefined) yield { event: 'warning', data };
    }
  }
}

const rowOf = (one: Analysed) => captureRow({ capture: one.capture, verdict: toVerdict(one) });
