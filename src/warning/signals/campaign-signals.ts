// Jumps and revivals of single campaigns, told by the same states that warnings are decided on.

import type { VerdictClass } from '../../core/verdict.ts';
import type { CampaignTouch } from '../../knowledge/types.ts';
import { HARMFUL } from '../policy.ts';
import { classOf, type WatchState } from '../watch-state.ts';
import { withId } from './engine.ts';
import { DORMANT_DAYS, type Found } from './novelty.ts';
import type { Signal, SignalRule } from './types.ts';

const DAY = 86_400_000;
const TOLD: readonly VerdictClass[] = [...HARMFUL, 'spam'];

/** What a capture says of its campaign, whose state before and after it is given. */
export function campaignSignals(
  campaign: string,
  before: WatchState | undefined,
  touch: CampaignTouch,
  after: WatchState,
): readonly Signal[] {
  const verdict = classOf(after);
  if (before === undefined || !TOLD.includes(verdict)) return [];
  const { network, atMs } = touch;
  const found = (rule: SignalRule, reason: string): Signal => {
    const at = new Date(atMs).toISOString();
    const facts: Found = {
      rule,
      subject: `campaign ${campaign}`,
      network,
      at,
      count: after.captures,
      reason,
      campaigns: [campaign],
    };
    return withId({ ...facts, class: verdict });
  };
  const days = Math.floor((atMs - before.clockMs) / DAY);
  return [
    ...(days >= DORMANT_DAYS ? [found('campaign-revival', `the campaign came back after ${days} days of quiet`)] : []),
    ...(before.networks.includes(network)
      ? []
      : [found('campaign-jump', `the campaign, seen on ${before.networks.join(', ')} so far, came to ${network}`)]),
  ];
}
