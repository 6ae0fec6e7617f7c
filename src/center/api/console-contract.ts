// The HTTP API as analysts and operators see it.
import { z } from 'zod';
import { CHANNEL_KINDS } from '../../alerts/channel.ts';
import { BULLETIN_KINDS, MESSAGE_KINDS } from '../../alerts/kinds.ts';
import { LEVELS } from '../../core/link.ts';
import { NETWORKS, REALMS } from '../../core/network.ts';
import { SEVERITIES } from '../../core/severity.ts';
import { VERDICT_CLASSES } from '../../core/verdict.ts';
import { SIGNAL_RULES } from '../../warning/signals/types.ts';

export { DecoyConfig } from '../../decoys/decoy-config.ts';

const time = z.iso.datetime();
const network = z.enum(NETWORKS);
const severity = z.enum(SEVERITIES);
const verdictClass = z.enum(VERDICT_CLASSES);
const realm = z.enum(REALMS);

// ---- analysts ---------------------------------------------------------------------------------------------------

const role = z.enum(['admin', 'analyst']);
export const Me = z.object({ name: z.string(), email: z.string(), role, twoFactor: z.boolean() });

/** GET /api/v1/users (admin) */
export const UserList = z.object({ users: z.array(Me) });
/** POST /api/v1/users (admin) */
export const NewUser = z.object({
  name: z.string().min(1).max(100),
  email: z.email(),
  role,
  password: z.string().min(12).max(200),
});

/** POST /api/v1/setup: the first admin, with the one-time link's token. */
export const SetupRequest = z.object({
  token: z.string(),
  name: z.string().min(1).max(100),
  email: z.email(),
  password: z.string().min(12).max(200),
});

/** POST /api/v1/decoys, body DecoyConfig; GET /api/v1/decoys */
export const DecoyStatus = z.object({
  name: z.string(),
  network,
  address: z.string(),
  mode: z.string().optional(),
  enabled: z.boolean(),
  state: z.enum(['connecting', 'online', 'offline', 'stopped', 'disabled']),
  problem: z.string().optional(),
  since: time,
  /** Since when it has not been online although it is enabled. */
  downSince: time.optional(),
  captures: z.number().int(),
  lastCapture: time.optional(),
  level: z.enum(LEVELS),
  simulated: z.boolean(),
});
export const DecoyList = z.object({ decoys: z.array(DecoyStatus) });
/** POST /api/v1/decoys/check, body DecoyConfig, and POST /api/v1/decoys/{name}/check: one sign-on, one sentence. */
export const DecoyCheck = z.object({ ok: z.boolean(), sentence: z.string(), code: z.string().optional() });

export const Subscriber = z.object({
  id: z.string(),
  channel: z.enum(CHANNEL_KINDS),
  address: z.string(),
  networks: z.array(network),
  minSeverity: severity,
  kinds: z.array(z.enum(MESSAGE_KINDS)),
  state: z.enum(['requested', 'confirmed', 'stopped']),
  since: time,
  delivered: z.number().int(),
  lastDelivery: time.optional(),
  acknowledged: z.object({ warning: z.string(), at: time }).optional(),
});
/** GET /api/v1/subscribers?realm */
export const SubscriberList = z.object({ subscribers: z.array(Subscriber) });

/** A bulletin as it was published, with what became of its messages. */
export const SentBulletin = z.object({
  id: z.string(),
  kind: z.enum(BULLETIN_KINDS),
  period: z.string(),
  madeAt: time,
  /** 1, and one more each time it was made again before all of it was out. */
  edition: z.number().int(),
  sent: z.number().int(),
  waiting: z.number().int(),
  unsent: z.number().int(),
});
/** GET /api/v1/console/bulletins?realm: newest first. */
export const BulletinList = z.object({ bulletins: z.array(SentBulletin) });
/** GET /api/v1/console/bulletins/{id}?realm: its words, without the links that are each subscriber's own. */
export const PublishedBulletin = z.object({ title: z.string(), summary: z.string(), text: z.string() });

