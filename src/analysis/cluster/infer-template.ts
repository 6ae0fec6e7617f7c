// The template of a campaign from some of its texts: where separators show the parts of its texts, each part is a slot with
// the wordings seen in it; where they do not, runs of words that most texts hold one of.

import { maskText, withoutAddressee } from '../fingerprint/mask.ts';
import { partsOf } from '../fingerprint/shape.ts';
import { foldText } from '../normalize/fold.ts';
import { readable, type Slot, sourceOf } from './pattern.ts';
import { SLOT } from './template.ts';

export interface InferredTemplate {
  /** For people: `{one of: hi|hello} look at {url}`. */
  readonly text: string;
  /** Source of a regular expression (flag `u`) that folded texts (`foldText`) of the campaign match. */
  readonly regex: string;
}

/** Texts from which a template is believed. */
const LEAST_TEXTS = 3;
const MAX_TEXTS = 64;
const MAX_UNITS = 4096;
const MAX_SOURCE = 24_000;
/** Words that every match holds at least, so that no ordinary talk is matched; with a link, and without. */
const LEAST_WORDS = 3;
const LEAST_WORDS_UNLINKED = 5;
/** Share of the separated texts that must be built alike. */
const LEAST_SHARE = 0.6;
/** Share of the texts that a template by separators must match. */
const LEAST_FIT = 0.85;
/** Wordings of a slot from which it holds any words, when most texts bring another. */
const MANY_WORDINGS = 16;
const MANY_SHARE = 0.7;
const MORE_WORDS = 2;
/** Share of the texts under which a build is an exception. */
const RARE = 0.1;
/** Captures a wording from which a slot is believed to be known. */
const SATURATED = 6;
const MAX_WORDS = 200;
/** A run of words of a text without slots, long enough that no ordinary talk holds it. */
const RUN_WORDS = 5;
/** With a link behind, a shorter one will do. */
const SHORT_RUN_WORDS = 3;
const LETTERS_A_WORD = 3.2;
const MAX_RUNS = 24;
const ROUNDS = 3;
const LEAST_COVERED = 0.8;
const URL_WORD = 'lll';
/** What was hidden, as a word: `{name}`. */
const HIDDEN = ' nnn ';

interface Built {
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly isSeparated: boolean;
}

/**
 * @param texts of members, the latest 64 count
 * @param hide puts `…` where a text may name a decoy or a target
 * @returns undefined while there are too few texts or too little that they share
 */
export function inferTemplate(
  texts: readonly string[],
  hide: (text: string) => string = (text) => text,
): InferredTemplate | undefined {
  const folded = texts
    .slice(-MAX_TEXTS)
    .map((text) => withoutAddressee(foldText(hide(text.slice(0, MAX_UNITS)).replaceAll(SLOT, HIDDEN))));
  if (folded.length < LEAST_TEXTS) return undefined;
  const slots = bySeparators(folded) ?? byRuns(folded, RUN_WORDS) ?? byRuns(folded, SHORT_RUN_WORDS);
  if (slots === undefined || !saysEnough(slots)) return undefined;
  const regex = sourceOf(slots, ...opened(slots));
  return regex.length > MAX_SOURCE ? undefined : { text: readable(slots), regex };
}

/** Whether a text is of the template. */
export function matchesTemplate({ regex }: InferredTemplate, text: string): boolean {
  return new RegExp(regex, 'u').test(withoutAddressee(foldText(text)));
}

function bySeparators(folded: readonly string[]): readonly Slot[] | undefined {
  const all = folded.map(builtOf);
  const built = all.filter((one) => one !== undefined);
  if (built.length < all.length) return undefined;
  const separated = built.filter(({ isSeparated, before, after }) => isSeparated && before.length + after.length > 1);
  const [alike, share] = mostAlike(separated);
  const [first] = alike;
  if (first === undefined || alike.length < LEAST_TEXTS || share < LEAST_SHARE) return undefined;
  const columns = [...first.before, ...first.after].map(() => new Map<string, number>());
  for (const { before, after } of alike) {
    for (const [at, part] of [...before, ...after].entries()) count(columns[at], part);
  }
  for (const [at, text] of folded.entries()) {
    if (built[at]?.isSeparated === false) learnWhole(columns, first.before.length, text);
  }
  const slots = withLink(columns.map(slotOf), first.before.length);
  const expression = new RegExp(sourceOf(slots), 'u');
  const fit = folded.filter((text) => expression.test(text)).length;
  return fit >= folded.length * LEAST_FIT ? slots : undefined;
}

function builtOf(folded: string): Built | undefined {
  const parts = partsOf(folded);
  if (parts === undefined) return undefined;
  const { before, after, isSeparated } = parts;
  return { before: before.map(maskText), after: after.map(maskText), isSeparated };
}

// What stands behind the link is left out at times: texts with a part less are padded.
function mostAlike(built: readonly Built[]): readonly [readonly Built[], number] {
  const keyOf = ({ before, after }: Built): string => `${before.length} ${after.length}`;
  const groups = [...Map.groupBy(built, keyOf).values()].sort((a, b) => b.length - a.length);
  const [most = []] = groups;
  const before = most[0]?.before.length ?? 0;
  const same = groups.filter((group) => group[0]?.before.length === before && group.length >= built.length * RARE);
  const after = Math.max(0, ...same.map((group) => group[0]?.after.length ?? 0));
  const alike = same.flat().filter((one) => one.after.length >= after - 1);
  const padded = alike.map((one) => (one.after.length < after ? { ...one, after: [...one.after, ''] } : one));
  return [padded, padded.length / Math.max(1, built.length)];
}

