// Who sees what, when: the policy table as data, and the views made by it. Outputs use these views and nothing else.
import { defined } from '../core/defined.ts';
import type { Network } from '../core/network.ts';
import type { Severity } from '../core/severity.ts';
import type { Indicator, VerdictClass } from '../core/verdict.ts';
import { bareTitleOf, titleOf } from '../knowledge/campaign-title.ts';
import { cutRetracted, type Decision, notCovered } from '../knowledge/retraction.ts';
import { cutTargetTokens, type Scrub } from '../knowledge/scrub.ts';
import { band } from './band.ts';
import { HARMFUL } from './policy.ts';
import type { RuleStatement } from './rules.ts';
import type {
  ForecastInterval,
  ForecastOutlook,
  Growth,
  Propagation,
  Urgency,
  WarningForecast,
  WarningKind,
  WarningRecord,
} from './types.ts';

export const TIERS = ['operator', 'subscriber', 'public'] as const;
export type Tier = (typeof TIERS)[number];

/** What of a warning a tier sees: nothing, that there is one (kind, network, class), or its text and hosts too. */
export const RELEASES = ['nothing', 'outline', 'content'] as const;
export type Release = (typeof RELEASES)[number];

interface Rule {
  /** Independent decoys from which it is released; unambiguous harm stands for `harmIs` of them. */
  readonly minDecoys: number;
  readonly harmIs: number;
  /** Waits for `delayMs` after the first capture. */
  readonly delayed: boolean;
  /** Different decoys that must have seen an indicator itself, when more than one decoy is needed. */
  readonly minSpread: number;
}

/** The policy table: by tier, from which evidence on outline and content are released. */
export const DISCLOSURE: Readonly<Record<Tier, { readonly outline: Rule; readonly content: Rule }>> = {
  operator: {
    outline: { minDecoys: 1, harmIs: 1, delayed: false, minSpread: 0 },
    content: { minDecoys: 1, harmIs: 1, delayed: false, minSpread: 0 },
  },
  subscriber: {
    outline: { minDecoys: 2, harmIs: 2, delayed: false, minSpread: 2 },
    content: { minDecoys: 2, harmIs: 2, delayed: false, minSpread: 2 },
  },
  public: {
    outline: { minDecoys: 2, harmIs: 2, delayed: false, minSpread: 3 },
    content: { minDecoys: 3, harmIs: 1, delayed: true, minSpread: 3 },
  },
};

/** Time after the first capture before the public sees text and hosts. */
export const DEFAULT_DELAY_MS = 15 * 60_000;

export interface Evidence {
  readonly decoys: number;
  readonly unambiguousHarm: boolean;
  /** Capture time of the first capture. */
  readonly firstSeenMs: number;
}

/** What a tier sees at `nowMs`. */
export function releaseOf(tier: Tier, evidence: Evidence, nowMs: number, delayMs = DEFAULT_DELAY_MS): Release {
  const { outline, content } = DISCLOSURE[tier];
  if (!met(outline, evidence, nowMs, delayMs)) return 'nothing';
  return met(content, evidence, nowMs, delayMs) ? 'content' : 'outline';
}

function met(rule: Rule, evidence: Evidence, nowMs: number, delayMs: number): boolean {
  const weight = evidence.unambiguousHarm ? Math.max(evidence.decoys, rule.harmIs) : evidence.decoys;
  return weight >= rule.minDecoys && (!rule.delayed || nowMs - evidence.firstSeenMs >= delayMs);
}

/** Whether subscribers may be told of it: two independent decoys, or one capture that is proof enough. */
export function mayTellSubscribers(record: WarningRecord): boolean {
  if (record.kind === 'advance-notice') return false;
  return releaseOf('subscriber', evidenceOf(record), 0) === 'content';
}

