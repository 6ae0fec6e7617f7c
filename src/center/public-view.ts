// Everything the public sees of a realm, made by the policy table of warning/disclosure.ts and nothing else.

import type { z } from 'zod';
import type { ChannelKind } from '../alerts/channel.ts';
import { defang, defangIndicator } from '../analysis/defang.ts';
import { captureActivity, countCaptures } from '../captures/activity-store.ts';
import { searchCaptures } from '../captures/capture-store.ts';
import { isContactList } from '../core/contact-list.ts';
import { defined } from '../core/defined.ts';
import type { Network, Realm } from '../core/network.ts';
import { countCampaigns } from '../knowledge/campaign-store.ts';
import { activeUntil, dayOf } from '../knowledge/indicator-lifetime.ts';
import { retractedCampaigns, retractionsOfCampaigns } from '../knowledge/retraction-store.ts';
import { countThreats } from '../knowledge/threat-store.ts';
import type { Db } from '../storage/database.ts';
import { band } from '../warning/band.ts';
import { warningsOfCampaigns } from '../warning/campaign-warning-store.ts';
import { type Tier, type ViewOptions, viewWarning, type WarningView } from '../warning/disclosure.ts';
import { networkLevels } from '../warning/level-store.ts';
import { LIVE_RIVER, type RiverTouch, releaseRiver, SIMULATED_RIVER } from '../warning/river.ts';
import type { WarningRecord } from '../warning/types.ts';
import { touchIdOf } from '../warning/warning-id.ts';
import { countWarnings } from '../warning/warning-store.ts';
import type { Board, Touch, Warning } from './api/contract.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ACTIVITY = { hours: 6, stepSeconds: 300 } as const;
/** Captures looked at for one river. */
const RIVER_CAPTURES = 400;

export interface PublicOptions {
  readonly realm: Realm;
  readonly delayMs: number;
  /** Of this process; makes touch ids opaque. */
  readonly key: string;
  scrub(text: string): string;
  /** The networks that decoys of this realm are on; not how many. */
  watched(): ReadonlySet<Network>;
}

const viewOptions = ({ realm, delayMs, scrub }: PublicOptions): ViewOptions => ({
  delayMs: realm === 'simulated' ? 0 : delayMs,
  scrub,
});

/** A warning as a tier sees it, defanged for people; `undefined` while the tier may not know of it. */
export function warningFor(
  record: WarningRecord,
  tier: Tier,
  now: Date,
  options: PublicOptions,
): z.infer<typeof Warning> | undefined {
  const view = viewWarning(record, tier, now, viewOptions(options));
  return view === undefined ? undefined : inert(view);
}

function inert(view: WarningView): z.infer<typeof Warning> {
  const {
    template,
    indicators,
    threat,
    campaign,
    propagation,
    forecast,
    outlook,
    retracted,
    withdrawn,
    rules,
    ...rest
  } = view;
  return {
    ...rest,
    title: defang(rest.title),
    networks: [...rest.networks],
    reasons: rest.reasons.map(defang),
    advice: [...rest.advice],
    ...defined({
      template: template === undefined ? undefined : defang(template),
      indicators: indicators?.map((one) => ({
        type: one.type,
        defanged: defangIndicator(one),
        activeUntil: dayOf(activeUntil(one.type, rest.updatedAt)),
      })),
      threat,
      campaign,
      propagation,
      rules: rules?.map((rule) => ({ ...rule })),
      retracted,
      withdrawn: withdrawn?.map((one) => ({ type: one.type, defanged: defangIndicator(one) })),
      forecast: forecast === undefined ? undefined : { ...forecast, outlooks: [...forecast.outlooks] },
      outlook: outlook === undefined ? undefined : { ...outlook, outlooks: [...outlook.outlooks] },
    }),
  };
}

