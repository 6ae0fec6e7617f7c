// The HTTP API as everybody sees it. Nothing here gives a decoy away.
import { z } from 'zod';
import { CHANNEL_KINDS } from '../../alerts/channel.ts';
import { CAPTURE_KINDS } from '../../core/capture.ts';
import { NETWORKS, REALMS } from '../../core/network.ts';
import { SEVERITIES, THREAT_LEVELS, TLP } from '../../core/severity.ts';
import { INDICATOR_TYPES, VERDICT_CLASSES } from '../../core/verdict.ts';
import { DETECTIONS, RATED, RELATIONS } from '../../knowledge/types.ts';

export { DecoyConfig } from '../../decoys/decoy-config.ts';

const time = z.iso.datetime();
const network = z.enum(NETWORKS);
const severity = z.enum(SEVERITIES);
const kind = z.enum(CAPTURE_KINDS);
const verdictClass = z.enum(VERDICT_CLASSES);
const realm = z.enum(REALMS);

/** Every failure of the API: a code of docs/errors.md and one sentence. */
export const ApiError = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

// ---- public -----------------------------------------------------------------------------------------------------

/** Counts the public sees: exact below nothing, banded as `1-2`, `3-9`, `10-29`, `30-99`, `100+` … */
export const Band = z.string();

export const NetworkLevel = z.object({
  network,
  level: z.enum(THREAT_LEVELS),
  reason: z.string(),
  since: time,
  warnings24h: z.number().int(),
});

/** GET /api/v1/board */
export const Board = z.object({
  realm,
  simulated: z.boolean(),
  levels: z.array(NetworkLevel),
  totals: z.object({
    warnings24h: z.number().int(),
    touches24h: Band,
    threats: z.number().int(),
    campaigns24h: z.number().int(),
  }),
  /** Touches per 5 minutes over the last 6 hours, oldest first; rounded so that single decoys do not show. */
  activity: z.array(z.object({ at: time, touches: z.number() })),
  subscribeChannels: z.array(z.enum(CHANNEL_KINDS)),
  now: time,
});

/** An indicator, defanged for people. */
export const DefangedIndicator = z.object({ type: z.enum(INDICATOR_TYPES), defanged: z.string() });

/** How many captures of a campaign are thought to come: in all, median and 90 % interval, with what came. */
export const WarningForecast = z.object({
  madeAt: time,
  alarmAt: time,
  /** Growth an hour: captures ∝ e^(rate × hours). */
  rate: z.number(),
  hits: z.number().int(),
  peakAt: time,
  outlooks: z.array(
    z.object({
      at: time,
      aheadMin: z.number().int(),
      expected: z.number(),
      low: z.number(),
      high: z.number(),
      /** Once its time has passed. */
      came: z.number().int().optional(),
      held: z.boolean().optional(),
    }),
  ),
});

/** How right forecasts of one horizon were; every one that was ever made counts. */
export const ForecastScore = z.object({
  aheadMin: z.number().int(),
  scored: z.number().int(),
  waiting: z.number().int(),
  /** Share whose 90 % interval held what came. */
  held: z.number(),
  /** Of |log2(expected / came)|. */
  medianError: z.number(),
  intervalScore: z.number(),
  /** Shares in which no more came than the 5th percentile, the median, the 95th. */
  below: z.object({ low: z.number(), expected: z.number(), high: z.number() }),
});
/** GET /api/v1/forecasts */
export const ForecastScores = z.object({ simulated: z.boolean(), scores: z.array(ForecastScore) });

/** A warning as the reader's tier allows. Fields the tier may not see yet are absent. */
export const Warning = z.object({
  id: z.string(), // W-7K3F…
  revision: z.number().int(),
  kind: z.enum(['advance-notice', 'advisory', 'priority', 'update', 'all-clear', 'correction']),
  title: z.string(),
  /** Event time: when the captures that caused it came. */
  at: time,
  updatedAt: time,
  networks: z.array(network),
  severity,
  class: verdictClass,
  reasons: z.array(z.string()),
  growth: z.enum(['new', 'growing', 'steady', 'fading']),
  /** Whether whoever is hit hits others in turn, or few work through lists; absent while nobody can tell. */
  propagation: z.enum(['self-propagating', 'broadcast']).optional(),
  /** Captures that are thought to come, and how right that was; operators only. */
  forecast: WarningForecast.optional(),
  advice: z.array(z.string()),
  template: z.string().optional(), // inert, defanged, per-target tokens cut
  indicators: z.array(DefangedIndicator).optional(),
  threat: z.object({ id: z.string(), name: z.string() }).optional(),
  campaign: z.string().optional(), // analysts only
  decoys: Band,
  senders: Band,
  captures: Band,
  simulated: z.boolean(),
});

