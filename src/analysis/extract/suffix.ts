// Which bare words with a dot are host names: the public suffix list, and doubt where a suffix is also a word or an
// ending of files.
import { parse } from 'tldts';
import { isOnion } from './onion.ts';

/** Suffixes that are neither words nor file endings: trusted without further proof. */
export const PLAIN_SUFFIXES: ReadonlySet<string> = new Set(
  (
    'com net org ru xyz info biz ua tk ml ga cf gq cn de uk eu fr pl br jp kr vn cz sk hu ro bg nl es pt io co edu gov ' +
    'tv ws su kz by ch dk fi mx tr za hk tw nz au gr lt lv sg il se ar online site website club icu buzz monster fun vip cyou sbs cfd rest bond gift gifts shop store'
  ).split(' '),
);

/** Of these, those that are words or particles somewhere: `Hola. de nada`. */
export const SPOKEN_SUFFIXES: ReadonlySet<string> = new Set(
  'de fr es pl nl co pt io by it ro online site website club fun vip rest bond gift gifts shop store su info biz monster il se ar tr fi'.split(
    ' ',
  ),
);

// Suffixes that cheap names are sold under, and that hardly anybody writes as a word.
const GENERIC_SUFFIXES: ReadonlySet<string> = new Set(
  (
    'top link click app page host tech space digital win bid loan trade party stream download racing science review cam work ' +
    'website cloud finance exchange network email support center services solutions agency company codes chat games media'
  ).split(' '),
);

// Endings of files, scripts and objects that are public suffixes as well.
const FILE_ENDINGS: ReadonlySet<string> = new Set(
  'md py sh rs so pl cc ps zip mov app ai in am mk cab dev bz ac as do hs la ph pm pub sc st vi pn sl src bat js inc menu run so'.split(
    ' ',
  ),
);

const COMMON_WORDS: ReadonlySet<string> = new Set(
  (
    'a about after again ah all also am an and any are as ask at aw away b back bad be because been before best big bit but by bye ' +
    'bot bro call called can cant check clear click cool could cu cya d day did do does doesnt doing done dont dot down e else end ' +
    'etc even ever every fine first for found free friend from fun game get go going gone good got great ha had haha happen has have ' +
    'he hello help her here hes hey hi him his home how i id if ill im in info into is isnt it its just k know last later lets ' +
    'like link live lol long look looks lot made man many maybe me mean men mine more most much my name need net never new news next ' +
    'nice no nope nor not nothing now of off oh ok okay on one online only open or other ou our out over people pic pics place play ' +
    'please plus post pls pub pro problem ps quite re read really red right run said same say see send she should show site so ' +
    'some space start still stop store stuff sure take talk team tell than thank thanks that thats the them then there these they ' +
    'thing things think this time to today tomorrow too top try two u um up ur us use used vs wait want was watch way we web well ' +
    'were what whats when where which who why will win with wont work works world would wow ya yay yea yeah yep yes yet yo you your ' +
    'youre ago mom dad care cash click date dog eat fail fast fish fit fyi gift guide guru hot how ink job law life limited ' +
    'love map moe money movie ninja off one party pet photo photos pink pizza plus poker rip rocks sale school sex sexy shop show ' +
    'sky soy sucks support tax tips today tools town toys travel video vote wiki wtf zone cat ee es et de la le les un una per el den der die das und'
  ).split(' '),
);

/** Whether a word is one that people write, so that `word.suffix` is more likely a missing space than a host. */
export function isCommonWord(word: string): boolean {
  return COMMON_WORDS.has(word);
}

/** Whether a suffix is one of those that links in messages mostly have. */
export function isUsualSuffix(suffix: string): boolean {
  return PLAIN_SUFFIXES.has(suffix) || GENERIC_SUFFIXES.has(suffix);
}

/** Whether a name is so long, or has a digit or a dash, that it is no word of a sentence. */
export function isTelling(name: string): boolean {
  return name.length > 9 || /[\d-]/.test(name);
}

/** Whether a lower-case name ends in a suffix of the ICANN part of the list and has a label before it. */
export function isPublicSuffix(host: string): boolean {
  if (host.length > 253 || host.startsWith('-') || host.startsWith('.')) return false;
  if (!isTopLevel(host.slice(host.lastIndexOf('.') + 1))) return false;
  const parsed = parse(host, { extractHostname: false, validateHostname: true, detectIp: false });
  return parsed.isIcann === true && parsed.domain !== null;
}

