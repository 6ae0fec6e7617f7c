// What analysts do at the knowledge base: drafts, imports, merging, splitting, comparing revisions.
import { z } from 'zod';
import { defined } from '../../../core/defined.ts';
import { SundewError } from '../../../core/error.ts';
import {
  DRAFT_STATES,
  dismissDraft,
  editDraft,
  findDraft,
  listDrafts,
  publishDraft,
  startDraft,
} from '../../../knowledge/draft-store.ts';
import { checkFree, checkRelations } from '../../../knowledge/entry-check.ts';
import { decideSuggestion, importSources, openSuggestions } from '../../../knowledge/import/source-store.ts';
import { attachIndicators } from '../../../knowledge/indicator-store.ts';
import { diffEntries } from '../../../knowledge/threat-diff.ts';
import { mergeThreats, splitVariant } from '../../../knowledge/threat-merge.ts';
import { listRevisions } from '../../../knowledge/threat-store.ts';
import { warningsOfCampaigns } from '../../../warning/campaign-warning-store.ts';
import {
  Draft,
  DraftDecision,
  DraftEdit,
  DraftPage,
  ImportReport,
  MergeRequest,
  NewDraft,
  SourceImport,
  SplitRequest,
  SuggestionDecision,
  SuggestionPage,
  ThreatDiff,
  ThreatRef,
} from '../../api/contract.ts';
import { releasedIndicators } from '../../drafts.ts';
import { ENTRY_BODY, type HttpDeps, RealmQuery, realmFor } from '../deps.ts';
import { guardFor } from '../identity.ts';
import type { App } from '../server.ts';

const Paging = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  offset: z.coerce.number().int().min(0).max(100_000).default(0),
};
const Campaign = z.object({ campaign: z.uuid() });
const Id = z.object({ id: z.string().max(200) });
const revision = z.coerce.number().int().min(1).max(2_147_483_647);
/** A part of an import: a thousand sources with long texts. */
const IMPORT_BODY = 16 * 1024 * 1024;
/** Of what enough decoys saw themselves. */
const CONFIDENCE = 70;

export function knowledgeDeskRoutes(app: App, deps: HttpDeps): void {
  drafts(app, deps);
  decisions(app, deps);
  imports(app, deps);
  entries(app, deps);
}

function drafts(app: App, deps: HttpDeps): void {
  const analyst = guardFor(deps.accounts, 'analyst');
  const Query = z.object({ ...RealmQuery.shape, ...Paging, state: z.enum(DRAFT_STATES).default('open') });
  app.get('/api/v1/drafts', { schema: { querystring: Query, response: { 200: DraftPage } } }, async (request) => {
    await analyst(request);
    const { realm, ...query } = request.query;
    const page = await listDrafts(realmFor(deps, realm).db, query);
    return structuredClone(page) as z.infer<typeof DraftPage>;
  });
  const one = { params: Campaign, querystring: RealmQuery, response: { 200: Draft } };
  app.get('/api/v1/drafts/:campaign', { schema: one }, async (request) => {
    await analyst(request);
    const draft = await findDraft(realmFor(deps, request.query.realm).db, request.params.campaign);
    if (draft === undefined) throw new SundewError('NOT_FOUND', 'this campaign has no draft');
    return structuredClone(draft) as z.infer<typeof Draft>;
  });
  const begun = { querystring: RealmQuery, body: NewDraft, response: { 200: Draft } };
  app.post('/api/v1/drafts', { bodyLimit: ENTRY_BODY, schema: begun }, async (request) => {
    await analyst(request);
    const { id, entry } = request.body;
    const { db } = realmFor(deps, request.query.realm);
    await checkFree(db, id);
    await checkRelations(db, id, entry);
    const draft = await startDraft(db, { id, entry: defined(entry), now: deps.clock.now() });
    return structuredClone(draft) as z.infer<typeof Draft>;
  });
  app.put(
    '/api/v1/drafts/:campaign',
    { bodyLimit: ENTRY_BODY, schema: { ...one, body: DraftEdit } },
    async (request) => {
      const user = await analyst(request);
      const { entry, ...edit } = request.body;
      const { db } = realmFor(deps, request.query.realm);
      await checkFree(db, edit.id);
      await checkRelations(db, edit.id, entry);
      const by = { author: user.email, now: deps.clock.now() };
      const draft = await editDraft(db, request.params.campaign, { ...edit, ...by, entry: defined(entry) });
      return structuredClone(draft) as z.infer<typeof Draft>;
    },
  );
}

