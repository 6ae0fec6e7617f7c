// From warnings to drafts of entries, and what of a draft a reader may see before somebody has reviewed it.
import type { z } from 'zod';
import type { Indicator } from '../core/verdict.ts';
import type { DraftFacts } from '../knowledge/draft-entry.ts';
import type { Draft } from '../knowledge/draft-store.ts';
import { saveDrafts } from '../knowledge/draft-store.ts';
import type { Db } from '../storage/database.ts';
import { band } from '../warning/band.ts';
import type { Tier } from '../warning/disclosure.ts';
import type { WarningChange, WarningRecord } from '../warning/types.ts';
import type { DraftView } from './api/contract.ts';
import { type PublicOptions, warningFor } from './public-view.ts';

/** Decoys that must have seen an indicator before it may stand in what can be published. */
const MIN_SPREAD = 3;
const MINUTE = 60_000;

/** Drafts of the campaigns that warnings were raised or changed for; those of known threats need none. */
export async function draftCampaigns(tx: Db, changes: readonly WarningChange[], now: Date): Promise<void> {
  const fresh = changes.filter(({ change, record }) => change !== 'ended' && record.threat === undefined);
  await saveDrafts(
    tx,
    fresh.map(({ record }) => factsOf(record)),
    now,
  );
}

/** Indicators that enough decoys saw: what was made for one target is not among them. */
export function releasedIndicators(record: WarningRecord): readonly Indicator[] {
  return record.indicators.filter((_, at) => (record.spread?.[at] ?? 0) >= MIN_SPREAD);
}

function factsOf(record: WarningRecord): DraftFacts {
  const { campaign, title, severity, networks, template, reasons, advice } = record;
  return {
    ...{ campaign, title, severity, networks, template, reasons, advice },
    class: record.class,
    indicators: releasedIndicators(record),
    firstSeen: toMinute(record.at),
    lastSeen: toMinute(record.updatedAt),
    decoys: band(record.decoys),
    senders: band(record.senders),
    captures: band(record.captures),
  };
}

/**
 * A draft as a tier sees it: what the campaign's warning shows that tier by the policy table, and nothing that an analyst
 * wrote; operators see the draft. `undefined` while the tier may not know of it.
 */
export function viewDraft(
  draft: Draft,
  record: WarningRecord,
  tier: Tier,
  now: Date,
  options: PublicOptions,
): z.infer<typeof DraftView> | undefined {
  const warning = warningFor(record, tier, now, options);
  if (warning === undefined) return undefined;
  const { id, title, at, networks, severity, template, indicators, advice } = warning;
  const base = {
    ...{ title, at, networks, severity, warning: id, state: 'under-review' as const },
    class: warning.class,
    ...(template === undefined ? {} : { template, advice, indicators: indicators ?? [] }),
  };
  if (tier !== 'operator') return base;
  return { ...base, draft: { campaign: draft.campaign, id: draft.id, revision: draft.revision } };
}

function toMinute(at: string): string {
  return new Date(Math.floor(Date.parse(at) / MINUTE) * MINUTE).toISOString();
}
