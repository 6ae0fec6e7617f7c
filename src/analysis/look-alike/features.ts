// What the letters of a host name say of its owner: nearness to a brand's name, words of lures, suffix, shape. No list of
// bad hosts is asked, so that names never seen before are judged alike.
import { parse } from 'tldts';
import { unicodeHost } from '../extract/url.ts';
import { foldText } from '../normalize/fold.ts';
import { bitCount, editDistance, lettersOf, type SearchWord, searchWord } from './approximate.ts';
import { BRANDS, isOfficial } from './brands.ts';

const MAX_NAME = 63;
/** Ordinary words that brands are put together of: `opensrc` shares `open` with one, and nothing else. */
const ORDINARY: readonly string[] =
  'open best cash drop link book drive bank chat tube wallet market express master craft transfer stock mail cloud game'.split(
    ' ',
  );
interface Searched extends SearchWord {
  /** Letters that a name may be off by and still come close. */
  readonly allowed: number;
}
const SEARCHED: readonly Searched[] = BRANDS.map((word) => ({ ...searchWord(word), allowed: allowedFor(word) }));
const STAND_INS: readonly (readonly [RegExp, string])[] = [
  [/rn/g, 'm'],
  [/vv/g, 'w'],
  [/cl/g, 'd'],
  [/0/g, 'o'],
  [/[1|]/g, 'l'],
  [/3/g, 'e'],
  [/4/g, 'a'],
  [/5/g, 's'],
  [/7/g, 't'],
];
const LURES: readonly string[] = (
  'account verify verific login logon signin signup secure securi confirm update unlock support helpdesk recover wallet airdrop claim reward bonus ' +
  'gift glft free promo giveaway prize winner event drop nitro premium subscri boost beta tester moderat academy exam form register apply applic invit ' +
  'join hype trade tradeoffer offer skin knife market auction case tournament league vote esport navi faze team squad billing invoice payment refund parcel ' +
  'track delivery customs support service official access auth online-bank ebank'
).split(' ');
const FREE = new Set(['gq', 'tk', 'ml', 'ga', 'cf']);
const CHEAP = new Set(
  (
    'xyz top site online space fun store shop club pro asia gift gifts website click icu live link pw cc best buzz monster quest cyou sbs cfd rest bond ' +
    'work date download loan win bid stream party trade info biz life world today host press digital center uno fit ink lol mom'
  ).split(' '),
);
const COUNTRY = /^[a-z]{2}$/;

export const FEATURES = [
  'likeness',
  'holds a brand',
  'close to a brand',
  'whole name close to a brand',
  'share of the name',
  'brand length',
  'is a brand elsewhere',
  'brand in front',
  'one lure word',
  'more lure words',
  'lure word beside a brand',
  'hyphens',
  'digits',
  'length',
  'free suffix',
  'cheap suffix',
  'ru suffix',
  'com suffix',
  'country suffix',
  'letters beyond ASCII',
  'stand-ins',
  'doubled letters',
  'consonants in a row',
] as const;

/** A host name as the model sees it. */
export interface HostTraits {
  /** One of the brand's own domains: imitates nothing. */
  readonly official: boolean;
  /** The brand that is nearest. */
  readonly brand: string | undefined;
  /** Letters by which the nearest brand is off; 0 when it is held whole. */
  readonly distance: number;
  readonly values: Float64Array;
}

interface Nearest {
  readonly brand: string | undefined;
  readonly distance: number;
  readonly weight: number;
  readonly whole: boolean;
}

/** Traits of an ASCII host name. */
export function hostTraits(host: string): HostTraits {
  const { domain, domainWithoutSuffix, publicSuffix, subdomain } = parse(host, { allowPrivateDomains: true });
  const label = (domainWithoutSuffix ?? host.split('.')[0] ?? '').toLowerCase();
  const values = new Float64Array(FEATURES.length);
  if (isOfficial(domain ?? host, label)) return { official: true, brand: undefined, distance: 99, values };
  const shown = label.includes('xn--') ? unicodeHost(`${label}.com`).slice(0, -4) || label : label;
  const folded = foldText(shown).slice(0, MAX_NAME);
  const plain = STAND_INS.reduce((name, [from, to]) => name.replaceAll(from, to), folded);
  const [own, stood] = [nearest(folded), folded === plain ? undefined : nearest(plain)];
  const within = stood !== undefined && stood.weight > own.weight + 0.5 ? stood : own;
  const front = inFront(subdomain ?? '');
  const best = front !== undefined && front.weight > within.weight ? front : within;
  fill(values, { folded, best, front, stood: within !== own, suffix: publicSuffix ?? '', shown });
  return { official: false, brand: best.brand, distance: best.distance, values };
}