/** A warning as a tier sees it; template and indicators are still to be defanged by whoever shows them. */
export interface WarningView {
  readonly id: string;
  readonly revision: number;
  readonly kind: WarningKind;
  readonly title: string;
  readonly at: string;
  readonly updatedAt: string;
  readonly networks: readonly Network[];
  readonly severity: Severity;
  readonly class: VerdictClass;
  readonly reasons: readonly string[];
  readonly growth: Growth;
  readonly propagation?: Propagation;
  readonly urgency?: Urgency;
  /** With the content: they say nothing of the campaign but what it was raised by. */
  readonly rules?: readonly RuleStatement[];
  /** Operators only: exact counts. Everybody else who sees the content: multiples. */
  readonly forecast?: WarningForecast;
  readonly outlook?: WarningOutlook;
  readonly advice: readonly string[];
  readonly template?: string;
  readonly indicators?: readonly Indicator[];
  readonly threat?: { readonly id: string; readonly name: string };
  readonly campaign?: string;
  /** Bands for everybody but operators. */
  readonly decoys: string;
  readonly senders: string;
  readonly captures: string;
  readonly simulated: boolean;
  /** Operators only: that it was taken back, or which of its indicators were. */
  readonly retracted?: Decision;
  readonly withdrawn?: readonly Indicator[];
}

export interface ViewOptions {
  readonly delayMs?: number;
  /** Capture time of the first capture, when it is known to be earlier than the warning. */
  readonly firstSeen?: string;
  /** Cuts the addresses of all decoys of the installation: a second net under that of the record. */
  readonly scrub?: Scrub;
}

const MINUTE = 60_000;

/** @returns undefined while the tier may not know of it */
export function viewWarning(
  record: WarningRecord,
  tier: Tier,
  now: Date,
  options: ViewOptions = {},
): WarningView | undefined {
  const release = releaseOf(tier, evidenceOf(record, options.firstSeen), now.getTime(), options.delayMs);
  const operator = tier === 'operator';
  if (release === 'nothing' || (!operator && (record.kind === 'advance-notice' || record.retracted !== undefined)))
    return undefined;
  const count = operator ? String : band;
  const { id, revision, kind, networks, severity, growth, advice, simulated } = record;
  const base = {
    ...{ id, revision, kind, networks, severity, growth, advice, simulated },
    class: record.class,
    at: operator ? record.at : toMinute(record.at),
    updatedAt: operator ? record.updatedAt : toMinute(record.updatedAt),
    decoys: count(record.decoys),
    senders: count(record.senders),
    captures: count(record.captures),
    ...(operator ? defined({ retracted: record.retracted, withdrawn: record.withdrawn }) : {}),
  };
  if (release === 'outline') return { ...base, title: bareTitleOf(record.class, networks), reasons: [] };
  return { ...base, title: operator ? record.title : titleFor(record), ...contentOf(record, tier, options.scrub) };
}

function contentOf(
  record: WarningRecord,
  tier: Tier,
  scrub: Scrub = (text) => text,
): Pick<
  WarningView,
  'template' | 'indicators' | 'reasons' | 'threat' | 'campaign' | 'propagation' | 'forecast' | 'outlook' | 'rules'
> {
  const { template, indicators, reasons, campaign, threat, propagation, forecast, rules } = record;
  const told = defined({ threat, propagation, rules });
  if (tier === 'operator') return { template, indicators, reasons, campaign, ...told, ...defined({ forecast }) };
  const withdrawn = record.withdrawn ?? [];
  return {
    template: cutTargetTokens(scrub(cutRetracted(template, withdrawn))),
    indicators: notCovered(releasedIndicators(record, tier, scrub), withdrawn),
    reasons: reasons.map((reason) => cutTargetTokens(scrub(cutRetracted(reason, withdrawn)))),
    ...told,
    ...defined({ outlook: forecast === undefined ? undefined : outlookOf(forecast) }),
  };
}

/** Made anew where an indicator that it may rest on was taken back. */
function titleFor(record: WarningRecord): string {
  const { withdrawn, indicators, networks, title } = record;
  if (withdrawn === undefined) return title;
  return titleOf({ class: record.class, networks, indicators: notCovered(indicators, withdrawn) });
}

