// Cuts what could name a decoy out of text that leaves: its address in the forms a sender may have written it in,
// and tokens that are made for one target.

/** What stands where something was cut. */
export const CUT = '…';

/** Local parts at least this long are cut inside longer words too. */
const SUBSTRING_FROM = 4;
const MAX_TEXT = 20_000;
const INVISIBLE = /[\p{Cf}\p{Cc}]/gu;
const KEPT_CONTROLS = /[\n\t]/;
const MAIL = /[^\s@<>"'(),:;/…]{1,64}@[\p{L}\p{N}.-]{1,255}/gu;
const MENTION = /(?<![^\s(])@[\p{L}\p{N}_.-]{1,64}/gu;
const QUERY = /([a-z][a-z0-9+.-]{1,20}:\/\/[^\s?#]{1,2048})[?#][^\s]*/giu;
const USERINFO = /([a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/@]{1,255}@/giu;
/** Runs that look like codes: long, with digits and letters, or hexadecimal. */
const CODE = /[A-Za-z0-9_+=-]{12,}/g;
const SPECIAL = /[\\^$.*+?()[\]{}|/]/g;
const LONG_NUMBER = /\d{7,}/g;

/** Removes the addresses of decoys from a text. */
export type Scrub = (text: string) => string;

/** A scrub that knows these decoys. */
export function scrubberOf(decoys: readonly string[]): Scrub {
  const needles = new Set<string>();
  const words = new Set<string>();
  for (const decoy of decoys) addNeedles(decoy.toLowerCase(), needles, words);
  const ordered = [...needles].sort((a, b) => b.length - a.length);
  return (text) => {
    let cut = flatten(text);
    for (const needle of ordered) cut = replaceAll(cut, needle, false);
    for (const word of words) cut = replaceAll(cut, word, true);
    return cut;
  };
}

/** Cuts mail addresses, mentions, query strings, long codes and numbers: the places where senders put who is addressed. */
export function cutTargetTokens(text: string): string {
  return flatten(text)
    .replace(USERINFO, `$1${CUT}@`)
    .replace(QUERY, `$1?${CUT}`)
    .replace(MAIL, CUT)
    .replace(MENTION, `@${CUT}`)
    .replace(CODE, (token) => (isCode(token) ? CUT : token))
    .replace(LONG_NUMBER, CUT);
}

function isCode(token: string): boolean {
  return /\d/.test(token) && (/[a-z]/i.test(token) || token.length >= 16);
}

/** Compatibility forms folded and invisible characters gone, so that they cannot hide a name. */
function flatten(text: string): string {
  const whole = text.slice(0, MAX_TEXT).toWellFormed();
  const folded = whole
    .split(CUT)
    .map((part) => part.normalize('NFKC'))
    .join(CUT); // NFKC would make CUT three dots
  return folded.replace(INVISIBLE, (one) => (KEPT_CONTROLS.test(one) ? ' ' : ''));
}

function addNeedles(decoy: string, needles: Set<string>, words: Set<string>): void {
  const address = flatten(decoy);
  const local = address.split(/[@!]/, 1)[0] ?? '';
  const domain = address.includes('@') ? address.slice(address.lastIndexOf('@') + 1) : '';
  for (const form of [address, local]) {
    if (form === '') continue;
    const bytes = Buffer.from(form);
    const coded = [bytes.toString('hex'), bytes.toString('base64'), bytes.toString('base64url')];
    if (form.length >= SUBSTRING_FROM) {
      for (const one of [form, encodeURIComponent(form), ...coded]) needles.add(one.replace(/=+$/, '').toLowerCase());
    } else words.add(form);
  }
  if (domain.length >= SUBSTRING_FROM) needles.add(domain);
}

function replaceAll(text: string, needle: string, wholeWord: boolean): string {
  if (!text.toLowerCase().includes(needle)) return text;
  const escaped = needle.replace(SPECIAL, '\\$&');
  const pattern = wholeWord ? `(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])` : escaped;
  return text.replace(new RegExp(pattern, 'giu'), CUT);
}
