// What decoys know of a hit beside its time and sender: whether the sender had them on its contact list, and what was sent.
import type { Random } from '../../core/clock.ts';
import type { RunParameters } from './parameters.ts';

/** One message to one decoy. */
export interface PlainHit {
  /** Minutes since the beginning of the run. */
  readonly at: number;
  readonly decoy: string;
  /** Begins with `a` for an infected account, `b` in a burst, `n` in noise. */
  readonly sender: string;
}

export interface SimulatedHit extends PlainHit {
  /** The decoy knows that the sender had it on its contact list. */
  readonly contact?: true;
  /** What was sent, as far as it is known again. */
  readonly payload: string;
}

/** Adds it to hits; drawn after them, so that they are the same whatever is known. */
export function markEvidence(
  hits: readonly PlainHit[],
  parameters: RunParameters,
  random: Random,
): readonly SimulatedHit[] {
  const isContact = contactsOf(parameters, random);
  const payloadOf = payloadsOf(parameters, random);
  return hits.map((hit, number) => ({
    ...hit,
    ...(isContact(hit) ? { contact: true } : {}),
    payload: payloadOf(hit, number),
  }));
}

/** A worm's sender is known list by list; others have put themselves on all lists or on none. */
function contactsOf(
  { contactsKnown, burstContacts, noiseContacts }: RunParameters,
  random: Random,
): (hit: PlainHit) => boolean {
  const known = new Map<string, boolean>();
  return ({ sender, decoy }) => {
    const [kind] = sender;
    const place = kind === 'a' ? `${sender} ${decoy}` : sender;
    const share = kind === 'a' ? contactsKnown : kind === 'b' ? burstContacts : noiseContacts;
    const contact = known.get(place) ?? random() < share;
    known.set(place, contact);
    return contact;
  };
}

function payloadsOf(
  { noisePayloads, payloadMiss }: RunParameters,
  random: Random,
): (hit: PlainHit, number: number) => string {
  return ({ sender }, number) => {
    const noise = sender.startsWith('n');
    const unknown = noise ? noisePayloads === 0 : random() < payloadMiss;
    if (unknown) return `x${number}`;
    return noise ? `n${Math.floor(random() * noisePayloads)}` : 'p';
  };
}
