// What an alert says, as data: made once when the warning changes, stored with the alert and never changed.
import { z } from 'zod';
import { defangIndicator, refang } from '../analysis/defang.ts';
import { NETWORKS } from '../core/network.ts';
import { SEVERITIES } from '../core/severity.ts';
import { INDICATOR_TYPES, type Indicator, VERDICT_CLASSES } from '../core/verdict.ts';
import { covers, cutRetracted, namesRetracted } from '../knowledge/retraction.ts';
import { band } from '../warning/band.ts';
import { viewWarning } from '../warning/disclosure.ts';
import { GROWTHS, WARNING_KINDS, type WarningChange } from '../warning/types.ts';
import { inertLine, oneLine } from './inert.ts';

const MAX_TITLE = 160;
const MAX_TEMPLATE = 600;
const MAX_LINE = 240;
const MAX_VALUE = 1_000;
const MAX_LINES = 12;
const MAX_INDICATORS = 20;
const MAX_RULES = 4;
const MAX_RULE_ID = 40;

const line = z.string().max(MAX_TEMPLATE * 4);

export const AlertBody = z.object({
  id: z.string().max(40),
  revision: z.number().int(),
  change: z.enum(['raised', 'updated', 'ended', 'corrected']),
  kind: z.enum(WARNING_KINDS),
  title: line,
  at: z.string(),
  updatedAt: z.string(),
  networks: z.array(z.enum(NETWORKS)),
  severity: z.enum(SEVERITIES),
  class: z.enum(VERDICT_CLASSES),
  growth: z.enum(GROWTHS),
  reasons: z.array(line),
  advice: z.array(line),
  /** Defanged, one line; '' when there is no text. */
  template: line,
  /** Defanged. */
  indicators: z.array(z.object({ type: z.enum(INDICATOR_TYPES), defanged: line })),
  threat: z.string().optional(),
  /** By which rules, how often each is wrong, on what data; absent in alerts of versions that did not say, and in corrections. */
  rules: z.array(z.object({ id: z.string().max(MAX_RULE_ID), says: line, wrong: line, data: line })).optional(),
  /** Bands, never exact: an exact count helps to tell decoys apart. */
  decoys: z.string(),
  senders: z.string(),
  captures: z.string(),
  simulated: z.boolean(),
});
/** Inert throughout: no live link, no control character, no exact count. */
export type AlertBody = z.infer<typeof AlertBody>;

/**
 * The view of the subscribers' tier, made inert. A correction or an all-clear says its reasons also where the evidence has
 * become too thin for that tier: it goes to those who were told already.
 * @param redact replaces what names a decoy
 */
export function alertBodyOf(
  change: WarningChange,
  now: Date,
  redact: (text: string) => string = (text) => text,
): AlertBody {
  const { record } = change;
  const view = viewWarning(record, 'subscriber', now, { scrub: redact });
  const followUp = change.change === 'ended' || change.change === 'corrected';
  const lines = (texts: readonly string[]): string[] =>
    texts.slice(0, MAX_LINES).map((text) => inertLine(redact(text), MAX_LINE));
  return {
    id: record.id,
    revision: record.revision,
    change: change.change,
    kind: record.kind,
    title: inertLine(redact(followUp ? record.title : (view?.title ?? record.title)), MAX_TITLE),
    at: record.at,
    updatedAt: record.updatedAt,
    networks: [...record.networks],
    severity: record.severity,
    class: record.class,
    growth: record.growth,
    reasons: lines(followUp ? record.reasons : (view?.reasons ?? [])),
    advice: lines(record.advice),
    template: inertLine(redact(view?.template ?? ''), MAX_TEMPLATE),
    indicators: (view?.indicators ?? []).slice(0, MAX_INDICATORS).map(inertIndicator),
    ...(view?.threat === undefined ? {} : { threat: inertLine(view.threat.name, MAX_TITLE) }),
    ...rulesOf(change, view !== undefined),
    decoys: band(record.decoys),
    senders: band(record.senders),
    captures: band(record.captures),
    simulated: record.simulated,
  };
}

/** A correction rests on a person's word, not on a rule. An all-clear says its rule however thin the evidence is by now. */
function rulesOf({ change, record }: WarningChange, released: boolean): Pick<AlertBody, 'rules'> {
  const { rules = [] } = record;
  if (rules.length === 0 || change === 'corrected' || !(released || change === 'ended')) return {};
  return {
    rules: rules.slice(0, MAX_RULES).map(({ id, says, wrong, data }) => ({
      id: oneLine(id, MAX_RULE_ID),
      says: oneLine(says, MAX_LINE),
      wrong: oneLine(wrong, MAX_LINE),
      data: oneLine(data, MAX_LINE),
    })),
  };
}

function inertIndicator({ type, value }: Indicator): AlertBody['indicators'][number] {
  return { type, defanged: oneLine(defangIndicator({ type, value: value.slice(0, MAX_VALUE) }), MAX_LINE) };
}

/** Whether an alert said it: among its indicators, or in the text. */
export function saysIndicator(body: AlertBody, wrong: Indicator): boolean {
  const { indicators, template, title, reasons } = body;
  if (indicators.some((shown) => falls(shown, wrong))) return true;
  return [template, title, ...reasons].some((text) => namesRetracted(text, [wrong]));
}

/** The alert without what was taken back. */
export function withoutIndicators(body: AlertBody, wrong: readonly Indicator[]): AlertBody {
  if (wrong.length === 0) return body;
  const cut = (text: string): string => cutRetracted(text, wrong);
  return {
    ...body,
    title: cut(body.title),
    reasons: body.reasons.map(cut),
    template: cut(body.template),
    indicators: body.indicators.filter((shown) => !wrong.some((one) => falls(shown, one))),
  };
}

function falls({ type, defanged }: AlertBody['indicators'][number], wrong: Indicator): boolean {
  return defanged === inertIndicator(wrong).defanged || covers(wrong, { type, value: refang(defanged) });
}
