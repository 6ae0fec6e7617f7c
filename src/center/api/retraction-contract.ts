// The HTTP API of taking back what was said, and of appeals against it.
import { z } from 'zod';
import { INDICATOR_TYPES } from '../../core/verdict.ts';

const time = z.iso.datetime();
const reason = z.string().trim().min(3).max(500);
const decision = z.object({ by: z.string(), at: time, reason: z.string() });

/** POST /api/v1/retractions and /api/v1/retractions/undo?realm */
export const RetractionRequest = z.object({
  /** A warning's id, a campaign's, or an indicator: its id, its value (defanged or not) or `type:value`. */
  target: z.string().trim().min(3).max(2100),
  /** Said to those who were told. */
  reason,
  /** Who decides; taken from the control socket only, else it is who is signed in. */
  by: z.string().max(100).optional(),
  /** Of a campaign: withdraw the entries that were published from it, too; undoing it restores them. */
  withEntries: z.boolean().optional(),
});
/** An entry of the knowledge base that was published from a campaign. */
export const RestingEntry = z.object({
  id: z.string(),
  name: z.string(),
  /** Address of its page. */
  link: z.url(),
  state: z.enum(['published', 'withdrawn', 'restored']),
});
/** GET /api/v1/retractions/entries?realm&target: those that would stay published. */
export const RestingEntries = z.object({ entries: z.array(RestingEntry) });
export const Retraction = decision.extend({
  id: z.string(),
  kind: z.enum(['campaign', 'indicator']),
  target: z.string(),
  /** Id of the warning or campaign; an indicator defanged. */
  label: z.string(),
  type: z.enum(INDICATOR_TYPES).optional(),
  undone: decision.optional(),
});
export const RetractionDone = z.object({
  message: z.string(),
  retraction: Retraction,
  /** Warnings that are changed by it. */
  warnings: z.array(z.string()),
  /** Subscribers who are told. */
  told: z.number().int(),
  entries: z.array(RestingEntry),
});
/** GET /api/v1/retractions?realm: all there ever were, newest first. */
export const RetractionList = z.object({ retractions: z.array(Retraction) });

/** POST /api/v1/appeals: anybody. */
export const AppealRequest = z.object({
  /** What is listed: a warning's id, an address, a host, a name. */
  what: z.string().trim().min(3).max(300),
  /** Why that is wrong. */
  why: z.string().trim().min(10).max(4_000),
  /** E-mail address for the answer. */
  contact: z.string().trim().max(320).optional(),
});
export const Appeal = z.object({
  id: z.string(),
  at: time,
  what: z.string(),
  why: z.string(),
  contact: z.string().optional(),
  state: z.enum(['open', 'retracted', 'rejected']),
  decided: z.object({ by: z.string(), at: time, answer: z.string() }).optional(),
  /** What became of the answer by mail. */
  mail: z.enum(['none', 'pending', 'sent', 'failed']),
  mailNote: z.string().optional(),
});
/** GET /api/v1/appeals?realm&state&limit */
export const AppealList = z.object({ appeals: z.array(Appeal) });
/** POST /api/v1/appeals/{id}/decide; `target` names what is retracted where the appeal's own words do not. */
export const AppealDecision = z.object({
  decision: z.enum(['retract', 'reject']),
  answer: reason,
  target: z.string().trim().min(3).max(2100).optional(),
});
