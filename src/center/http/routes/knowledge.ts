// Threats of the knowledge base, for everybody; edits by analysts; campaigns for analysts.
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { defangIndicator } from '../../../analysis/defang.ts';
import { defined } from '../../../core/defined.ts';
import { SundewError } from '../../../core/error.ts';
import { NETWORKS } from '../../../core/network.ts';
import { SEVERITIES } from '../../../core/severity.ts';
import { campaignDetail } from '../../../knowledge/campaign-detail.ts';
import { findCampaign, listCampaigns } from '../../../knowledge/campaign-store.ts';
import { listDrafts } from '../../../knowledge/draft-store.ts';
import { checkRelations } from '../../../knowledge/entry-check.ts';
import { activeUntil, dayOf } from '../../../knowledge/indicator-lifetime.ts';
import { namedThreats } from '../../../knowledge/indicator-lookup.ts';
import { indicatorsOfThreat } from '../../../knowledge/indicator-store.ts';
import { mergedInto } from '../../../knowledge/merged.ts';
import { notCovered } from '../../../knowledge/retraction.ts';
import { retractedIndicators, retractionsOfCampaigns } from '../../../knowledge/retraction-store.ts';
import { sightingsOfThreat } from '../../../knowledge/sighting-store.ts';
import {
  findThreat,
  listRevisions,
  reviseThreat,
  searchThreats,
  type ThreatHit,
} from '../../../knowledge/threat-store.ts';
import type { CampaignRecord, StoredThreat, ThreatEntry } from '../../../knowledge/types.ts';
import type { Db } from '../../../storage/database.ts';
import { band } from '../../../warning/band.ts';
import { warningsOfCampaigns } from '../../../warning/campaign-warning-store.ts';
import { listWarnings } from '../../../warning/warning-store.ts';
import {
  type Campaign,
  CampaignDetail,
  CampaignPage,
  DraftViews,
  EntryPage,
  Threat,
  ThreatEdit,
  ThreatGraph,
  ThreatPage,
} from '../../api/contract.ts';
import { viewDraft } from '../../drafts.ts';
import { warningFor } from '../../public-view.ts';
import { graphOf } from '../../threat-graph.ts';
import { ENTRY_BODY, type HttpDeps, RealmQuery, realmFor } from '../deps.ts';
import { guardFor, tierOf } from '../identity.ts';
import type { App } from '../server.ts';

const Paging = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  offset: z.coerce.number().int().min(0).max(100_000).default(0),
};
const Search = z.object({
  q: z.string().max(200).optional(),
  type: z.string().max(50).optional(),
  network: z.string().max(50).optional(),
  severity: z.enum(SEVERITIES).optional(),
  ...Paging,
});
const Id = z.object({ id: z.string().max(200) });
const MAX_SUMMARY = 400;
const MAX_UNDER_REVIEW = 50;

export function knowledgeRoutes(app: App, deps: HttpDeps): void {
  publicThreats(app, deps);
  threatEdits(app, deps);
  campaigns(app, deps);
}

function publicThreats(app: App, deps: HttpDeps): void {
  app.get('/api/v1/threats', { schema: { querystring: Search, response: { 200: ThreatPage } } }, async (request) => {
    const { threats, total } = await searchThreats(deps.publicRealm().db, {
      ...defined(request.query),
      published: true,
    });
    return { threats: threats.map(summaryOf), total };
  });
  const analyst = guardFor(deps.accounts, 'analyst');
  const one = { params: Id, querystring: RealmQuery, response: { 200: Threat } };
  app.get('/api/v1/threats/:id', { schema: one }, async (request) => {
    // Which realm the public board shows is not the reader's choice; analysts work in both.
    const { realm } = request.query;
    if (realm !== undefined) await analyst(request);
    const { db, view } = realmFor(deps, realm);
    const threat = await findThreat(db, request.params.id);
    if (threat === undefined || !(await mayRead(deps, request, threat)))
      throw new SundewError('THREAT_UNKNOWN', `no threat "${request.params.id}" is in the knowledge base`);
    const [sightings, known, warnings, revisions] = await Promise.all([
      sightingsOfThreat(db, threat.id),
      indicatorsOfThreat(db, threat.id),
      listWarnings(db, { threat: threat.id, standing: true }),
      listRevisions(db, threat.id),
    ]);
    const indicators = notCovered(known, await retractedIndicators(db));
    return {
      ...threat,
      entry: mutableEntry(await entryFor(deps, request, db, threat.entry)),
      sightings: band(sightings.reduce((sum, one) => sum + one.captures, 0)),
      indicators: indicators.map((one) => ({
        type: one.type,
        defanged: defangIndicator(one),
        activeUntil: dayOf(activeUntil(one.type, one.lastSeen)),
      })),
      warnings: warnings.warnings.flatMap((record) => {
        const seen = warningFor(record, 'public', deps.clock.now(), view);
        return seen === undefined ? [] : [{ id: seen.id, title: seen.title, at: seen.at, severity: seen.severity }];
      }),
      revisions: revisions.map(({ entry: _, ...revision }) => revision),
      ...defined({ mergedInto: mergedInto(threat.entry) }),
    };
  });
  app.get('/api/v1/threats/:id/graph', { schema: { params: Id, response: { 200: ThreatGraph } } }, async (request) => {
    const { db, view } = deps.publicRealm();
    const threat = await findThreat(db, request.params.id);
    if (threat === undefined || !(await mayRead(deps, request, threat)))
      throw new SundewError('THREAT_UNKNOWN', `no threat "${request.params.id}" is in the knowledge base`);
    const { warnings } = await listWarnings(db, { threat: threat.id, standing: true });
    const shown = warnings.flatMap((record) => warningFor(record, 'public', deps.clock.now(), view) ?? []);
    return graphOf(db, threat, shown);
  });
  app.get('/api/v1/under-review', { schema: { response: { 200: DraftViews } } }, async () => {
    const { db, view } = deps.publicRealm();
    const { drafts } = await listDrafts(db, { limit: MAX_UNDER_REVIEW });
    const warnings = await warningsOfCampaigns(
      db,
      drafts.map(({ campaign }) => campaign),
    );
    return {
      drafts: drafts.flatMap((draft) => {
        const record = warnings.get(draft.campaign);
        return record === undefined ? [] : (viewDraft(draft, record, 'public', deps.clock.now(), view) ?? []);
      }),
    };
  });
}