function count(column: Map<string, number> | undefined, wording: string): void {
  column?.set(wording, (column.get(wording) ?? 0) + 1);
}

function slotOf(column: ReadonlyMap<string, number>): Slot {
  const seen = [...column.values()].reduce((sum, one) => sum + one, 0);
  const wordings = [...column.keys()].sort();
  if (wordings.length < MANY_WORDINGS || wordings.length < seen * MANY_SHARE) {
    return { kind: 'one-of', wordings, isOpen: [...column.values()].includes(1) || seen < SATURATED * wordings.length };
  }
  return { kind: 'words', most: Math.max(...wordings.map((one) => one.split(' ').length)) + MORE_WORDS };
}

function withLink(slots: readonly Slot[], before: number): Slot[] {
  const isEmpty = (slot: Slot): boolean => slot.kind === 'one-of' && slot.wordings.every((one) => one === '');
  const whole: Slot[] = [...slots.slice(0, before), { kind: 'url' }, ...slots.slice(before)];
  return whole.filter((slot) => !isEmpty(slot));
}

// A text without separators is cut by the wordings known; where one slot alone does not fit, what stands there is a new wording.
function learnWhole(columns: readonly Map<string, number>[], before: number, text: string): void {
  const slots = columns.map(slotOf);
  if (new RegExp(sourceOf(withLink(slots, before)), 'u').test(text)) return;
  for (const [at, column] of columns.entries()) {
    const open = slots.map((slot, nth): Slot => (nth === at ? { kind: 'one-of', wordings: ['\u0001'] } : slot));
    const source = sourceOf(withLink(open, before)).replace('\u0001', '(?<open>[^\\s][^]{0,80})');
    const found = new RegExp(source, 'u').exec(text)?.groups?.open;
    if (found === undefined) continue;
    count(column, maskText(found));
    return;
  }
}

// Runs of words that most texts hold one of: a word dropped or put in breaks a run or two, not all.
function byRuns(folded: readonly string[], words: number): readonly Slot[] | undefined {
  const isLinked = words < RUN_WORDS;
  const texts = folded.map((text) => runsOf(maskText(text), words));
  const wordings: string[] = [];
  let left: readonly ReadonlySet<string>[] = texts;
  // Greedily what covers most, twice over, so that later texts find a run as well.
  for (let round = 0; round < ROUNDS; round++) {
    left = texts;
    while (left.length > 0 && wordings.length < MAX_RUNS) {
      const best = mostHeld(left, wordings);
      if (best === undefined) break;
      wordings.push(best);
      left = left.filter((runs) => !runs.has(best));
    }
  }
  const covered = texts.filter((runs) => wordings.some((run) => runs.has(run))).length;
  if (covered < texts.length * LEAST_COVERED) return undefined;
  return [{ kind: 'runs', wordings: [...wordings].sort(), isLinked }];
}

function runsOf(masked: string, length: number): ReadonlySet<string> {
  const words = masked.split(' ').slice(0, MAX_WORDS);
  const runs = new Set<string>();
  for (let at = 0; at + length <= words.length; at++) {
    const run = words.slice(at, at + length);
    const text = run.join(' ');
    if (!run.includes(URL_WORD) && text.replaceAll(/[^\p{L}]/gu, '').length >= length * LETTERS_A_WORD) runs.add(text);
  }
  return runs;
}

function mostHeld(texts: readonly ReadonlySet<string>[], taken: readonly string[]): string | undefined {
  const held = new Map<string, number>();
  for (const runs of texts) for (const run of runs) held.set(run, (held.get(run) ?? 0) + 1);
  let [best, most]: [string | undefined, number] = [undefined, 1];
  for (const [run, times] of held) if (times > most && !taken.includes(run)) [best, most] = [run, times];
  return best;
}

/** The template once for each slot that is open, with any words there, where the others still say enough. */
function opened(slots: readonly Slot[]): readonly (readonly Slot[])[] {
  return slots.flatMap((slot, at) => {
    if (slot.kind !== 'one-of' || slot.isOpen !== true) return [];
    const most = Math.max(...slot.wordings.map((one) => one.split(' ').length)) + MORE_WORDS;
    const variant = slots.with(at, { kind: 'words', most });
    return saysEnough(variant) ? [variant] : [];
  });
}

/** Whether the least that a match holds is more than ordinary talk. */
function saysEnough(slots: readonly Slot[]): boolean {
  const words = slots.reduce((sum, slot) => {
    if (slot.kind === 'runs') return LEAST_WORDS_UNLINKED;
    if (slot.kind !== 'one-of') return sum;
    return sum + Math.min(...slot.wordings.map((one) => one.split(' ').filter((word) => /[^0lt]/.test(word)).length));
  }, 0);
  return words >= (slots.some(({ kind }) => kind === 'url') ? LEAST_WORDS : LEAST_WORDS_UNLINKED);
}
