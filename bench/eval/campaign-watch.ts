// Contagion told as the threat centre tells it: by campaigns.
import type { CampaignTouch } from '../../src/knowledge/types.ts';
import type { Hit, Spread } from '../../src/warning/forecast/alarm.ts';
import { addToPropagation, type PropagationState, propagationOf } from '../../src/warning/propagation.ts';

/** Each payload is a campaign of its own, known from its first hit on. */
export class CampaignWatch {
  readonly #states = new Map<string, PropagationState>();
  readonly #senders = new Set<string>();

  add({ at, sender, payload = '', contact }: Hit): { readonly at: number; readonly spread: Spread } {
    const key = `${payload}\n${sender}`;
    const state = addToPropagation(this.#states.get(payload), {
      ...BARE,
      atMs: at * 60_000,
      newSender: !this.#senders.has(key),
      ...(contact === true ? { contact } : {}),
    });
    this.#senders.add(key);
    this.#states.set(payload, state);
    return { at, spread: propagationOf(state) ?? 'none' };
  }
}

/** What counts of a touch is when, by whom, and whether the sender was a contact. */
const BARE: CampaignTouch = {
  atMs: 0,
  network: 'xmpp',
  class: 'worm',
  severity: 'high',
  unambiguousHarm: false,
  newDecoy: false,
  newSender: false,
  known: false,
  reasons: [],
};
