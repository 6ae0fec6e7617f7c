// Takes back what was said, or takes that back: the retraction, the revision of each warning that it touches and the corrections
// to those who were told stand in one transaction; the streams follow its commit.
import { enqueueCorrection } from '../alerts/correct.ts';
import type { OutboxQueue } from '../alerts/outbox-queue.ts';
import { defangIndicator } from '../analysis/defang.ts';
import { SundewError } from '../core/error.ts';
import type { Indicator } from '../core/verdict.ts';
import { entriesOfCampaign, restoreEntries, withdrawEntries } from '../knowledge/entry-withdrawal.ts';
import type { Decision, Retraction } from '../knowledge/retraction.ts';
import {
  insertRetraction,
  retractionsOfCampaigns,
  standingRetraction,
  undoRetraction,
} from '../knowledge/retraction-store.ts';
import type { StoredThreat } from '../knowledge/types.ts';
import type { Db, Tx } from '../storage/database.ts';
import { warnedCampaigns } from '../warning/campaign-warning-store.ts';
import { correctWarning } from '../warning/correct-warning.ts';
import type { WarningChange } from '../warning/types.ts';
import type { RealmParts } from './realm.ts';
import { type RetractionTarget, resolveTarget } from './retraction-target.ts';

export interface RetractionOutcome {
  readonly retraction: Retraction;
  /** Ids of the warnings that it changed. */
  readonly warnings: readonly string[];
  /** Subscribers who are told. */
  readonly told: number;
  /** Entries of the knowledge base that were published from it. */
  readonly entries: readonly RestingEntry[];
}

/** An entry that was published from a campaign, and what became of it. */
export interface RestingEntry {
  readonly id: string;
  readonly name: string;
  readonly state: 'published' | 'withdrawn' | 'restored';
}

interface RetractionOrder extends Omit<Decision, 'at'> {
  /** Withdraw the entries that were published from it, too; also of what is retracted already. */
  readonly withEntries?: boolean;
}

/** The part of a realm that it works on. */
export interface RetractionRealm extends Pick<RealmParts, 'db' | 'wakeOutbox' | 'reloadSignatures'> {
  readonly queue: OutboxQueue;
  readonly feed: Pick<RealmParts['feed'], 'retracted'>;
  readonly live: Pick<RealmParts['live'], 'publish'>;
  readonly view: Pick<RealmParts['view'], 'scrub'>;
}

interface Step {
  readonly tx: Tx;
  readonly realm: RetractionRealm;
  readonly retraction: Retraction;
  readonly now: Date;
}

/** @throws SundewError NOT_FOUND, INPUT_INVALID (ambiguous), RETRACTION_CONFLICT (retracted already) */
export async function retract(
  realm: RetractionRealm,
  text: string,
  { by, reason, withEntries = false }: RetractionOrder,
  now: Date,
): Promise<RetractionOutcome> {
  const target = await resolveTarget(realm.db, text);
  return await carryOut(realm, async (tx) => {
    const decision = { by, reason, at: now.toISOString() };
    const of = target.kind === 'campaign' ? target.campaign : target.indicator;
    const fresh = await insertRetraction(tx, { target: of, label: target.label, ...decision });
    const retraction = fresh ?? (withEntries ? await standingRetraction(tx, target.kind, target.id) : undefined);
    const stay = await entriesOf(tx, target);
    const gone = retraction && withEntries ? await withdrawEntries(tx, retraction, stay, decision) : [];
    if (retraction === undefined || (fresh === undefined && gone.length === 0))
      throw new SundewError('RETRACTION_CONFLICT', `${target.label} is retracted already`);
    const corrected =
      fresh === undefined
        ? { retraction, warnings: [], told: 0, changes: [] }
        : await correctAll({ tx, realm, retraction, now }, target);
    const left = stay.filter(({ id }) => !gone.some((one) => one.id === id));
    return { ...corrected, entries: [...resting(gone, 'withdrawn'), ...resting(left, 'published')] };
  });
}

