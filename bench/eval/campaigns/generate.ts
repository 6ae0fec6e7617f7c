// A week of made-up campaigns, by seed: other phrase banks, languages, orders of slots and policies of hosts than those of
// the data that the clusterer was tuned on. Every host stands under `.example` or is made of syllables.
import { BANKS, type Banks } from './phrases.ts';

export interface Line {
  readonly atSeconds: number;
  /** Empty for a harmless line. */
  readonly campaign: string;
  readonly text: string;
  /** One who writes once only, when none is named. */
  readonly sender?: string;
}

/** A generator of numbers from 0 to 1: mulberry32 (public domain). */
export type Random = () => number;

export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let hash = Math.imul(state ^ (state >>> 15), state | 1);
    hash ^= hash + Math.imul(hash ^ (hash >>> 7), hash | 61);
    return ((hash ^ (hash >>> 14)) >>> 0) / 4294967296;
  };
}

const WEEK_SECONDS = 604_800;
const SIZES = [6, 10, 15, 15, 30, 30, 60, 120];
const HOST_POLICIES = [1, 2, 2, 5, 5, 12, Number.POSITIVE_INFINITY];
const SEPARATORS = [' ', ' ', ', ', ' - ', '. '];
const LOOK_ALIKES: Readonly<Record<string, string>> = { a: 'а', e: 'е', o: 'о', c: 'с' };
const SYLLABLES = 'ba ce di fo gu ka le mi no pu ra se ti vo xa ze qui sto tra bel nor dex lum'.split(' ');
const SUFFIXES = ['com', 'net', 'ru', 'xyz', 'top', 'site', 'online', 'info', 'shop', 'click'];
const SHARED_HOST = 0.04;
/** Accounts that a campaign writes from; most often one is used once. */
const POOLS = [1, 4, 12, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
/** Accounts of people, a third of whom have more to say than one line. */
const TALKERS = 60;
const TALKS_AGAIN = 1 / 3;

type Slot = readonly string[];

/** Campaigns of `seed`, in order of time. */
export function generateCampaigns(seed: number, count: number, benign: readonly string[]): readonly Line[] {
  const random = randomOf(seed);
  const kit: string[] = [];
  const lines: Line[] = [];
  for (let nth = 0; nth < count; nth++) lines.push(...oneCampaign(random, `g${seed}-${nth}`, kit));
  for (const text of benign) lines.push({ atSeconds: Math.floor(random() * WEEK_SECONDS), campaign: '', text });
  return withSenders(randomOf(seed + 7919), lines).sort((a, b) => a.atSeconds - b.atSeconds);
}

// By chance of its own, so that the texts of a seed stay what they were.
function withSenders(random: Random, lines: readonly Line[]): Line[] {
  const pools = new Map<string, number>();
  return lines.map((line, nth): Line => {
    if (line.campaign === '') {
      const account = random() < TALKS_AGAIN ? `t${Math.floor(random() * TALKERS)}` : `h${nth}`;
      return { ...line, sender: `${account}@people.example` };
    }
    const pool = pools.get(line.campaign) ?? pick(random, POOLS);
    pools.set(line.campaign, pool);
    const account = pool === Number.POSITIVE_INFINITY ? `n${nth}` : `s${Math.floor(random() * pool)}`;
    return { ...line, sender: `${account}.${line.campaign}@spam.example` };
  });
}

function oneCampaign(random: Random, campaign: string, kit: string[]): readonly Line[] {
  const banks = pick(random, BANKS);
  const slots = slotsOf(random, banks);
  const size = pick(random, SIZES);
  const policy = pick(random, HOST_POLICIES);
  const hosts = Array.from({ length: Math.min(policy, size) }, () => hostOf(random, kit));
  const start = random() * WEEK_SECONDS * 0.9;
  const length = 3600 * (2 + random() ** 2 * 16);
  return Array.from({ length: size }, (_value, nth): Line => {
    const host = policy > size ? (hosts[nth] ?? '') : pick(random, hosts);
    const parts = slots.map((slot) => (slot.length === 0 ? linkOf(random, host) : pick(random, slot)));
    const text = parts.join(pick(random, SEPARATORS));
    return {
      atSeconds: Math.floor(start + length * random()),
      campaign,
      text: banks.language === 'ru' || random() < 0.5 ? text : disguised(random, text, host),
    };
  });
}

/** Slots in the order of the campaign; the empty one is the link. */
function slotsOf(random: Random, banks: Banks): readonly Slot[] {
  const alternatives = 2 + Math.floor(random() * 5);
  const take = (bank: readonly string[]): Slot => shuffled(random, bank).slice(0, alternatives);
  const middle: Slot[] = [];
  if (random() < 0.5) middle.push(take(banks.proof));
  if (random() < 0.5) middle.push(take(banks.urgency));
  if (random() < 0.85) middle.push(take(banks.action));
  const link: Slot = [];
  const slots = [take(pick(random, banks.claims)), ...(random() < 0.5 ? middle : shuffled(random, middle)), link];
  if (random() < 0.5) slots.unshift(take(banks.greeting));
  if (random() < 0.5) slots.push(take(banks.closer));
  return slots;
}

function hostOf(random: Random, kit: string[]): string {
  if (kit.length > 0 && random() < SHARED_HOST) return pick(random, kit);
  const name = Array.from({ length: 3 + Math.floor(random() * 2) }, () => pick(random, SYLLABLES)).join('');
  const host = `${name}.${pick(random, SUFFIXES)}`;
  kit.push(host);
  return host;
}

function linkOf(random: Random, host: string): string {
  const scheme = pick(random, ['http://', 'https://', '']);
  const token = Math.floor(random() * 0xffffff);
  return `${scheme}${host}/${pick(random, ['', token.toString(16), `?r=${token % 1_000_000}`])}`;
}

function disguised(random: Random, text: string, host: string): string {
  return text
    .split(host)
    .map((part) => part.replaceAll(/[aeoc]/g, (letter) => (random() < 0.08 ? (LOOK_ALIKES[letter] ?? letter) : letter)))
    .join(host);
}

function pick<T>(random: Random, from: readonly T[]): T {
  const found = from[Math.floor(random() * from.length)];
  if (found === undefined) throw new RangeError('nothing to pick from');
  return found;
}

function shuffled<T>(random: Random, from: readonly T[]): readonly T[] {
  const left = [...from];
  for (let at = left.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    const held = left[at];
    const swapped = left[other];
    if (held !== undefined && swapped !== undefined) [left[at], left[other]] = [swapped, held];
  }
  return left;
}
