// What somebody means who names what is to be retracted: a warning, a campaign or an indicator.
import { defangIndicator, refang } from '../analysis/defang.ts';
import { SundewError } from '../core/error.ts';
import { INDICATOR_TYPES, type Indicator } from '../core/verdict.ts';
import { findCampaign } from '../knowledge/campaign-store.ts';
import { findIndicators, indicatorIdOf } from '../knowledge/indicator-store.ts';
import type { Db } from '../storage/database.ts';
import { warningsOfCampaigns } from '../warning/campaign-warning-store.ts';
import { findWarning } from '../warning/warning-store.ts';

export type RetractionTarget =
  | { readonly kind: 'campaign'; readonly id: string; readonly label: string; readonly campaign: string }
  | { readonly kind: 'indicator'; readonly id: string; readonly label: string; readonly indicator: Indicator };

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const TYPED = new RegExp(`^(${INDICATOR_TYPES.join('|')}):(?!//)(.+)$`, 's');

/** @throws SundewError NOT_FOUND, INPUT_INVALID when it is indicators of several types */
export async function resolveTarget(db: Db, given: string): Promise<RetractionTarget> {
  const text = given.trim();
  const warning = await findWarning(db, text);
  if (warning !== undefined) return ofCampaign(warning.campaign, warning.id);
  if (UUID.test(text)) {
    const campaign = await findCampaign(db, text.toLowerCase());
    if (campaign !== undefined) {
      const known = (await warningsOfCampaigns(db, [campaign.id])).get(campaign.id);
      return ofCampaign(campaign.id, known?.id ?? campaign.id);
    }
  }
  const found = await findIndicators(db, UUID.test(text) ? [text.toLowerCase()] : candidates(text));
  const [only, ...others] = found;
  if (only === undefined) {
    const accepted = 'the id of a warning or campaign, or an indicator (its id, its value, or type:value)';
    throw new SundewError('NOT_FOUND', `nothing here is called ${text.slice(0, 100)}; give ${accepted}`);
  }
  if (others.length > 0) {
    const types = found.map(({ type }) => `${type}:…`).join(', ');
    throw new SundewError('INPUT_INVALID', `that is several indicators; say which by its type: ${types}`);
  }
  const indicator = { type: only.type, value: only.value };
  return { kind: 'indicator', id: only.id, label: defangIndicator(indicator), indicator };
}

const ofCampaign = (campaign: string, label: string): RetractionTarget => ({
  kind: 'campaign',
  id: campaign,
  label,
  campaign,
});

/** Ids of the indicators that a text may mean, as it is written, refanged and in lower case. */
function candidates(text: string): readonly string[] {
  const [, type, value = text] = TYPED.exec(text) ?? [];
  const types = INDICATOR_TYPES.filter((one) => type === undefined || one === type);
  const forms = new Set([value, refang(value), refang(value).toLowerCase()]);
  return types.flatMap((one) => [...forms].map((form) => indicatorIdOf({ type: one, value: form })));
}