/** Entries that were published from what is to be retracted, and stay so unless they are withdrawn. @throws as `retract` */
export async function entriesRestingOn(db: Db, text: string): Promise<readonly RestingEntry[]> {
  return resting(await entriesOf(db, await resolveTarget(db, text)), 'published');
}

async function entriesOf(db: Db, target: RetractionTarget): Promise<readonly StoredThreat[]> {
  return target.kind === 'campaign' ? await entriesOfCampaign(db, target.campaign) : [];
}

const resting = (entries: readonly StoredThreat[], state: RestingEntry['state']): readonly RestingEntry[] =>
  entries.map(({ id, entry: { name } }) => ({ id, name, state }));

/** @throws SundewError NOT_FOUND, INPUT_INVALID (ambiguous), RETRACTION_CONFLICT (not retracted) */
export async function undo(
  realm: RetractionRealm,
  text: string,
  { by, reason }: Omit<Decision, 'at'>,
  now: Date,
): Promise<RetractionOutcome> {
  const target = await resolveTarget(realm.db, text);
  return await carryOut(realm, async (tx) => {
    const decision = { by, reason, at: now.toISOString() };
    const retraction = await undoRetraction(tx, target.kind, target.id, decision);
    if (retraction === undefined) throw new SundewError('RETRACTION_CONFLICT', `${target.label} is not retracted`);
    const entries = resting(await restoreEntries(tx, retraction, decision), 'restored');
    return { ...(await correctAll({ tx, realm, retraction, now }, target)), entries };
  });
}

async function carryOut(
  realm: RetractionRealm,
  decide: (tx: Tx) => Promise<RetractionOutcome & { readonly changes: readonly WarningChange[] }>,
): Promise<RetractionOutcome> {
  const { changes, ...outcome } = await realm.db.transaction().execute(decide);
  realm.feed.retracted(outcome.warnings);
  realm.live.publish({ analysed: [], changes, known: 0 });
  if (outcome.told > 0) realm.wakeOutbox();
  if (outcome.entries.some(({ state }) => state !== 'published')) await realm.reloadSignatures();
  return outcome;
}

async function correctAll(
  step: Step,
  target: RetractionTarget,
): Promise<Omit<RetractionOutcome, 'entries'> & { readonly changes: readonly WarningChange[] }> {
  const { tx, retraction } = step;
  const campaigns = target.kind === 'campaign' ? [target.campaign] : await warnedCampaigns(tx, target.indicator);
  // Of what is retracted as a whole everything was said already.
  const silent = target.kind === 'campaign' ? new Map() : await retractionsOfCampaigns(tx, campaigns);
  const changes: WarningChange[] = [];
  let told = 0;
  for (const campaign of campaigns) {
    const change = await correctWarning(tx, campaign, correctionOf(step));
    if (change === undefined) continue;
    changes.push(change);
    if (!silent.has(campaign)) told += await tell(step, change, target);
  }
  return { retraction, warnings: changes.map(({ record }) => record.id), told, changes };
}

function correctionOf({ retraction, now }: Step): Parameters<typeof correctWarning>[2] {
  const { kind, undone, reason, indicator } = retraction;
  if (kind === 'campaign')
    return undone === undefined
      ? { now, what: 'retracted', said: ['All of it is taken back.', reason] }
      : { now, what: 'stands', said: ['It stands after all: that we took it back was wrong.', undone.reason] };
  const name = nameOf(indicator);
  return undone === undefined
    ? { now, what: 'part', said: [`This does not belong to it: ${name}. The rest stands.`, reason] }
    : { now, what: 'part', said: [`This belongs to it after all: ${name}.`, undone.reason] };
}

function nameOf(indicator: Indicator | undefined): string {
  return indicator === undefined ? 'an indicator' : `${indicator.type} ${defangIndicator(indicator)}`;
}

function tell({ tx, realm, retraction, now }: Step, change: WarningChange, target: RetractionTarget): Promise<number> {
  const wrong =
    retraction.undone !== undefined ? 'retraction' : target.kind === 'campaign' ? 'warning' : target.indicator;
  return enqueueCorrection(tx, realm.queue, change, {
    now,
    redact: realm.view.scrub,
    retraction: retraction.id,
    wrong,
  });
}
