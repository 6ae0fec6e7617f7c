// Which bare words with a dot are host names: the public suffix list, and doubt where a suffix is also a word or an
// ending of files.
import { parse } from 'tldts';

/** Suffixes that are neither words nor file endings: trusted without further proof. */
export const PLAIN_SUFFIXES: ReadonlySet<string> = new Set(
  (
    'com net org ru xyz info biz ua tk ml ga cf gq cn de uk eu fr pl br jp kr vn cz sk hu ro bg nl es pt io co edu gov ' +
    'tv ws su kz by online site website club icu buzz monster fun vip cyou sbs cfd rest bond gift gifts shop store'
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

/** Whether a lower-case name ends in a suffix of the ICANN part of the list and has a label before it. */
export function isPublicSuffix(host: string): boolean {
  if (host.length > 253 || host.startsWith('-') || host.startsWith('.')) return false;
  const parsed = parse(host, { extractHostname: false, validateHostname: true, detectIp: false });
  return parsed.isIcann === true && parsed.domain !== null;
}

/** Host names made for documentation and tests (RFC 2606): accepted bare, as the range uses them. */
const RESERVED = /^(?:[a-z0-9-]{1,63}\.){1,8}(?:example|test|invalid)$/;

/** How a bare host name stands in its text; `path` is true when a path, port or query follows. */
export interface BareHost {
  readonly host: string;
  readonly path: boolean;
}

/** Whether a name without a scheme is to be taken for a host. */
export function isBareHost({ host, path }: BareHost): boolean {
  const lower = host.toLowerCase();
  if (RESERVED.test(lower)) return true;
  if (!isPublicSuffix(lower)) return false;
  const labels = lower.split('.');
  const suffix = labels.at(-1) ?? '';
  const left = labels[0] ?? '';
  if (left === 'www') return true;
  if (labels.every((label) => label.length === 1 || COMMON_WORDS.has(label))) return false;
  if (path && !FILE_ENDINGS.has(suffix)) return true;
  if (PLAIN_SUFFIXES.has(suffix)) return !isSentence(host, labels);
  if (FILE_ENDINGS.has(suffix))
    return path
      ? !/^[a-z_]{1,8}$/.test(left) || left.length > 4
      : /\d|-/.test(left) && labels.length < 4 && suffix.length > 1 && left.length > 7;
  if (COMMON_WORDS.has(suffix))
    return labels.length > 2
      ? !labels.some((label) => COMMON_WORDS.has(label) && label !== suffix)
      : /\d|-/.test(left) || left.length > 9;
  return !isSentence(host, labels);
}

// `done.It works`, `word.Net`: a capital after the dot, when the rest is not in capitals, begins a sentence.
function isSentence(host: string, labels: readonly string[]): boolean {
  const last = host.slice(host.lastIndexOf('.') + 1);
  if (/^\p{Lu}\p{Ll}/u.test(last)) return true;
  return labels.length === 2 && COMMON_WORDS.has(labels[0] ?? '') && (labels[0] ?? '').length < 4 && last.length === 2;
}