/** GET /api/v1/warnings?network&severity&since&before&limit; GET /api/v1/warnings/{id} */
export const WarningPage = z.object({ warnings: z.array(Warning), next: z.string().optional() });

/** One touch of a decoy on the public river: before release only network, kind and class. */
export const Touch = z.object({
  /** Opaque, not the capture's id. */
  id: z.string(),
  at: time,
  network,
  kind,
  class: verdictClass,
  severity,
  text: z.string().optional(), // released template only, inert and defanged
  warning: z.string().optional(),
  simulated: z.boolean(),
});
/** GET /api/v1/river?limit */
export const River = z.object({ touches: z.array(Touch) });

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

const word = z.string().max(500);
const words = z.array(word).max(200);
/** What entries may hold beside what the first ones held. */
const ThreatDetail = {
  variants: z
    .array(z.object({ name: word, seen: word.optional(), note: z.string().max(2_000) }))
    .max(200)
    .optional(),
  clients: z.object({ affected: words, notAffected: words }).optional(),
  steps: z.array(z.string().max(2_000)).max(100).optional(),
  ratings: z
    .array(z.object({ of: z.enum(RATED), value: z.number().int().min(1).max(5), reason: word }))
    .max(RATED.length)
    .optional(),
  detection: z
    .array(z.object({ kind: z.enum(DETECTIONS), text: z.string().max(10_000) }))
    .max(50)
    .optional(),
  actions: z
    .object({ person: words.optional(), administrator: words.optional(), operator: words.optional() })
    .optional(),
  relations: z
    .array(z.object({ kind: z.enum(RELATIONS), threat: z.string().max(200) }))
    .max(100)
    .optional(),
  sources: z
    .array(
      z.object({
        name: word,
        origin: word,
        ref: word,
        tlp: z.enum(TLP),
        confidence: z.number().int().min(0).max(100),
      }),
    )
    .max(100)
    .optional(),
  timeline: z
    .array(z.object({ at: word, what: word }))
    .max(200)
    .optional(),
  credits: words.optional(),
};

/** The entry proper: what a revision holds and an analyst edits. */
export const ThreatEntry = z.object({
  name: z.string().min(1).max(200),
  aliases: z.array(z.string().max(200)),
  type: z.string(),
  networks: z.array(z.string()),
  firstSeen: z.string(),
  lastSeen: z.string().optional(),
  status: z.enum(['emerging', 'active', 'declining', 'dormant', 'historic']),
  severity,
  severityReason: z.string(),
  confirmed: z.boolean(),
  tlp: z.enum(TLP),
  vectors: z.array(z.string()),
  summary: z.string().max(20_000),
  lure: z.string().max(20_000),
  payload: z.string().max(20_000),
  atRisk: z.string().max(20_000),
  avoid: z.array(z.string()),
  remove: z.array(z.string()),
  notes: z.string().max(20_000),
  techniques: z.array(z.object({ id: z.string(), name: z.string() })), // ATT&CK
  references: z.array(z.string()),
  source: z.string(),
  ...ThreatDetail,
});

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
  reason: z.string().min(1).max(500),
  entry: ThreatEntry,
});

/** POST /api/v1/subscribers (board form and API). The answer never says whether the address was known. */
export const SubscribeRequest = z.object({
  channel: z.enum(CHANNEL_KINDS),
  address: z.string().min(1).max(320),
  networks: z.array(network).default([]), // empty = all
  minSeverity: severity.default('medium'),
});
export const Accepted = z.object({ message: z.string() });
/** POST /api/v1/subscribers/confirm and /api/v1/subscribers/stop */
export const TokenRequest = z.object({ token: z.string().min(8).max(200) });

/** GET /api/v1/demo/mailbox: the e-mails that the demonstration's alerts produced. Only while simulated. */
export const Mailbox = z.object({
  mails: z.array(
    z.object({
      id: z.string(),
      at: time,
      to: z.string(),
      subject: z.string(),
      text: z.string(),
      headers: z.record(z.string(), z.string()),
    }),
  ),
});