/** The river as it may be shown at `now`, newest first. */
export async function riverOf(
  db: Db,
  now: Date,
  limit: number,
  options: PublicOptions,
): Promise<readonly z.infer<typeof Touch>[]> {
  const { captures } = await searchCaptures(db, {
    limit: RIVER_CAPTURES,
    from: new Date(now.getTime() - DAY_MS).toISOString(),
  });
  const campaigns = [...new Set(captures.flatMap(({ verdict }) => verdict.campaign ?? []))];
  const warnings = await warningsOfCampaigns(db, campaigns);
  const retracted = await retractionsOfCampaigns(db, campaigns);
  const standing = captures.filter(
    ({ capture, verdict }) => !retracted.has(verdict.campaign ?? '') && !isContactList(capture),
  );
  const touches = standing.map(({ capture, verdict }): RiverTouch => {
    const warning = verdict.campaign === undefined ? undefined : warnings.get(verdict.campaign);
    return {
      id: touchIdOf(options.key, capture.id),
      at: capture.at,
      network: capture.network,
      kind: capture.kind,
      class: verdict.class,
      severity: verdict.severity,
      simulated: capture.simulated,
      decoy: capture.decoy,
      ...defined({ warning }),
    };
  });
  const policy = options.realm === 'simulated' ? SIMULATED_RIVER : LIVE_RIVER;
  return releaseRiver(touches, now, policy, viewOptions(options))
    .slice(0, limit)
    .map(({ text, ...view }) => ({
      ...view,
      kind: view.kind as z.infer<typeof Touch>['kind'],
      ...defined({ text: text === undefined ? undefined : defang(text) }),
    }));
}

/** The head of the board. */
export async function boardOf(
  db: Db,
  now: Date,
  options: PublicOptions,
  channels: readonly ChannelKind[],
): Promise<z.infer<typeof Board>> {
  const dayAgo = new Date(now.getTime() - DAY_MS);
  const since = dayAgo.toISOString();
  const retracted = await retractedCampaigns(db);
  const touches = await countCaptures(db, dayAgo, retracted);
  const [levels, warnings24h, threats, campaigns24h, activity] = await Promise.all([
    shownLevels(db, now, options, touches),
    countWarnings(db, since),
    countThreats(db),
    countCampaigns(db, since),
    activityOf(db, now, options.realm, retracted),
  ]);
  const total = [...touches.values()].reduce((sum, count) => sum + count, 0);
  return {
    realm: options.realm,
    simulated: options.realm === 'simulated',
    levels,
    totals: { warnings24h, touches24h: band(total), threats, campaigns24h },
    activity,
    subscribeChannels: [...channels],
    now: now.toISOString(),
  };
}

/** Live counts are rounded up to tens, so that one touch of one decoy does not show. */
async function activityOf(
  db: Db,
  now: Date,
  realm: Realm,
  retracted: readonly string[],
): Promise<z.infer<typeof Board>['activity']> {
  const stepMs = ACTIVITY.stepSeconds * 1_000;
  const from = Math.floor((now.getTime() - ACTIVITY.hours * HOUR_MS) / stepMs) * stepMs;
  const counted = new Map(
    (await captureActivity(db, new Date(from), ACTIVITY.stepSeconds, retracted)).map(({ at, touches }) => [
      Date.parse(at),
      touches,
    ]),
  );
  const rounded = (touches: number): number => (realm === 'simulated' ? touches : Math.ceil(touches / 10) * 10);
  const steps = Math.floor((now.getTime() - from) / stepMs) + 1;
  return Array.from({ length: steps }, (_, step) => {
    const at = from + step * stepMs;
    return { at: new Date(at).toISOString(), touches: rounded(counted.get(at) ?? 0) };
  });
}

/** Levels of the networks that the board shows: those with decoys on them, and those of which there is something to say. */
async function shownLevels(
  db: Db,
  now: Date,
  options: PublicOptions,
  touches: ReadonlyMap<string, number>,
): Promise<z.infer<typeof Board>['levels']> {
  const watched = options.watched();
  return (await networkLevels(db, now))
    .filter(({ network, level }) => watched.has(network) || level !== 'green' || touches.has(network))
    .map((level) => ({ ...level, reason: defang(level.reason) }));
}

/** The same for the stream. */
export async function levelsOf(db: Db, now: Date, options: PublicOptions): Promise<z.infer<typeof Board>['levels']> {
  const touches = await countCaptures(db, new Date(now.getTime() - DAY_MS), await retractedCampaigns(db));
  return shownLevels(db, now, options, touches);
}