function allowedFor(word: string): number {
  if (word.length >= 9) return word.length >= 12 ? 4 : 3;
  if (word.length < 6) return word.length === 5 ? 1 : 0;
  return ORDINARY.some((part) => word.startsWith(part) || word.endsWith(part)) ? 1 : 2;
}

function nearest(name: string): Nearest {
  const parts = name.split('-');
  const glued = parts.join('');
  let best: Nearest = { brand: undefined, distance: 99, weight: 0, whole: false };
  const held = lettersOf(glued);
  const longest = Math.max(...parts.map((part) => part.length));
  for (const searched of SEARCHED) {
    const { word } = searched;
    // Somewhere in a long name anything comes close by chance: `ubisoft` in `repoubuntusoftware`.
    const allowed = searched.allowed - (searched.allowed > 1 && longest > 2 * word.length ? 1 : 0);
    // A letter that the name lacks costs an edit each: most words are out before they are searched for.
    if (bitCount(searched.letters & ~held) > allowed) continue;
    const distance = word.length < 5 ? (parts.includes(word) ? 0 : 99) : editDistance(searched, glued);
    if (distance > allowed) continue;
    // Short names stand inside other words by chance: `apple` in `pineapple`, `chase` in `purchase`.
    const chance = word.length < 7 && distance === 0 && !parts.includes(word) && !glued.startsWith(word);
    if (word.length < 7 && distance > 0 && !glued.startsWith(word.slice(0, 2))) continue;
    // Of a name of six letters two may differ only when the name is nothing else: `rmblox`.
    if (word.length === 6 && distance === 2 && glued.length > 8) continue;
    const whole = Math.abs(glued.length - word.length) <= allowed && editDistance(searched, glued, true) <= allowed;
    const weight = word.length - 2 * distance - (chance ? 3 : 0) + (whole ? 1 : 0);
    if (weight > best.weight) best = { brand: word, distance, weight, whole };
  }
  return best;
}

// `paypal.com.account-check.example`: a brand's whole name in front of another's domain. As a label alone (`github.acme.org`)
// it rather says what runs there.
function inFront(subdomain: string): Nearest | undefined {
  if (subdomain === '') return undefined;
  const labels = `.${subdomain}.`;
  const brand = BRANDS.find((name) => name.length > 4 && labels.includes(`.${name}.`));
  if (brand === undefined) return undefined;
  const withSuffix =
    labels.includes(`.${brand}.com.`) || labels.includes(`.${brand}.org.`) || labels.includes(`.${brand}.net.`);
  return { brand, distance: 0, weight: withSuffix ? brand.length + 1 : 0.1, whole: false };
}

interface Seen {
  readonly folded: string;
  readonly best: Nearest;
  readonly front: Nearest | undefined;
  readonly stood: boolean;
  readonly suffix: string;
  readonly shown: string;
}

function fill(values: Float64Array, { folded, best, front, stood, suffix, shown }: Seen): void {
  const letters = folded.replaceAll('-', '');
  const length = Math.max(1, letters.length);
  const size = best.brand?.length ?? 0;
  const lures = LURES.filter((word) => folded.includes(word) && best.brand?.includes(word) !== true).length;
  const last = suffix.slice(suffix.lastIndexOf('.') + 1);
  const near = best.brand !== undefined;
  const isInFront = best === front;
  const list = [
    near ? Math.max(0, best.weight) / 10 : 0,
    near && best.distance === 0 && letters !== best.brand && best.weight > 1 ? 1 : 0,
    near && best.distance > 0 ? 1 : 0,
    near && best.whole && best.distance > 0 ? 1 : 0,
    near && !isInFront ? Math.min(1, size / length) : 0,
    near ? size / 14 : 0,
    letters === best.brand ? 1 : 0,
    front === undefined ? 0 : 1,
    lures > 0 ? 1 : 0,
    Math.min(3, Math.max(0, lures - 1)),
    near && lures > 0 ? 1 : 0,
    Math.min(3, folded.length - letters.length),
    Math.min(1, letters.replaceAll(/\D/g, '').length / 4),
    Math.min(2, length / 16),
    FREE.has(last) ? 1 : 0,
    CHEAP.has(last) ? 1 : 0,
    last === 'ru' || last === 'su' ? 1 : 0,
    last === 'com' ? 1 : 0,
    COUNTRY.test(last) && last !== 'ru' && last !== 'su' && !FREE.has(last) ? 1 : 0,
    /^[\x21-\x7e]*$/.test(shown) ? 0 : 1,
    stood ? 1 : 0,
    Math.min(2, (letters.match(/([a-z])\1/g) ?? []).length),
    /[bcdfghjklmnpqrstvwxz]{5}/.test(letters) ? 1 : 0,
  ];
  values.set(list);
}
