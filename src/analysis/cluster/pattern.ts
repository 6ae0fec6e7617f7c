// The regular expression of a template, and how a person reads it. Every quantifier is bounded and every class disjoint from
// its neighbours'; the form is common to RE2, Hyperscan (UTF-8, UCP) and JavaScript (`u`).

/** A place of a template. */
export type Slot =
  /** One of these wordings, masked; an empty one makes the slot optional. Open: others are to be expected. */
  | { readonly kind: 'one-of'; readonly wordings: readonly string[]; readonly isOpen?: boolean }
  | { readonly kind: 'url' }
  /** Any of these runs of words, with whatever else before and behind; followed by a link where that is asked for. */
  | { readonly kind: 'runs'; readonly wordings: readonly string[]; readonly isLinked: boolean }
  /** Up to so many words of any kind. */
  | { readonly kind: 'words'; readonly most: number };

const BREAK = '[^\\p{L}\\p{N}]{1,12}';
const EDGE = '[^\\p{L}\\p{N}]{0,12}';
const WORD = '[\\p{L}\\p{N}]{1,64}';
const URL_SOURCE =
  '(?:https?://)?[\\p{L}\\p{N}-]{1,63}(?:[.][\\p{L}\\p{N}-]{1,63}){1,8}(?::[0-9]{1,5})?(?:[/?#][^\\s]{0,500})?';
const APART = '[^\\p{L}\\p{N}]';
const LINK_SOURCE = '(?:https?://[^\\s]|[\\p{L}\\p{N}-]{1,63}[.]\\p{L}{2,24}/)';
const TOKEN_SOURCE = '[a-z0-9]{8,128}';
const NUMBER_SOURCE = '\\p{N}{1,20}';

/** Source of the expression that folded texts of a template match, given as one or several forms of it. */
export function sourceOf(...forms: readonly (readonly Slot[])[]): string {
  const [[first] = [], ...others] = forms;
  if (first?.kind === 'runs') return runsSource(first.wordings, first.isLinked);
  const [only] = forms;
  if (others.length === 0) return `^${EDGE}${inner(only ?? [])}$`;
  return `^${EDGE}(?:${forms.map(inner).join('|')})$`;
}

function runsSource(wordings: readonly string[], isLinked: boolean): string {
  const runs = `(?:^|${APART})(?:${wordings.map(wordingSource).join('|')})`;
  return isLinked ? `${runs}${APART}[^]{0,400}?${LINK_SOURCE}` : `${runs}(?:${APART}|$)`;
}

function inner(slots: readonly Slot[]): string {
  let source = '';
  for (const slot of slots) {
    if (slot.kind === 'url') source += `${URL_SOURCE}${EDGE}`;
    else if (slot.kind === 'words') source += `(?:${WORD}(?:${BREAK}|$)){0,${slot.most}}`;
    else if (slot.kind === 'one-of') source += oneOf(slot.wordings);
  }
  return source;
}

function oneOf(wordings: readonly string[]): string {
  const full = wordings.filter((wording) => wording !== '').map(wordingSource);
  const group = `(?:${full.join('|')})${EDGE}`;
  return full.length === wordings.length ? group : `(?:${group})?`;
}

function wordingSource(wording: string): string {
  return wording.split(' ').map(wordSource).join(BREAK);
}

function wordSource(word: string): string {
  if (word === 'lll') return URL_SOURCE;
  if (word === 'ttt') return TOKEN_SOURCE;
  if (word === 'nnn') return WORD;
  return word.replaceAll('0', NUMBER_SOURCE);
}

/** `{one of: hello|hi} look at {url} {words}`. */
export function readable(slots: readonly Slot[]): string {
  return slots
    .map((slot) => {
      if (slot.kind === 'url') return '{url}';
      if (slot.kind === 'words') return '{words}';
      if (slot.kind === 'runs') return runsReadable(slot.wordings, slot.isLinked);
      const [only, second] = slot.wordings.map(readableWording);
      return second === undefined ? (only ?? '') : `{one of: ${slot.wordings.map(readableWording).join('|')}}`;
    })
    .join(' ');
}

function runsReadable(wordings: readonly string[], isLinked: boolean): string {
  return `{words} {one of: ${wordings.map(readableWording).join('|')}} {words}${isLinked ? ' {url} {words}' : ''}`;
}

const READABLE: ReadonlyMap<string, string> = new Map([
  ['lll', '{url}'],
  ['ttt', '{token}'],
  ['nnn', '{name}'],
]);

function readableWording(wording: string): string {
  return wording
    .split(' ')
    .map((word) => READABLE.get(word) ?? word.replaceAll('0', '{number}'))
    .join(' ');
}
