// Captures and campaigns over the HTTP API, as analysts see them.
import { z } from 'zod';
import { RANKS } from '../../analysis/files/types.ts';
import { CAPTURE_KINDS } from '../../core/capture.ts';
import { NETWORKS } from '../../core/network.ts';
import { SEVERITIES } from '../../core/severity.ts';
import { VERDICT_CLASSES } from '../../core/verdict.ts';

const time = z.iso.datetime();
const network = z.enum(NETWORKS);
const severity = z.enum(SEVERITIES);
const kind = z.enum(CAPTURE_KINDS);
const verdictClass = z.enum(VERDICT_CLASSES);

export const CaptureRow = z.object({
  id: z.string(),
  at: time,
  network,
  decoy: z.string(),
  peer: z.string(),
  kind,
  text: z.string().optional(),
  file: z.string().optional(),
  class: verdictClass,
  score: z.number(),
  severity,
  campaign: z.string().optional(),
  threats: z.array(z.string()),
  simulated: z.boolean(),
});
/** GET /api/v1/captures?realm&q&network&kind&class&campaign&decoy&peer&from&to&cursor&limit */
export const CapturePage = z.object({ captures: z.array(CaptureRow), next: z.string().optional() });

/** PUT /api/v1/captures/{id}/correction?realm */
export const CorrectionDraft = z.object({
  class: verdictClass,
  note: z.string().trim().max(500).optional(),
});

export const Correction = z.object({
  capture: z.string(),
  class: verdictClass,
  was: verdictClass,
  text: z.string(),
  note: z.string().optional(),
  by: z.string(),
  at: time,
});

/** GET /api/v1/corrections?realm */
export const CorrectionList = z.object({ corrections: z.array(Correction) });

/** GET /api/v1/captures/{id}?realm */
const finding = z.object({ rank: z.enum(RANKS), says: z.string() });
const fileMember = z.object({
  name: z.string().optional(),
  size: z.number().int(),
  type: z.string(),
  sha256: z.string(),
  findings: z.array(finding),
});

/** What a look into the content of a captured file found; never the content. */
export const FileFacts = fileMember.extend({
  sha1: z.string(),
  md5: z.string(),
  tlsh: z.string().optional(),
  imphash: z.string().optional(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
  members: z.array(fileMember),
  links: z.array(z.string()),
  unopened: z.array(z.string()),
});

export const CaptureDetail = z.object({
  capture: z.record(z.string(), z.unknown()), // the interchange form
  verdict: z.record(z.string(), z.unknown()),
  correction: Correction.optional(),
  evidence: z.object({
    seq: z.number().int(),
    at: time,
    commitment: z.string(),
    erased: z.boolean(),
    verified: z.boolean(),
    raw: z.string().optional(), // not of files
  }),
  file: FileFacts.optional(),
});

export const Campaign = z.object({
  id: z.string(),
  title: z.string(),
  template: z.string(),
  class: verdictClass,
  severity,
  networks: z.array(network),
  captures: z.number().int(),
  senders: z.number().int(),
  decoys: z.number().int(),
  /** Senders that had the decoy they touched first on their contact list for a day or longer, as far as is known. */
  contacts: z.number().int(),
  firstSeen: time,
  lastSeen: time,
  threats: z.array(z.string()),
});
/** One campaign with its wordings and what became of it. */
export const CampaignDetail = z.object({
  ...Campaign.shape,
  retracted: z.object({ by: z.string(), at: time, reason: z.string() }).optional(),
  /** Slots and the regular expression (flag `u`, of folded texts). */
  inferred: z.object({ text: z.string(), regex: z.string() }).optional(),
  wordings: z.array(z.object({ text: z.string(), captures: z.number().int() })),
  relations: z.array(
    z.object({
      campaign: z.string(),
      kind: z.enum(['merged-into', 'split-from']),
      other: z.string(),
      at: z.string(),
      reason: z.string(),
    }),
  ),
});
/** GET /api/v1/campaigns?realm&limit&offset */
export const CampaignPage = z.object({ campaigns: z.array(Campaign), total: z.number().int() });
