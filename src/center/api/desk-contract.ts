// The HTTP API of the knowledge desk: what analysts do with drafts, imports and whole entries.
import { z } from 'zod';
import { ImportedSource } from '../../knowledge/import/types.ts';
import { EditedEntry, Reason, ThreatEntry } from './entry-contract.ts';

const draftRevision = z.number().int().min(1).max(2_147_483_647);
const threatId = z
  .string()
  .trim()
  .max(200)
  .regex(/^[a-z0-9]+\.[a-z0-9-]+\.[a-z0-9-]+$/, 'channel.family.network in small letters, as im.kelvir.msn');
const reason = Reason;

/** A draft of an entry, started by a campaign or by hand. */
export const Draft = z.object({
  /** Of a draft that was started by hand it names the draft alone. */
  campaign: z.string(),
  /** There is such a campaign. */
  ofCampaign: z.boolean(),
  id: z.string(),
  state: z.enum(['open', 'published', 'dismissed']),
  revision: z.number().int(),
  touched: z.boolean(),
  entry: ThreatEntry,
  threat: z.string().optional(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
/** GET /api/v1/drafts?state&limit&offset */
export const DraftPage = z.object({ drafts: z.array(Draft), total: z.number().int() });
/** POST /api/v1/drafts: an entry from nothing. */
export const NewDraft = z.object({ id: threatId, entry: EditedEntry });
/** PUT /api/v1/drafts/{campaign} */
export const DraftEdit = z.object({ revision: draftRevision, id: threatId, entry: EditedEntry });
/** POST /api/v1/drafts/{campaign}/publish and …/dismiss */
export const DraftDecision = z.object({ revision: draftRevision, reason });

/** POST /api/v1/knowledge/sources: a part of an import; `file` names where it is from. */
export const SourceImport = z.object({
  file: z.string().min(1).max(300),
  dryRun: z.boolean(),
  sources: z.array(ImportedSource).max(1_000),
});
export const ImportReport = z.object({
  added: z.number().int(),
  changed: z.number().int(),
  same: z.number().int(),
  suggestions: z.number().int(),
});

/** An imported source that may be about an entry. */
export const Suggestion = z.object({
  source: z.string(),
  threat: z.string(),
  threatName: z.string(),
  alias: z.string(),
  content: ImportedSource,
  file: z.string(),
  importedAt: z.string(),
});
/** GET /api/v1/knowledge/suggestions?threat&limit&offset */
export const SuggestionPage = z.object({ suggestions: z.array(Suggestion), total: z.number().int() });
/** POST /api/v1/knowledge/suggestions */
export const SuggestionDecision = z.object({ source: z.uuid(), threat: z.string().max(200), accept: z.boolean() });

/** POST /api/v1/threats/{id}/merge: this entry goes into `into`. */
export const MergeRequest = z.object({ into: z.string().max(200), reason });
/** POST /api/v1/threats/{id}/split: a variant or alias becomes an entry. */
export const SplitRequest = z.object({ variant: z.string().min(1).max(300), id: threatId, reason });
export const ThreatRef = z.object({ id: z.string(), revision: z.number().int() });

/** GET /api/v1/threats/{id}/diff?from&to */
export const ThreatDiff = z.object({
  from: z.number().int(),
  to: z.number().int(),
  changes: z.array(z.object({ field: z.string(), removed: z.array(z.string()), added: z.array(z.string()) })),
});
