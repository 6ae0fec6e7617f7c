// "Have you seen this?": a pasted message, address, hash or name against what the reader's tier may see. Nothing of what was
// pasted is kept. Only released warnings are compared: an answer must not tell a sender which targets are decoys.
import type { z } from 'zod';
import { SLOT } from '../analysis/cluster/template.ts';
import { defangIndicator } from '../analysis/defang.ts';
import { maskText, weightOf, withoutFillers } from '../analysis/fingerprint/mask.ts';
import { hashWords } from '../analysis/fingerprint/words.ts';
import { foldText } from '../analysis/normalize/fold.ts';
import type { Analysis } from '../analysis/types.ts';
import type { Capture, CaptureId } from '../core/capture.ts';
import type { Indicator, IndicatorType } from '../core/verdict.ts';
import { type NamedThreat, namedThreats, threatsOfIndicators } from '../knowledge/indicator-lookup.ts';
import { notCovered } from '../knowledge/retraction.ts';
import { retractedIndicators } from '../knowledge/retraction-store.ts';
import { searchThreats } from '../knowledge/threat-store.ts';
import type { Db } from '../storage/database.ts';
import { type Tier, viewWarning, type WarningView } from '../warning/disclosure.ts';
import { listWarnings } from '../warning/warning-store.ts';
import type { LookupAnswer } from './api/contract.ts';
import { warningFor } from './public-view.ts';
import type { RealmParts } from './realm.ts';

type Answer = z.infer<typeof LookupAnswer>;
type Because = Answer['warnings'][number]['because'];

const HASHES: readonly (readonly [RegExp, IndicatorType])[] = [
  [/\b[0-9a-f]{64}\b/gi, 'sha256'],
  [/\b[0-9a-f]{40}\b/gi, 'sha1'],
  [/\b[0-9a-f]{32}\b/gi, 'md5'],
];
/** Shorter texts are looked up as names as well. */
const NAME_CHARACTERS = 60;
const NAMES_SHOWN = 10;
/** Warnings that a text is compared with, newest first. */
const COMPARED = 200;
/** Share of common words (Jaccard) from which two texts are alike. */
const NEAR = 0.5;
/** Masked letters and digits under which a text says too little to be the same as another. */
const TELLING = 16;
const LEAST_WORDS = 3;
const MAX_INDICATORS = 50;
/** Slots within an address would cut it in two; all addresses are masked alike anyway. */
const LINK = /https?:\/\/\S{1,2048}/gi;
const A_LINK = 'http://link.example/';

/** What is known of a text at `now`, for a tier. */
export async function lookUp(realm: RealmParts, text: string, tier: Tier, now: Date): Promise<Answer> {
  const analysis = await realm.analyse(pastedAs(text, now));
  const indicators = joined(analysis?.indicators ?? [], hashesIn(text)).slice(0, MAX_INDICATORS);
  const [threats, warnings] = await Promise.all([
    threatsFor(realm, { text, analysis, indicators, tier }),
    warningsFor(realm, { folded: analysis?.folded ?? foldText(text), indicators, tier, now }),
  ]);
  return {
    class: analysis?.class ?? 'unknown',
    reasons: [...(analysis?.reasons ?? [])],
    indicators: indicators.map((one) => ({ type: one.type, defanged: defangIndicator(one) })),
    threats,
    warnings,
  };
}

/** As a stranger's message, which is what a decoy would have got. */
function pastedAs(text: string, now: Date): Capture {
  return {
    v: 1,
    id: 'pasted' as CaptureId,
    at: now.toISOString(),
    network: 'xmpp',
    sensor: 'lookup',
    decoy: 'nobody',
    peer: { id: 'nobody' },
    kind: 'message',
    text,
    meta: {},
    simulated: false,
  };
}

function hashesIn(text: string): readonly Indicator[] {
  return HASHES.flatMap(([pattern, type]) =>
    [...text.matchAll(pattern)].map(([value]) => ({ type, value: value.toLowerCase() })),
  );
}