function decisions(app: App, deps: HttpDeps): void {
  const analyst = guardFor(deps.accounts, 'analyst');
  const schema = { params: Campaign, querystring: RealmQuery, body: DraftDecision };
  app.post(
    '/api/v1/drafts/:campaign/publish',
    { schema: { ...schema, response: { 200: ThreatRef } } },
    async (request) => {
      const user = await analyst(request);
      const { campaign } = request.params;
      const realm = realmFor(deps, request.query.realm);
      const by = { ...request.body, author: user.email, now: deps.clock.now() };
      const { id, revision: at } = await publishDraft(realm.db, campaign, by);
      const record = (await warningsOfCampaigns(realm.db, [campaign])).get(campaign);
      const given = { confidence: CONFIDENCE, source: 'captures of our own decoys', now: by.now };
      if (record !== undefined) await attachIndicators(realm.db, id, releasedIndicators(record), given);
      await realm.reloadSignatures();
      return { id, revision: at };
    },
  );
  app.post('/api/v1/drafts/:campaign/dismiss', { schema }, async (request) => {
    const user = await analyst(request);
    const by = { ...request.body, author: user.email, now: deps.clock.now() };
    return dismissDraft(realmFor(deps, request.query.realm).db, request.params.campaign, by);
  });
}

function imports(app: App, deps: HttpDeps): void {
  const analyst = guardFor(deps.accounts, 'analyst');
  app.post(
    '/api/v1/knowledge/sources',
    {
      bodyLimit: IMPORT_BODY,
      schema: { querystring: RealmQuery, body: SourceImport, response: { 200: ImportReport } },
    },
    async (request) => {
      await analyst(request);
      const { sources, file, dryRun } = request.body;
      return importSources(realmFor(deps, request.query.realm).db, sources, { file, dryRun, now: deps.clock.now() });
    },
  );
  const Query = z.object({ ...RealmQuery.shape, ...Paging, threat: z.string().max(200).optional() });
  app.get(
    '/api/v1/knowledge/suggestions',
    { schema: { querystring: Query, response: { 200: SuggestionPage } } },
    async (request) => {
      await analyst(request);
      const { realm, ...query } = request.query;
      const page = await openSuggestions(realmFor(deps, realm).db, defined(query));
      return { suggestions: [...page.suggestions], total: page.total };
    },
  );
  app.post(
    '/api/v1/knowledge/suggestions',
    { schema: { querystring: RealmQuery, body: SuggestionDecision } },
    async (request) => {
      const user = await analyst(request);
      const realm = realmFor(deps, request.query.realm);
      await decideSuggestion(realm.db, { ...request.body, author: user.email, now: deps.clock.now() });
      await realm.reloadSignatures();
      return { decided: true };
    },
  );
}

function entries(app: App, deps: HttpDeps): void {
  const analyst = guardFor(deps.accounts, 'analyst');
  const schema = { params: Id, querystring: RealmQuery, response: { 200: ThreatRef } };
  app.post('/api/v1/threats/:id/merge', { schema: { ...schema, body: MergeRequest } }, async (request) => {
    const user = await analyst(request);
    const { into, reason } = request.body;
    const realm = realmFor(deps, request.query.realm);
    const by = { reason, author: user.email, now: deps.clock.now() };
    const { id, revision: at } = await mergeThreats(realm.db, request.params.id, into, by);
    await realm.reloadSignatures();
    return { id, revision: at };
  });
  app.post('/api/v1/threats/:id/split', { schema: { ...schema, body: SplitRequest } }, async (request) => {
    const user = await analyst(request);
    const { reason, ...what } = request.body;
    const realm = realmFor(deps, request.query.realm);
    const by = { reason, author: user.email, now: deps.clock.now() };
    const { id, revision: at } = await splitVariant(realm.db, request.params.id, what, by);
    await realm.reloadSignatures();
    return { id, revision: at };
  });
  const Query = z.object({ ...RealmQuery.shape, from: revision.optional(), to: revision.optional() });
  app.get(
    '/api/v1/threats/:id/diff',
    { schema: { params: Id, querystring: Query, response: { 200: ThreatDiff } } },
    async (request) => {
      await analyst(request);
      const { realm } = request.query;
      const revisions = await listRevisions(realmFor(deps, realm).db, request.params.id);
      const to = request.query.to ?? revisions[0]?.revision ?? 1;
      const from = request.query.from ?? Math.max(1, to - 1);
      const [before, after] = [from, to].map((wanted) => revisions.find((one) => one.revision === wanted));
      if (before === undefined || after === undefined)
        throw new SundewError('NOT_FOUND', 'the threat has no such revision');
      const changes = diffEntries(before.entry, after.entry);
      return {
        from,
        to,
        changes: changes.map(({ field, removed, added }) => ({ field, removed: [...removed], added: [...added] })),
      };
    },
  );
}
