// Clustering, in input order: each capture joins the campaign that explains it best, or starts one. A mixture whose number
// of parts is not known before (a Dirichlet process), decided online: a campaign once given to a capture is never changed.
// Deterministic: the same captures in the same order give the same campaigns.
import type { Capture } from '../../core/capture.ts';
import { uuidOf } from '../../core/capture-id.ts';
import type { Analysis, ClusterResult, Fingerprint } from '../types.ts';
import { Memory } from './memory.ts';
import type { Reading } from './reading.ts';
import { type Contender, tryUnion } from './rival.ts';
import { scoreOf } from './score.ts';
import { tryPart } from './trial.ts';
import { WEIGHTS } from './weights.ts';

/** Of 1 KiB each, with all that leads to them. */
const DEFAULT_MAX_CAMPAIGNS = 131_072;

/** A campaign as the store remembers it. */
export interface CampaignMemory {
  readonly campaign: string;
  /** Fingerprints of some members, oldest first. */
  readonly members: readonly Fingerprint[];
  /** Capture times, ms since the epoch. */
  readonly firstMs: number;
  readonly lastMs: number;
  readonly captures: number;
}

export interface Clusterer {
  /** Campaign of a capture; `undefined` for what forms none (presence, probes, service notices, backscatter). */
  assign(capture: Capture, analysis: Pick<Analysis, 'fingerprint'>): ClusterResult | undefined;
  /** Fills the memory after a restart, campaigns seen longest ago first. */
  restore(rows: readonly CampaignMemory[]): void;
  /** Changes from here on can be taken back once; the next checkpoint makes them final. */
  checkpoint(): void;
  /** Back to the last checkpoint; without one, nothing happens. */
  rollback(): void;
  /** Campaigns remembered. */
  readonly size: number;
}

/** The id of the campaign that a capture starts. */
export function campaignIdOf(capture: Pick<Capture, 'id'>): string {
  return uuidOf('campaign', capture.id);
}

/** @param options.maxCampaigns campaigns remembered; those of least age and weight are forgotten first */
export function createClusterer(options: { readonly maxCampaigns?: number } = {}): Clusterer {
  const memory = new Memory(options.maxCampaigns ?? DEFAULT_MAX_CAMPAIGNS);
  return {
    assign: (capture, { fingerprint }) =>
      fingerprint.exact === ''
        ? undefined
        : assign(memory, memory.read(fingerprint, Date.parse(capture.at)), () => campaignIdOf(capture)),
    restore: (rows) => {
      for (const row of rows) restore(memory, row);
    },
    checkpoint: () => memory.log.open(),
    rollback: () => memory.log.rollback(),
    get size() {
      return memory.table.size;
    },
  };
}

function assign(memory: Memory, reading: Reading, id: () => string): ClusterResult {
  const { table } = memory;
  const { best, contenders } = choose(memory, reading);
  if (best === undefined) {
    const slot = table.open(id());
    table.started(reading.ties.length > 0, reading.atMs);
    memory.join(slot, reading);
    return { campaign: table.idOf(slot), created: true };
  }
  const split = tryPart(memory, best.slot, reading, best.evidence, id);
  if (split !== 0) {
    return { campaign: table.idOf(split), created: true, splitFrom: table.idOf(best.slot) };
  }
  const union = tryUnion(memory, best.slot, reading, contenders);
  const slot = union?.into ?? best.slot;
  memory.join(slot, reading);
  const campaign = table.idOf(slot);
  return union === undefined
    ? { campaign, created: false }
    : { campaign, created: false, merged: table.idOf(union.from) };
}

/** The campaign that explains a capture best, if any does well enough, and all that might. */
function choose(
  memory: Memory,
  reading: Reading,
): { readonly best: Contender | undefined; readonly contenders: readonly Contender[] } {
  const { table, background } = memory;
  const isTied = reading.ties.length > 0;
  const pairs = reading.pairs.length;
  const contenders: Contender[] = [];
  const bySender = memory.campaignsOf(reading);
  let best: Contender | undefined;
  let most = Number.NEGATIVE_INFINITY;
  for (const slot of memory.candidates(reading)) {
    // A host of its own ties it to no campaign that has none: an answer with a link ends as a lure does.
    const tied = isTied && (table.tied[slot] ?? 0) > 0;
    const least = tied
      ? WEIGHTS.leastKnown * pairs
      : Math.max(WEIGHTS.leastPairsUntied, WEIGHTS.leastKnownUntied * pairs);
    const score = scoreOf(table, slot, reading, background, least);
    if (score === undefined) continue;
    const { wording, tie, time } = score;
    contenders.push({ slot, evidence: wording + time });
    const evidence = wording + tie + time + (bySender.includes(slot) ? WEIGHTS.sender : 0);
    if (evidence <= Math.max(most, tied ? WEIGHTS.joinTied : WEIGHTS.join)) continue;
    most = evidence;
    best = { slot, evidence: wording + time + Math.min(0, tie) };
  }
  return { best, contenders };
}

// Several rows may stand for one campaign: those of campaigns that were merged into it.
function restore(memory: Memory, row: CampaignMemory): void {
  const { table, log } = memory;
  const known = memory.named(row.campaign);
  const slot = known === 0 ? table.open(row.campaign) : known;
  const before = known === 0 ? 0 : (table.members[slot] ?? 0);
  for (const member of row.members) memory.join(slot, memory.read(member, row.lastMs));
  if (row.members.length === 0) return;
  memory.name(slot);
  log.set(table.members, slot, before + Math.max(1, row.captures));
  log.set(table.firstMs, slot, Math.min(table.firstMs[slot] ?? row.firstMs, row.firstMs));
  log.set(table.gapSeconds, slot, (row.lastMs - row.firstMs) / 1000 / Math.max(1, row.captures - 1));
}