function joined(a: readonly Indicator[], b: readonly Indicator[]): readonly Indicator[] {
  const known = new Set(a.map(keyOf));
  return [...a, ...b.filter((one) => !known.has(keyOf(one)))];
}

const keyOf = ({ type, value }: Indicator): string => `${type} ${value}`;

/** What was taken back leads to no entry. */
async function notRetracted(db: Db, indicators: readonly Indicator[]): Promise<readonly Indicator[]> {
  return indicators.length === 0 ? [] : notCovered(indicators, await retractedIndicators(db));
}

async function threatsFor(
  { db }: RealmParts,
  given: { text: string; analysis: Analysis | undefined; indicators: readonly Indicator[]; tier: Tier },
): Promise<Answer['threats']> {
  const { text, analysis, indicators, tier } = given;
  const [matched, tied, named] = await Promise.all([
    namedThreats(db, analysis?.threats ?? []),
    threatsOfIndicators(db, tier === 'operator' ? indicators : await notRetracted(db, indicators)),
    text.length <= NAME_CHARACTERS && indicators.length === 0
      ? searchThreats(db, { q: text, limit: NAMES_SHOWN, published: tier !== 'operator' })
      : { threats: [] },
  ]);
  const byName = named.threats.map(({ id, entry }) => ({ id, ...entry }));
  const found = new Map<string, Answer['threats'][number]>();
  const add = (rows: readonly NamedThreat[], because: Answer['threats'][number]['because']): void => {
    for (const { id, name, severity, tlp } of rows) {
      if (found.has(id) || (tier !== 'operator' && tlp !== 'clear')) continue;
      found.set(id, { id, name, severity, because });
    }
  };
  add(matched, 'matches');
  add(tied, 'indicator');
  add(byName, 'name');
  return [...found.values()];
}

async function warningsFor(
  { db, view }: RealmParts,
  given: { folded: string; indicators: readonly Indicator[]; tier: Tier; now: Date },
): Promise<Answer['warnings']> {
  const { indicators, tier, now } = given;
  const masked = plain(given.folded);
  const asked = { masked, words: new Set(hashWords(masked)), keys: new Set(indicators.map(keyOf)) };
  const { warnings } = await listWarnings(db, { limit: COMPARED, standing: tier !== 'operator' });
  return warnings.flatMap((record) => {
    const released = viewWarning(record, tier, now, optionsOf(view));
    const because = released === undefined ? undefined : becauseOf(released, asked);
    const shown = because === undefined ? undefined : warningFor(record, tier, now, view);
    if (because === undefined || shown === undefined) return [];
    return [{ id: shown.id, title: shown.title, at: shown.at, severity: shown.severity, because }];
  });
}

const optionsOf = ({ realm, delayMs, scrub }: RealmParts['view']) => ({
  delayMs: realm === 'simulated' ? 0 : delayMs,
  scrub,
});

const plain = (folded: string): string => withoutFillers(maskText(folded));

function becauseOf(
  { template = '', indicators = [] }: WarningView,
  asked: { readonly masked: string; readonly words: ReadonlySet<number>; readonly keys: ReadonlySet<string> },
): Because | undefined {
  const parts = template
    .replaceAll(LINK, A_LINK)
    .split(SLOT)
    .map((part) => plain(foldText(part)));
  if (follows(asked.masked, parts)) return 'same text';
  if (likeness(new Set(hashWords(parts.join(' '))), asked.words) >= NEAR) return 'similar text';
  return indicators.some((one) => asked.keys.has(keyOf(one))) ? 'indicator' : undefined;
}

/** Words in common over all words of both; too few words are like nothing. */
function likeness(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  const common = [...a].filter((word) => b.has(word)).length;
  return common < LEAST_WORDS ? 0 : common / (a.size + b.size - common);
}

/** Whether a text holds all parts of a template in their order, and they say enough. */
function follows(text: string, parts: readonly string[]): boolean {
  if (weightOf(parts.join('')) < TELLING) return false;
  let from = 0;
  for (const part of parts) {
    const at = text.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return true;
}
