// Reports: of quarters and months for everybody, of any days for analysts, as JSON or as a file.
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Report as ReportDocument } from '../../../report/model.ts';
import { renderReport } from '../../../report/render/render.ts';
import { Report, ReportFormat, ReportPeriodList, ReportQueryRows } from '../../api/contract.ts';
import { createReportDesk } from '../../reports.ts';
import { type HttpDeps, RealmQuery, realmFor } from '../deps.ts';
import { guardFor, tierOf } from '../identity.ts';
import type { App } from '../server.ts';

const Period = z.object({ period: z.string().max(40) });
const Wanted = z.object({ format: ReportFormat.default('json'), bulletin: z.stringbool().default(false) });
/** A stranger's report costs the database more than a page does. */
const RATE = { rateLimit: { max: 30, timeWindow: '1 minute' } };

type Format = z.infer<typeof ReportFormat>;

export function reportRoutes(app: App, deps: HttpDeps): void {
  const desk = createReportDesk({ clock: deps.clock, decoys: () => deps.decoys.list() });
  const response = { 200: z.union([Report, z.string()]) };
  app.get('/api/v1/reports', { schema: { response: { 200: ReportPeriodList } } }, async () => {
    const realm = deps.publicRealm();
    return { simulated: realm.realm === 'simulated', periods: [...(await desk.periods(realm))] };
  });
  app.get(
    '/api/v1/reports/:period',
    { schema: { params: Period, querystring: Wanted, response }, config: RATE },
    async (request, reply) => {
      const { bulletin, format } = request.query;
      const kind = bulletin ? 'bulletin' : 'report';
      const { period } = request.params;
      const tier = await tierOf(deps.accounts, request);
      // What a signed-in reader sees is not for a cache on the way.
      reply.header('cache-control', 'private, no-store');
      return answer(reply, await desk.report(deps.publicRealm(), { period, tier, kind }), format);
    },
  );
  const analyst = guardFor(deps.accounts, 'analyst');
  app.get(
    '/api/v1/console/reports/:period',
    {
      schema: {
        params: Period,
        querystring: Wanted.extend({ ...RealmQuery.shape, tier: z.enum(['operator', 'public']).default('operator') }),
        response,
      },
    },
    async (request, reply) => {
      await analyst(request);
      const { bulletin, format, tier, realm } = request.query;
      const kind = bulletin ? 'bulletin' : 'report';
      return answer(
        reply,
        await desk.report(realmFor(deps, realm), { period: request.params.period, tier, kind }),
        format,
      );
    },
  );
  app.get(
    '/api/v1/console/reports/:period/queries/:query',
    {
      schema: {
        params: Period.extend({ query: z.string().max(60) }),
        querystring: RealmQuery,
        response: { 200: ReportQueryRows },
      },
    },
    async (request) => {
      await analyst(request);
      const { period, query: id } = request.params;
      const realm = realmFor(deps, request.query.realm);
      const { query, rows } = await desk.query(realm, period, id);
      return { id, realm: realm.realm, query, rows: rows.map((row) => ({ ...row })) };
    },
  );
}

/** A file is for saving: opened in place, the page would be held to the policy of the board. */
function answer(reply: FastifyReply, report: ReportDocument, format: Format): ReportDocument | FastifyReply {
  if (format === 'json') return report;
  const { type, name, text } = renderReport(report, format);
  return reply.type(type).header('content-disposition', `attachment; filename="${name}"`).send(text);
}