/** A forecast without counts: in multiples of what had come when it was made. */
export interface WarningOutlook {
  readonly madeAt: string;
  readonly peakAt: string;
  readonly final?: ForecastInterval;
  readonly outlooks: readonly ForecastOutlook[];
}

function outlookOf({ madeAt, peakAt, hits, final, outlooks }: WarningForecast): WarningOutlook {
  const times = ({ expected, low, high }: ForecastInterval): ForecastInterval => ({
    expected: multipleOf(expected, hits),
    low: multipleOf(low, hits),
    high: multipleOf(high, hits),
  });
  return {
    madeAt: toMinute(madeAt),
    peakAt: toMinute(peakAt),
    ...defined({ final: final === undefined ? undefined : times(final) }),
    outlooks: outlooks.map((one) => ({ at: toMinute(one.at), aheadMin: one.aheadMin, ...times(one) })),
  };
}

/** To two digits: from more, both counts could be told. */
export const multipleOf = (count: number, of: number): number => Number((count / Math.max(1, of)).toPrecision(2));

/** Only what enough decoys saw: a host or path made for one target would tell its sender who the target is. */
function releasedIndicators(record: WarningRecord, tier: Tier, scrub: Scrub): readonly Indicator[] {
  const needed = record.decoys < 2 && tier === 'subscriber' ? 1 : DISCLOSURE[tier].content.minSpread;
  const told = new Set<string>();
  return record.indicators.flatMap(({ type, value }, at) => {
    if ((record.spread?.[at] ?? 0) < needed || scrub(value) !== value.normalize('NFKC')) return [];
    const shown = type === 'url' ? withoutQuery(value) : value;
    // Addresses that differ in what was cut alone are one.
    const key = `${type} ${shown}`;
    if (told.has(key)) return [];
    told.add(key);
    return [{ type, value: shown }];
  });
}

/** Query and fragment are where senders put who is addressed. */
function withoutQuery(url: string): string {
  const at = url.search(/[?#]/);
  return at < 0 ? url : url.slice(0, at);
}

/** What is known of one touch of a decoy. */
export interface TouchFacts {
  /** Opaque (`touchIdOf`). */
  readonly id: string;
  /** RFC 3339, capture time. */
  readonly at: string;
  readonly network: Network;
  readonly kind: string;
  readonly class: VerdictClass;
  readonly severity: Severity;
  readonly simulated: boolean;
  /** The warning of its campaign, when there is one. */
  readonly warning?: WarningRecord;
}

export interface TouchView extends Omit<TouchFacts, 'warning'> {
  /** The campaign's released template, never the captured text. */
  readonly text?: string;
  readonly warning?: string;
}

/** A touch as a tier sees it: network, kind and class at once, the rest with the warning. */
export function viewTouch(touch: TouchFacts, tier: Tier, now: Date, options: ViewOptions = {}): TouchView {
  const { warning, ...bare } = touch;
  const at = tier === 'operator' ? touch.at : toMinute(touch.at);
  const view = warning === undefined ? undefined : viewWarning(warning, tier, now, options);
  const text = view?.template === undefined || view.template === '' ? {} : { text: view.template };
  // Severity may rest on what is not released yet; before that it says no more than the class does.
  const severity = tier === 'operator' || view !== undefined ? touch.severity : outlineSeverity(touch.class);
  return { ...bare, at, severity, ...(view === undefined ? {} : { warning: view.id }), ...text };
}

function outlineSeverity(verdict: VerdictClass): Severity {
  return HARMFUL.includes(verdict) ? 'medium' : 'info';
}

function evidenceOf(record: WarningRecord, firstSeen?: string): Evidence {
  const { decoys, unambiguousHarm } = record;
  const firstSeenMs = Math.min(Date.parse(record.at), Date.parse(firstSeen ?? record.at));
  return { decoys, unambiguousHarm, firstSeenMs };
}

function toMinute(at: string): string {
  return new Date(Math.floor(Date.parse(at) / MINUTE) * MINUTE).toISOString();
}
