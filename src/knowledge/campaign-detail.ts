// What an analyst sees of one campaign beside its figures: the inferred template, its wordings, its merges and splits.
import { type InferredTemplate, inferTemplate } from '../analysis/cluster/infer-template.ts';
import { cutTargets } from '../analysis/cluster/template.ts';
import type { Db } from '../storage/database.ts';
import { type CampaignRelation, relationsOfCampaign, wordingsOfCampaign } from './campaign-history-store.ts';
import { decoysOfCampaigns } from './campaign-store.ts';
import { scrubberOf } from './scrub.ts';
import type { CampaignRecord } from './types.ts';

const MAX_SHOWN = 10;

export interface CampaignDetail {
  /** Absent while there are too few wordings, or too little that they share. */
  readonly inferred?: InferredTemplate;
  /** The most frequent ones first, without decoys' names and tokens made for one target. */
  readonly wordings: readonly { readonly text: string; readonly captures: number }[];
  readonly relations: readonly CampaignRelation[];
}

/** Reads what is known of how a campaign is worded and what became of it. */
export async function campaignDetail(db: Db, campaign: CampaignRecord): Promise<CampaignDetail> {
  const [wordings, relations, decoys] = await Promise.all([
    wordingsOfCampaign(db, campaign.id),
    relationsOfCampaign(db, campaign.id),
    decoysOfCampaigns(db, [campaign.id]),
  ]);
  const names = decoys.get(campaign.id) ?? [];
  const scrub = scrubberOf(names);
  const hide = (text: string): string => scrub(cutTargets(text, names));
  const texts = [...campaign.samples, ...wordings.map(({ sample }) => sample)];
  const inferred = inferTemplate(texts, hide);
  const shown = wordings.slice(0, MAX_SHOWN).map(({ sample, captures }) => ({ text: hide(sample), captures }));
  return { ...(inferred === undefined ? {} : { inferred }), wordings: shown, relations };
}
