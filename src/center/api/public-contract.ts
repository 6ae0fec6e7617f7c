// The HTTP API as everybody sees it. Nothing here gives a decoy away.
import { z } from 'zod';
import { CHANNEL_KINDS } from '../../alerts/channel.ts';
import { DEFAULT_KINDS, MESSAGE_KINDS } from '../../alerts/kinds.ts';
import { CAPTURE_KINDS } from '../../core/capture.ts';
import { NETWORKS, REALMS } from '../../core/network.ts';
import { SEVERITIES, THREAT_LEVELS } from '../../core/severity.ts';
import { INDICATOR_TYPES, VERDICT_CLASSES } from '../../core/verdict.ts';

export { DecoyConfig } from '../../decoys/decoy-config.ts';

const time = z.iso.datetime();
const network = z.enum(NETWORKS);
const severity = z.enum(SEVERITIES);
const kind = z.enum(CAPTURE_KINDS);
const verdictClass = z.enum(VERDICT_CLASSES);
const realm = z.enum(REALMS);

/** Every failure of the API: a code of docs/errors.md and one sentence; of a body that was refused, each place that is wrong. */
export const ApiError = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    /** `at` is a path in the body, as `entry.ratings.0.reason`. */
    fields: z.array(z.object({ at: z.string(), message: z.string() })).optional(),
  }),
});

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
export const DefangedIndicator = z.object({
  type: z.enum(INDICATOR_TYPES),
  defanged: z.string(),
  /** Day until which acting on it is worth it; absent where nobody saw it. */
  activeUntil: z.iso.date().optional(),
});

const interval = z.object({ expected: z.number(), low: z.number(), high: z.number() });

/** How many captures of a campaign are thought to come: in all, median and 90 % interval, with what came. */
export const WarningForecast = z.object({
  madeAt: time,
  alarmAt: time,
  /** Growth an hour: captures ∝ e^(rate × hours). */
  rate: z.number(),
  hits: z.number().int(),
  peakAt: time,
  /** 90 % interval of the peak, captures when it is over; absent in revisions of before. */
  peakFrom: time.optional(),
  peakTo: time.optional(),
  final: interval.optional(),
  /** Accounts, where the size of the service is set (`forecast.networks`). */
  infected: z.object({ population: z.number(), now: interval, final: interval }).optional(),
  outlooks: z.array(
    interval.extend({
      at: time,
      aheadMin: z.number().int(),
      infected: interval.optional(),
      /** Once its time has passed. */
      came: z.number().int().optional(),
      held: z.boolean().optional(),
    }),
  ),
});

/** The same for everybody: in multiples of what had come when it was made, to two digits, so that no count shows. */
export const WarningOutlook = z.object({
  madeAt: time,
  peakAt: time,
  final: interval.optional(),
  outlooks: z.array(
    interval.extend({
      at: time,
      aheadMin: z.number().int(),
      /** Once its time has passed. */
      came: z.number().optional(),
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
  /** How soon to act, in the words of CAP 1.2. */
  urgency: z.enum(['immediate', 'expected', 'future', 'past']).optional(),
  /** By which rules it was raised, how often each is wrong, and on what data that was measured. */
  rules: z.array(z.object({ id: z.string(), says: z.string(), wrong: z.string(), data: z.string() })).optional(),
  /** What captures together say of the campaign; operators only. */
  signals: z
    .array(z.object({ id: z.string(), rule: z.string(), at: time, reason: z.string(), firm: z.boolean() }))
    .optional(),
  /** Captures that are thought to come, and how right that was; operators only. */
  forecast: WarningForecast.optional(),
  /** Of contagion, for readers who see its text. */
  outlook: WarningOutlook.optional(),
  advice: z.array(z.string()),
  template: z.string().optional(), // inert, defanged, per-target tokens cut
  indicators: z.array(DefangedIndicator).optional(),
  threat: z.object({ id: z.string(), name: z.string() }).optional(),
  campaign: z.string().optional(), // analysts only
  decoys: Band,
  senders: Band,
  captures: Band,
  simulated: z.boolean(),
  /** Operators only: that it was taken back, and which of its indicators were. */
  retracted: z.object({ by: z.string(), at: time, reason: z.string() }).optional(),
  withdrawn: z.array(DefangedIndicator).optional(),
});
/** Event `retracted` of GET /api/v1/stream: what was told of this warning, its touches included, holds no more. */
export const RetractedEvent = z.object({ warning: z.string() });

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

/** POST /api/v1/subscribers (board form and API). The answer never says whether the address was known. */
export const SubscribeRequest = z.object({
  channel: z.enum(CHANNEL_KINDS),
  address: z.string().min(1).max(320),
  networks: z.array(network).default([]), // empty = all
  minSeverity: severity.default('medium'),
  /** Warnings as they come; a bulletin of each month or quarter that is over. */
  kinds: z
    .array(z.enum(MESSAGE_KINDS))
    .min(1)
    .max(MESSAGE_KINDS.length)
    .default([...DEFAULT_KINDS]),
});
export const Accepted = z.object({ message: z.string() });
/** POST /api/v1/subscribers/confirm, /api/v1/subscribers/kinds */
export const TokenRequest = z.object({ token: z.string().min(8).max(200) });
/** POST /api/v1/subscribers/stop: all, or one kind of message. */
export const StopSubscription = TokenRequest.extend({ only: z.enum(MESSAGE_KINDS).optional() });
/** What still comes to whom a stop token belongs; nothing else is told to its holder. */
export const SubscribedKinds = z.object({ kinds: z.array(z.enum(MESSAGE_KINDS)) });

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
