// From the campaigns that a batch touched to the warnings that it raised or changed.
import { decoysOfCampaigns, findCampaigns, indicatorsOfCampaigns } from '../knowledge/campaign-store.ts';
import { threatNames } from '../knowledge/threat-store.ts';
import type { CampaignTouch, TouchedCampaigns } from '../knowledge/types.ts';
import type { Db } from '../storage/database.ts';
import { buildRecord, type CampaignFacts, type SizeOf } from './build-record.ts';
import { type Decided, type Step, stepWatch } from './decide.ts';
import { elapse } from './elapse.ts';
import { recordForecasts, reopenForecasts, shownForecasts } from './forecast-store.ts';
import { lockWarnings } from './lock.ts';
import { DEFAULT_POLICY, type WarningPolicy } from './policy.ts';
import { campaignSignals } from './signals/campaign-signals.ts';
import { saveSignals } from './signals/signal-store.ts';
import type { Signal } from './signals/types.ts';
import type { WarningChange } from './types.ts';
import { loadIdKey, warningIdOf } from './warning-id.ts';
import { type NewRevision, saveCounts, saveRevisions } from './warning-store.ts';
import type { WatchState } from './watch-state.ts';
import { loadWatches, saveWatches } from './watch-store.ts';

export interface AssessOptions {
  readonly simulated: boolean;
  readonly policy?: WarningPolicy;
  /** Wall clock, for signals. */
  readonly now?: Date;
  readonly sizeOf?: SizeOf | undefined;
}

/**
 * Decides on every touch in the order given; times are capture times. Call it in the transaction that recorded the
 * touches, with what `recordKnowledge` returned.
 * @returns one change a campaign at most: its newest revision, with `notify` when any of the batch's revisions asks for it
 */
export async function assessWarnings(
  tx: Db,
  touched: TouchedCampaigns,
  options: AssessOptions,
): Promise<readonly WarningChange[]> {
  if (touched.size === 0) return [];
  const policy = options.policy ?? DEFAULT_POLICY;
  await lockWarnings(tx);
  const before = await loadWatches(tx, [...touched.keys()]);
  const after = new Map<string, WatchState>();
  const decided = new Map<string, readonly Decided[]>();
  const signals: Signal[] = [];
  for (const [campaign, touches] of touched) {
    const steps = foldTouches(before.get(campaign), touches, policy);
    const last = steps.at(-1);
    if (last === undefined) continue;
    after.set(campaign, last.state);
    signals.push(...signalsOf(campaign, before.get(campaign), steps));
    const changes = steps.filter((step): step is Decided => step.decision.act !== 'none');
    if (changes.length > 0) decided.set(campaign, changes);
  }
  await saveWatches(tx, after);
  const revisions = await revisionsOf(tx, decided, options);
  await reopenForecasts(tx, touched);
  await storeRevisions(tx, revisions);
  await saveSignals(tx, signals, options.now, true);
  await saveCounts(tx, countsOf(after));
  return changesOf(revisions, before);
}

function signalsOf(campaign: string, before: WatchState | undefined, steps: readonly Step[]): readonly Signal[] {
  return steps.flatMap(({ touch, state }, at) =>
    touch === undefined ? [] : campaignSignals(campaign, at === 0 ? before : steps[at - 1]?.state, touch, state),
  );
}

/** Every step of a campaign's touches, and of the time between them; pure. */
export function foldTouches(
  before: WatchState | undefined,
  touches: readonly CampaignTouch[],
  policy: WarningPolicy = DEFAULT_POLICY,
): readonly Step[] {
  const steps: Step[] = [];
  let state = before;
  for (const touch of touches) {
    if (state !== undefined) steps.push(...elapse(state, touch.atMs, policy));
    const step = stepWatch(steps.at(-1)?.state ?? state, touch, policy);
    steps.push(step);
    state = step.state;
  }
  return steps;
}

const CHANGE = { raise: 'raised', update: 'updated', release: 'raised', end: 'ended' } as const;

/** The revisions that these steps are, with what the knowledge base has. */
export async function revisionsOf(
  tx: Db,
  decided: ReadonlyMap<string, readonly Decided[]>,
  { simulated, sizeOf }: Pick<AssessOptions, 'simulated' | 'sizeOf'>,
): Promise<readonly NewRevision[]> {
  if (decided.size === 0) return [];
  const [facts, key] = [await loadFacts(tx, [...decided.keys()]), await loadIdKey(tx)];
  const ending = [...decided].filter(([, steps]) => steps.some(({ decision }) => decision.act === 'end'));
  const shown = await shownForecasts(
    tx,
    ending.map(([campaign]) => campaign),
  );
  return [...decided].flatMap(([campaign, steps]) => {
    const id = warningIdOf(key, campaign);
    let last = shown.get(campaign);
    return steps.map(({ state, decision }): NewRevision => {
      const { standing, rating, because, notify } = decision;
      const known = { facts: facts.get(campaign), sizeOf, last };
      const record = buildRecord({ id, campaign, state, standing, rating, because, simulated, ...known });
      last = record.forecast;
      return {
        record,
        change: CHANGE[decision.act],
        notify,
        lastSeenMs: state.clockMs,
        heldUntilMs: standing.heldUntilMs,
        open: decision.act !== 'end',
      };
    });
  });
}

/** What the knowledge base has on these campaigns. */
export async function loadFacts(tx: Db, campaigns: readonly string[]): Promise<ReadonlyMap<string, CampaignFacts>> {
  const records = await findCampaigns(tx, campaigns);
  const indicators = await indicatorsOfCampaigns(tx, campaigns);
  const decoys = await decoysOfCampaigns(tx, campaigns);
  const names = await threatNames(
    tx,
    records.flatMap(({ threats }) => threats),
  );
  return new Map(
    records.map(({ id, template, threats }) => {
      const threat = threats.find((one) => names.has(one));
      const name = threat === undefined ? undefined : names.get(threat);
      const base = { template, indicators: indicators.get(id) ?? [], decoys: decoys.get(id) ?? [] };
      return [id, threat === undefined || name === undefined ? base : { ...base, threat: { id: threat, name } }];
    }),
  );
}

function countsOf(states: ReadonlyMap<string, WatchState>): Parameters<typeof saveCounts>[1] {
  return [...states].flatMap(([campaign, { standing, captures, senders, decoys, clockMs }]) =>
    standing === undefined ? [] : [{ campaign, captures, senders, decoys, lastSeen: new Date(clockMs).toISOString() }],
  );
}

/** Stores revisions with the forecasts that they carry. */
export async function storeRevisions(tx: Db, revisions: readonly NewRevision[]): Promise<void> {
  await saveRevisions(tx, revisions);
  await recordForecasts(
    tx,
    revisions.map(({ record }) => record),
  );
}

/** What subscribers hear first is `raised` to them, though analysts may have seen an earlier revision. */
export function changesOf(
  revisions: readonly NewRevision[],
  before: ReadonlyMap<string, WatchState>,
): readonly WarningChange[] {
  const changes = new Map<string, WarningChange>();
  for (const { record, change, notify } of revisions) {
    const earlier = changes.get(record.campaign);
    const told = before.get(record.campaign)?.standing?.toldMs !== undefined;
    // Who never heard of it need not hear that it is over.
    if (change === 'ended') {
      changes.set(record.campaign, { change, record, notify: notify && told });
      continue;
    }
    const raised = change === 'raised' || earlier?.change === 'raised' || (notify && !told);
    changes.set(record.campaign, {
      change: raised ? 'raised' : change,
      record,
      notify: notify || earlier?.notify === true,
    });
  }
  return [...changes.values()];
}