/** Last labels that were asked about are remembered, so many at most: words after a full stop, most of them. */
const MAX_REMEMBERED = 8192;
const topLevel = new Map<string, boolean>();

/** Whether a lower-case label is a top-level domain of the ICANN part of the list. */
export function isTopLevel(label: string): boolean {
  const known = topLevel.get(label);
  if (known !== undefined) return known;
  const { isIcann } = parse(`a.${label}`, { extractHostname: false, validateHostname: false, detectIp: false });
  if (topLevel.size >= MAX_REMEMBERED) topLevel.clear();
  topLevel.set(label, isIcann === true);
  return isIcann === true;
}

/** Host names made for documentation and tests (RFC 2606): accepted bare, as the range uses them. */
const RESERVED = /^(?:[a-z0-9-]{1,63}\.){1,8}(?:example|test|invalid)$/;

/** How a bare host name stands in its text. */
export interface BareHost {
  readonly host: string;
  /** A path, port or query follows. */
  readonly path: boolean;
  /** It was written otherwise in the original: nobody disguises the name of a file. */
  readonly disguised: boolean;
}

// Names of programs that are written like hosts.
const PROGRAMS: ReadonlySet<string> = new Set(
  'asp.net vb.net ado.net ml.net paint.net socket.io draw.io x.org makefile.inc'.split(' '),
);

/** Whether a name without a scheme is to be taken for a host. */
export function isBareHost({ host, path, disguised }: BareHost): boolean {
  const lower = host.toLowerCase();
  if (RESERVED.test(lower) || isOnion(lower)) return true;
  if (lower.endsWith('.onion')) return false;
  if (!isPublicSuffix(lower)) return false;
  const labels = lower.split('.');
  const suffix = labels.at(-1) ?? '';
  const left = labels[0] ?? '';
  if (left === 'www') return true;
  if (labels.every((label) => label.length === 1 || COMMON_WORDS.has(label))) return false;
  if (PROGRAMS.has(lower) && !path) return false;
  if (/^lib[a-z0-9_+-]+\.so/.test(lower) || labels.every((label) => /^x+$/.test(label))) return false;
  if (disguised && !COMMON_WORDS.has(left) && (PLAIN_SUFFIXES.has(suffix) || isTelling(left) || labels.length > 2))
    return true;
  if (path && !FILE_ENDINGS.has(suffix)) return true;
  if (!path && labels.length > 2 && labels.every((label) => /^[a-z]{1,3}$/.test(label)) && suffix.length > 2)
    return false;
  if (FILE_ENDINGS.has(suffix) && !path && /^[a-z]{1,4}$/.test(left) && labels.length === 2) return false;
  if (PLAIN_SUFFIXES.has(suffix)) return !isSentence(host, labels);
  if (FILE_ENDINGS.has(suffix))
    return path
      ? !/^[a-z_]{1,8}$/.test(left) || left.length > 4
      : /\d|-/.test(left) && labels.length < 4 && suffix.length > 1 && left.length > 7;
  if (COMMON_WORDS.has(suffix))
    return labels.length > 2
      ? !labels.some((label) => COMMON_WORDS.has(label) && label !== suffix)
      : isTelling(left) && left.length > 5;
  // Any other suffix is most often the next word of somebody who writes no space: `soon.xxx`, `drink.pa`.
  return (
    !isSentence(host, labels) &&
    (labels.length > 2 || isTelling(left) || (GENERIC_SUFFIXES.has(suffix) && left.length > 4))
  );
}

// `done.It works`, `word.Net`: a capital after the dot, when the rest is not in capitals, begins a sentence.
function isSentence(host: string, labels: readonly string[]): boolean {
  const last = host.slice(host.lastIndexOf('.') + 1);
  const mixed = /\p{Ll}\p{Lu}[\p{L}\p{N}-]*\./u.test(host);
  if (/^\p{Lu}\p{Ll}/u.test(last) && !mixed) return true;
  return labels.length === 2 && COMMON_WORDS.has(labels[0] ?? '') && (labels[0] ?? '').length < 4 && last.length === 2;
}
