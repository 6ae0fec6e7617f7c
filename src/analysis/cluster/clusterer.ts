// Clustering, in input order: exact hash of the masked text, then near duplicates, then a payload or host that only one
// campaign uses (short texts and files). Deterministic: the same captures in the same order give the same campaigns.
import type { Capture } from '../../core/capture.ts';
import { uuidOf } from '../../core/capture-id.ts';
import type { Analysis, ClusterResult } from '../types.ts';
import { Campaigns } from './campaigns.ts';
import { UndoLog } from './undo-log.ts';

/** Estimated Jaccard similarity from which two texts are one campaign's (measured on masked, folded 5-grams). */
const NEAR = 0.5;
/** Similarity from which a shared host of its own makes two short texts one campaign's. */
const TIED = 0.2;
/** Below this, a near duplicate is remembered as a further signature of its campaign, so that drift is followed. */
const DRIFT = 0.8;
const DEFAULT_MAX_CAMPAIGNS = 50_000;

/** A campaign as the store remembers it. `links` may be left out; they are learnt again. */
export interface CampaignMemory {
  readonly campaign: string;
  readonly exact: string;
  readonly minhash: Uint32Array;
  readonly links?: readonly string[];
}

export interface Clusterer {
  /** Campaign of a capture; `undefined` for what forms none (presence, probes, service notices, backscatter). */
  assign(capture: Capture, analysis: Analysis): ClusterResult | undefined;
  /** Fills the memory after a restart: rows oldest first, several to a campaign allowed. */
  restore(rows: readonly CampaignMemory[]): void;
  forget(campaign: string): void;
  /** Changes from here on can be taken back once; the next checkpoint makes them final. */
  checkpoint(): void;
  /** Back to the last checkpoint; without one, nothing happens. */
  rollback(): void;
  readonly size: number;
}

/** The id of the campaign that a capture starts. */
export function campaignIdOf(capture: Pick<Capture, 'id'>): string {
  return uuidOf('campaign', capture.id);
}

/** @param options.maxCampaigns campaigns remembered; the least recently seen are forgotten first */
export function createClusterer(options: { readonly maxCampaigns?: number } = {}): Clusterer {
  const undo = new UndoLog();
  const campaigns = new Campaigns(Math.max(16, options.maxCampaigns ?? DEFAULT_MAX_CAMPAIGNS), undo);
  return {
    assign: (capture, analysis) => assign(campaigns, capture, analysis),
    restore: (rows) => {
      for (const row of rows) remember(campaigns, row.campaign, row, 0);
    },
    forget: (campaign) => campaigns.forget(campaign),
    checkpoint: () => undo.open(),
    rollback: () => undo.rollback(),
    get size() {
      return campaigns.size;
    },
  };
}

function assign(campaigns: Campaigns, capture: Capture, { fingerprint }: Analysis): ClusterResult | undefined {
  if (fingerprint.exact === '') return undefined;
  const own = campaignIdOf(capture);
  const exact = campaigns.byKey(fingerprint.exact);
  const near = exact === undefined ? campaigns.nearest(fingerprint.minhash, NEAR) : undefined;
  const found = exact ?? near?.campaign ?? byLink(campaigns, fingerprint);
  const campaign = found ?? own;
  remember(campaigns, campaign, fingerprint, exact === undefined ? (near?.similarity ?? 0) : 1);
  return { campaign, created: found === undefined };
}

// A shared host ties two texts only when they have some wording in common as well: hosts are reused over campaigns.
function byLink(campaigns: Campaigns, { links = [], minhash }: Analysis['fingerprint']): string | undefined {
  for (const link of links) {
    const campaign = campaigns.byKey(link);
    if (campaign === undefined) continue;
    if (link.startsWith('file:') || minhash.length === 0) return campaign;
    if (campaigns.resembles(campaign, minhash, TIED)) return campaign;
  }
  return undefined;
}

function remember(campaigns: Campaigns, id: string, of: Omit<CampaignMemory, 'campaign'>, similarity: number): void {
  campaigns.touch(id);
  if (of.exact !== '') campaigns.addKey(id, of.exact);
  for (const link of of.links ?? []) campaigns.addKey(id, link);
  if (of.minhash.length > 0 && similarity < DRIFT) campaigns.addSignature(id, of.minhash);
}
