// A warning as a STIX 2.1 bundle: a campaign with its indicators, in a report. What was taken back is revoked, and stays so
// for good: an id that was revoked never comes again (STIX 2.1 section 3.2).
import { defangIndicator } from '../../analysis/defang.ts';
import type { Indicator } from '../../core/verdict.ts';
import { activeUntil } from '../../knowledge/indicator-lifetime.ts';
import type { WarningView } from '../../warning/disclosure.ts';
import { patternOf, RETRACTED_PATTERN } from './pattern.ts';
import { stixId } from './stix-id.ts';
import { type StixTlp, TLP_MARKINGS } from './tlp.ts';

export interface WarningForStix {
  /** As the reader's tier sees it, or saw it before it was taken back; not defanged. */
  readonly view: WarningView;
  /** When the newest revision was made, RFC 3339. */
  readonly modified: string;
  readonly retracted: boolean;
  /** How often a retraction of the warning was undone: its ids are new each time. */
  readonly undone: number;
  isWithdrawn(indicator: Indicator): boolean;
  /** The same of an indicator. */
  undoneOf(indicator: Indicator): number;
}

export interface BundleOptions {
  /** Without a slash at the end; who we are. */
  readonly publicUrl: string;
  readonly tlp: StixTlp;
}

export type StixObject = Readonly<Record<string, unknown>> & { readonly id: string; readonly type: string };
export interface StixBundle {
  readonly type: 'bundle';
  readonly id: string;
  readonly objects: readonly StixObject[];
}

/** Older than any warning: the identity never changes. */
const IDENTITY_SINCE = '2026-01-01T00:00:00.000Z';

interface Frame {
  readonly common: Readonly<Record<string, unknown>>;
  readonly seed: readonly string[];
  readonly created: string;
  readonly modified: string;
  readonly given: WarningForStix;
}

/** The bundle; every id and time in it follows from the warning alone. */
export function warningBundle(given: WarningForStix, { publicUrl, tlp }: BundleOptions): StixBundle {
  const { view, undone } = given;
  const identity = stixId('identity', publicUrl);
  const marking = TLP_MARKINGS[tlp];
  const created = view.at;
  // Revisions of one minute differ by milliseconds, since times for everybody are cut to minutes.
  const modified = new Date(Math.max(Date.parse(given.modified), Date.parse(created)) + view.revision).toISOString();
  const seed = [publicUrl, tlp, view.id, String(undone)];
  const common = { spec_version: '2.1', created_by_ref: identity, created, object_marking_refs: [marking.id] };
  const frame: Frame = { common, seed, created, modified, given };
  const campaign = campaignOf(frame, publicUrl);
  const indicators = (view.indicators ?? []).flatMap((one) => indicatorOf(frame, one) ?? []);
  const links = indicators.map((one) => linkOf(frame, one, campaign));
  const told = [campaign, ...indicators, ...links];
  const report = reportOf(frame, told);
  const objects = [identityOf(identity, publicUrl, marking.id), marking, ...told, report];
  return { type: 'bundle', id: stixId('bundle', ...seed, modified), objects };
}

function identityOf(id: string, publicUrl: string, marking: string): StixObject {
  return {
    ...{ type: 'identity', spec_version: '2.1', id, created: IDENTITY_SINCE, modified: IDENTITY_SINCE },
    ...{ name: 'Sundew', identity_class: 'system', contact_information: publicUrl, object_marking_refs: [marking] },
  };
}

function nameOf({ view, retracted }: WarningForStix): string {
  const title = retracted ? `Retracted warning ${view.id}` : view.title;
  return view.simulated ? `[SIMULATED] ${title}` : title;
}

function labelsOf({ view }: WarningForStix): readonly string[] {
  return [view.class, `severity-${view.severity}`, ...(view.simulated ? ['simulated'] : [])];
}

function campaignOf({ common, seed, created, modified, given }: Frame, publicUrl: string): StixObject {
  const { view, retracted } = given;
  const description = [...view.reasons, ...view.advice].join('\n');
  return {
    ...{ type: 'campaign', id: stixId('campaign', ...seed), ...common, modified, name: nameOf(given) },
    ...{ external_references: [{ source_name: 'Sundew', external_id: view.id, description: publicUrl }] },
    ...(retracted ? { revoked: true } : { description, first_seen: created, labels: labelsOf(given) }),
  };
}

const seenIn = ({ view }: WarningForStix): string => `Seen by decoys in what warning ${view.id} is about.`;

/** @returns undefined where STIX has no pattern for it */
function indicatorOf({ common, seed, created, modified, given }: Frame, indicator: Indicator): StixObject | undefined {
  const pattern = patternOf(indicator);
  if (pattern === undefined) return undefined;
  const { type, value } = indicator;
  const revoked = given.retracted || given.isWithdrawn(indicator);
  const id = stixId('indicator', ...seed, type, value, String(given.undoneOf(indicator)));
  const valid_until = activeUntil(type, modified);
  return {
    ...{ type: 'indicator', id, ...common, modified, pattern_type: 'stix', valid_from: created, valid_until },
    ...{ indicator_types: ['malicious-activity'], pattern: revoked ? RETRACTED_PATTERN : pattern },
    ...(revoked
      ? { revoked: true, name: 'Retracted', description: `Taken back: no part of warning ${given.view.id}.` }
      : { name: defangIndicator(indicator), description: seenIn(given), labels: labelsOf(given) }),
  };
}

function linkOf({ common, seed, modified }: Frame, indicator: StixObject, campaign: StixObject): StixObject {
  return {
    ...{ type: 'relationship', id: stixId('relationship', ...seed, indicator.id), ...common, modified },
    ...{ relationship_type: 'indicates', source_ref: indicator.id, target_ref: campaign.id },
    ...(indicator.revoked === true ? { revoked: true } : {}),
  };
}

function reportOf({ common, seed, created, modified, given }: Frame, told: readonly StixObject[]): StixObject {
  return {
    ...{ type: 'report', id: stixId('report', ...seed), ...common, modified, name: nameOf(given) },
    ...{ report_types: ['campaign'], published: created, object_refs: told.map(({ id }) => id) },
    ...(given.retracted ? { revoked: true } : { labels: labelsOf(given) }),
  };
}