/** What is not for everybody (TLP) is read by analysts alone. */
async function mayRead(deps: HttpDeps, request: FastifyRequest, { entry }: StoredThreat): Promise<boolean> {
  return entry.tlp === 'clear' || (await tierOf(deps.accounts, request)) === 'operator';
}

/** Outsiders learn neither the id of an entry that is not for them, nor a source that is not. */
async function entryFor(deps: HttpDeps, request: FastifyRequest, db: Db, entry: ThreatEntry): Promise<ThreatEntry> {
  const { relations = [], sources = [] } = entry;
  if (relations.length + sources.length === 0 || (await tierOf(deps.accounts, request)) === 'operator') return entry;
  const named = await namedThreats(
    db,
    relations.map(({ threat }) => threat),
  );
  const clear = new Set(named.flatMap(({ id, tlp }) => (tlp === 'clear' ? [id] : [])));
  return {
    ...entry,
    relations: relations.filter(({ threat }) => clear.has(threat)),
    sources: sources.filter(({ tlp }) => tlp === 'clear'),
  };
}

function threatEdits(app: App, deps: HttpDeps): void {
  const analyst = guardFor(deps.accounts, 'analyst');
  const List = z.object({ ...Search.shape, ...RealmQuery.shape });
  app.get(
    '/api/v1/console/threats',
    { schema: { querystring: List, response: { 200: EntryPage } } },
    async (request) => {
      await analyst(request);
      const { realm, ...query } = request.query;
      const { threats, total } = await searchThreats(realmFor(deps, realm).db, defined(query));
      const entries = threats.map((hit) => ({
        ...summaryOf(hit),
        ...{ tlp: hit.entry.tlp, revision: hit.revision, updatedAt: hit.updatedAt },
        ...defined({ mergedInto: mergedInto(hit.entry) }),
      }));
      return { entries, total };
    },
  );
  app.put(
    '/api/v1/threats/:id',
    { bodyLimit: ENTRY_BODY, schema: { params: Id, querystring: RealmQuery, body: ThreatEdit } },
    async (request) => {
      const user = await analyst(request);
      const { revision, reason, entry } = request.body;
      const realm = realmFor(deps, request.query.realm);
      await checkRelations(realm.db, request.params.id, entry);
      const stored = await reviseThreat(realm.db, request.params.id, {
        revision,
        reason,
        author: user.email,
        now: deps.clock.now(),
        entry: defined(entry),
      });
      await realm.reloadSignatures();
      return stored;
    },
  );
}

function campaigns(app: App, deps: HttpDeps): void {
  const analyst = guardFor(deps.accounts, 'analyst');
  const Query = z.object({ ...RealmQuery.shape, ...Paging, network: z.enum(NETWORKS).optional() });
  app.get('/api/v1/campaigns', { schema: { querystring: Query, response: { 200: CampaignPage } } }, async (request) => {
    await analyst(request);
    const { realm, network, limit, offset } = request.query;
    const page = await listCampaigns(realmFor(deps, realm).db, {
      limit,
      offset,
      ...(network === undefined ? {} : { network }),
    });
    return { campaigns: page.campaigns.map(campaignOf), total: page.total };
  });
  app.get(
    '/api/v1/campaigns/:id',
    { schema: { params: z.object({ id: z.uuid() }), querystring: RealmQuery, response: { 200: CampaignDetail } } },
    async (request) => {
      await analyst(request);
      const { db } = realmFor(deps, request.query.realm);
      const campaign = await findCampaign(db, request.params.id);
      if (campaign === undefined) throw new SundewError('NOT_FOUND', 'there is no campaign of this id');
      const { inferred, wordings, relations } = await campaignDetail(db, campaign);
      const retracted = (await retractionsOfCampaigns(db, [campaign.id])).get(campaign.id);
      return {
        ...campaignOf(campaign),
        ...defined({ inferred, retracted }),
        wordings: [...wordings],
        relations: [...relations],
      };
    },
  );
}

function campaignOf(campaign: CampaignRecord): z.infer<typeof Campaign> {
  return { ...campaign, networks: [...campaign.networks], threats: [...campaign.threats] };
}

function summaryOf(hit: ThreatHit): z.infer<typeof ThreatPage>['threats'][number] {
  const { name, type, networks, firstSeen, status, severity, confirmed, summary } = hit.entry;
  const short = summary.length > MAX_SUMMARY ? `${summary.slice(0, MAX_SUMMARY)}…` : summary;
  return {
    id: hit.id,
    name,
    type,
    networks: [...networks],
    firstSeen,
    status,
    severity,
    confirmed,
    summary: short,
    sightings: band(hit.sightings),
  };
}

function mutableEntry(entry: ThreatHit['entry']): z.infer<typeof Threat>['entry'] {
  return structuredClone(entry) as z.infer<typeof Threat>['entry'];
}
