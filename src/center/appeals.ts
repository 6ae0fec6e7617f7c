// Appeals from the form to the answer: taken in from anybody, decided by an analyst, answered by mail (appeal-post.ts).
import { parseAddress } from '../alerts/address.ts';
import { appealNumber } from '../alerts/appeal-answer.ts';
import { isSundewError, SundewError } from '../core/error.ts';
import { type Appeal, decideAppeal, findAppeal, insertAppeal } from '../knowledge/appeal-store.ts';
import type { RealmParts } from './realm.ts';
import { type RetractionRealm, retract } from './retract.ts';

export type AppealRealm = RetractionRealm & Pick<RealmParts, 'isDecoyAddress'>;

export interface AppealText {
  readonly what: string;
  readonly why: string;
  readonly contact?: string | undefined;
}

export interface AppealRuling {
  readonly retract: boolean;
  readonly answer: string;
  /** What is retracted, when the appeal does not name it so that it is found. */
  readonly target?: string | undefined;
}

/** C0 but for line ends and tabs, C1, format characters: nothing that acts on a screen or in a header. */
const ACTIVE = /(?![\n\t])[\p{Cc}\p{Cf}]/gu;

/** @returns the number to tell the appellant @throws SundewError SUBSCRIBER_INVALID (the contact), NOT_ALLOWED (too many are open) */
export async function takeAppeal(realm: AppealRealm, given: AppealText, now: Date): Promise<string> {
  const contact = given.contact === undefined || given.contact === '' ? undefined : contactOf(realm, given.contact);
  const id = await insertAppeal(realm.db, { what: plain(given.what), why: plain(given.why), contact, now });
  if (id === undefined)
    throw new SundewError(
      'NOT_ALLOWED',
      'too many appeals wait already; write to the operator of this Sundew, or try later',
    );
  return appealNumber(id);
}

/** A decoy's address is never written to; whoever gives one learns nothing by it. */
function contactOf(realm: AppealRealm, given: string): string | undefined {
  const { address, key } = parseAddress('email', given);
  return realm.isDecoyAddress('email', key) ? undefined : address;
}

/** @throws SundewError NOT_FOUND, NOT_ALLOWED (decided already), INPUT_INVALID */
export async function ruleOnAppeal(
  realm: AppealRealm,
  id: string,
  { retract: wanted, answer, target }: AppealRuling,
  by: string,
  now: Date,
): Promise<Appeal> {
  const appeal = await findAppeal(realm.db, id);
  if (appeal === undefined) throw new SundewError('NOT_FOUND', 'there is no appeal of this id');
  if (appeal.state !== 'open') throw new SundewError('NOT_ALLOWED', `this appeal is ${appeal.state} already`);
  // First the retraction: what fails behind it can be asked for again, and finds it there.
  if (wanted) await retractFor(realm, target ?? appeal.what, { by, reason: answer }, now);
  const state = wanted ? 'retracted' : 'rejected';
  const decided = await decideAppeal(realm.db, id, { state, by, answer: plain(answer), now });
  if (decided === undefined) throw new SundewError('NOT_ALLOWED', 'this appeal was decided by somebody else meanwhile');
  return decided;
}

async function retractFor(
  realm: AppealRealm,
  target: string,
  decision: { readonly by: string; readonly reason: string },
  now: Date,
): Promise<void> {
  try {
    await retract(realm, target, decision, now);
  } catch (error) {
    if (!isSundewError(error, 'RETRACTION_CONFLICT')) throw error;
  }
}

function plain(text: string): string {
  return text.toWellFormed().replaceAll('\r\n', '\n').replaceAll(ACTIVE, ' ').trim();
}