/** GET /api/v1/status: what an operator wants to know first. */
export const Status = z.object({
  version: z.string(),
  startedAt: time,
  realm,
  simulated: z.boolean(),
  /** The steps of going live, in order, with what is done. */
  goingLive: z.array(z.object({ step: z.enum(['decoy', 'mail', 'subscriber', 'purge']), done: z.boolean() })),
  pipelines: z.array(
    z.object({
      realm,
      journal: z.number().int(),
      projected: z.number().int(),
      lagMs: z.number(),
      deadLetters: z.number().int(),
      outbox: z.number().int(),
    }),
  ),
  openAppeals: z.number().int(),
  engagement: z.object({ stopped: z.boolean(), ceiling: z.enum(LEVELS) }),
  store: z.object({ kind: z.enum(['embedded', 'server']), version: z.string() }),
});

/** POST /api/v1/engagement/stop {reason} drops everything to observe, and stays so over restarts. */
export const StopRequest = z.object({ reason: z.string().min(1).max(500) });

/** One outbound frame, as ruled and journaled. */
export const LedgerEntry = z.object({
  seq: z.number().int(),
  t: time,
  decoy: z.string(),
  network,
  act: z.string(),
  rule: z.string(),
  level: z.enum(LEVELS),
  sha256: z.string(),
  length: z.number().int(),
  peer: z.string().optional(),
  cause: z.string().optional(),
  /** Why it was not sent; absent for what was. */
  denied: z.string().optional(),
  suppressed: z.number().int().optional(),
});
/**
 * GET /api/v1/engagement/ledger?realm&after: oldest first, beyond `after`; with `before` (a number of the journal, or 0
 * for its end) newest first. `next` is the `after` or `before` of the next page, absent on the last.
 */
export const LedgerPage = z.object({ entries: z.array(LedgerEntry), next: z.number().int().optional() });

/** POST /api/v1/engagement/approve: a level for decoys of a network, by a named person, that expires (docs/engagement.md). */
export const ApproveRequest = z.object({
  level: z.enum(LEVELS),
  network,
  decoys: z.array(z.string()).optional(), // names; all of the network when absent
  approver: z.string().min(1).max(200),
  second: z.string().min(1).max(200).optional(),
  signOff: z.string().min(1).max(200).optional(),
  reason: z.string().min(1).max(500),
  days: z.number().int().min(1).max(90),
});

/** GET /api/v1/dead-letters?realm; POST /api/v1/dead-letters/{id}/retry?realm */
export const DeadLetter = z.object({
  id: z.string(),
  stage: z.string(),
  capture: z.string().optional(),
  at: time,
  cause: z.string(),
});
export const DeadLetterList = z.object({ deadLetters: z.array(DeadLetter) });

/** Something that captures together say: an outbreak in counts, something new, a silence. */
export const Signal = z.object({
  id: z.string(),
  rule: z.enum(SIGNAL_RULES),
  /** The series, source, family or campaign that it is about. */
  subject: z.string(),
  network: network.optional(),
  class: verdictClass.optional(),
  threat: z.string().optional(),
  /** Capture time; of a step of a series its beginning. */
  at: time,
  foundAt: time,
  count: z.number().int(),
  expected: z.number().optional(),
  p: z.number().optional(),
  reason: z.string(), // defanged
  /** What the rule says, how often it is wrong, and on what data that was measured. */
  says: z.string(),
  wrong: z.string(),
  data: z.string(),
  campaigns: z.array(z.string()),
  /** Of a silence that lasts: how the link of its decoy is now; `reason` says it in words. */
  link: z.object({ state: z.enum(['up', 'down', 'off']), since: time }).optional(),
  /** False while it rests on the wall clock alone: captures that come late may take it back. */
  firm: z.boolean(),
});
/** GET /api/v1/console/signals?realm&rule&network&since&campaign&limit: newest capture time first. */
export const SignalList = z.object({ signals: z.array(Signal) });

// Events of GET /api/v1/stream (SSE): `touch` {Touch}, `warning` {Warning}, `level` {NetworkLevel}; of GET
// /api/v1/console/stream?realm (analysts): `capture` {CaptureRow}, `warning` {Warning}.
