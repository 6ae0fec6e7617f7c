// The knowledge base over the HTTP API: threats, what stands around them, what is under review, look-ups.
import { z } from 'zod';
import { NETWORKS } from '../../core/network.ts';
import { SEVERITIES, TLP } from '../../core/severity.ts';
import { VERDICT_CLASSES } from '../../core/verdict.ts';
import { EditedEntry, Reason, ThreatEntry } from './entry-contract.ts';
import { Band, DefangedIndicator } from './public-contract.ts';

const time = z.iso.datetime();
const network = z.enum(NETWORKS);
const severity = z.enum(SEVERITIES);
const verdictClass = z.enum(VERDICT_CLASSES);

export const ThreatSummary = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  networks: z.array(z.string()),
  firstSeen: z.string(),
  status: z.enum(['emerging', 'active', 'declining', 'dormant', 'historic']),
  severity,
  confirmed: z.boolean(),
  summary: z.string(),
  sightings: Band,
});
/** GET /api/v1/threats?q&type&network&severity&limit&offset */
export const ThreatPage = z.object({ threats: z.array(ThreatSummary), total: z.number().int() });

export const ThreatRevision = z.object({
  revision: z.number().int(),
  at: time,
  author: z.string(),
  reason: z.string(),
  entry: ThreatEntry,
});

/** POST /api/v1/lookup: a message, an address, a file's hash or name, or a family's name. Used for the answer, then forgotten. */
export const LookupRequest = z.object({ text: z.string().trim().min(2).max(8_000) });

/** What is known of it, as far as the reader's tier goes. */
export const LookupAnswer = z.object({
  /** What a message like it would be taken for. */
  class: verdictClass,
  reasons: z.array(z.string()),
  indicators: z.array(DefangedIndicator),
  threats: z.array(
    z.object({ id: z.string(), name: z.string(), severity, because: z.enum(['matches', 'indicator', 'name']) }),
  ),
  warnings: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      at: time,
      severity,
      because: z.enum(['same text', 'similar text', 'indicator']),
    }),
  ),
});

/** What is known of a threat that nobody has reviewed yet: what the policy table lets the reader's tier see. */
export const DraftView = z.object({
  state: z.literal('under-review'),
  warning: z.string(),
  title: z.string(),
  at: time,
  networks: z.array(network),
  class: verdictClass,
  severity,
  template: z.string().optional(),
  indicators: z.array(DefangedIndicator).optional(),
  advice: z.array(z.string()).optional(),
  /** Operators only. */
  draft: z.object({ campaign: z.string(), id: z.string(), revision: z.number().int() }).optional(),
});
/** GET /api/v1/under-review */
export const DraftViews = z.object({ drafts: z.array(DraftView) });

/** GET /api/v1/threats/{id} */
export const Threat = z.object({
  id: z.string(),
  revision: z.number().int(),
  updatedAt: time,
  entry: ThreatEntry,
  sightings: Band,
  indicators: z.array(DefangedIndicator),
  warnings: z.array(z.object({ id: z.string(), title: z.string(), at: time, severity })),
  revisions: z.array(ThreatRevision.omit({ entry: true })),
  /** The entry that this one was merged into. */
  mergedInto: z.string().optional(),
});

/** GET /api/v1/threats/{id}/graph: what stands around it, and what happened when. */
export const ThreatGraph = z.object({
  /** The first is the threat itself. */
  nodes: z.array(
    z.object({ id: z.string(), label: z.string(), kind: z.enum(['threat', 'network', 'technique', 'warning']) }),
  ),
  edges: z.array(z.object({ from: z.string(), to: z.string(), word: z.string() })),
  /** Oldest first; years, months, days or times. */
  timeline: z.array(z.object({ at: z.string(), what: z.string() })),
});

/** PUT /api/v1/threats/{id} (analyst). `revision` is the one that was read; another one in the meantime is a 409. */
export const ThreatEdit = z.object({
  revision: z.number().int().min(1).max(2_147_483_647),
  reason: Reason,
  entry: EditedEntry,
});

/** GET /api/v1/console/threats?q&type&network&severity&limit&offset&realm (analyst): also what is not for everybody. */
export const EntryPage = z.object({
  entries: z.array(
    ThreatSummary.extend({
      tlp: z.enum(TLP),
      revision: z.number().int(),
      updatedAt: time,
      mergedInto: z.string().optional(),
    }),
  ),
  total: z.number().int(),
});
