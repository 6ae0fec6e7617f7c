// Lures around invented hosts, each written through one transform, and harmless lines: seeded, so the same every time.
import type { Random } from '../../../src/core/clock.ts';
import { between, pick, seededRandom } from '../../../src/range/random.ts';
import { HARMLESS } from './harmless.ts';
import { LATE_TRANSFORMS } from './late-transforms.ts';
import { type PlainLink, TRANSFORMS, type Transform } from './transforms.ts';

/** A line of text and the host in it; no host when it is harmless. */
export interface HostRow {
  readonly transform: string;
  readonly text: string;
  readonly host?: string;
}

const WORDS = (
  'secure login account update wallet reward bonus parcel track invoice photo album party video stream crypto trade market ' +
  'garden bakery river stone bright silver falcon maple harbor coffee studio planet rocket velvet copper willow thunder ' +
  'netflix paypal dhl binance instagram roblox hotmail whatsapp amazon revolut'
).split(' ');
const SUFFIXES =
  'com com com net org ru xyz top info club online site icu cc tk ml live io co.uk com.br de pl me link shop app'.split(
    ' ',
  );
const PATHS = [
  '',
  '',
  '/',
  '/login',
  '/a/b/48213',
  '/pic.php?u=551',
  '/photo77.jpg.scr',
  '/#/verify',
  '/gift?id=9921',
  '/login?next=%2Fhome',
];
const BEFORE = [
  'hey look ',
  'is this you?? ',
  'free gift ',
  'Your parcel waits: ',
  'haha omg ',
  '',
  'join us ',
  'verify your account at ',
  'new pics ',
  'смотри ',
  'schau mal ',
  'mira esto ',
];
const AFTER = ['', '', ' lol', ' before it ends', ' :p', ' << new', ' ok?', ' спасибо'];
const ADDRESSES = [
  [203, 113],
  [93, 184],
  [45, 77],
  [185, 220],
  [212, 9],
] as const;

/** As many lines for every transform, and machine addresses in the ways browsers take them. */
export function generatedRows(seed: number, each: number): readonly HostRow[] {
  const random = seededRandom(seed);
  const rows = [...rowsOf(random, TRANSFORMS, each)];

  for (const [name, write] of ADDRESS_FORMS) {
    for (let count = 0; count < each; count++) {
      const bytes = [...pick(random, ADDRESSES), between(random, 1, 254), between(random, 1, 254)];
      rows.push({ transform: `address ${name}`, text: around(random, write(bytes)), host: bytes.join('.') });
    }
  }
  for (const text of HARMLESS) rows.push({ transform: 'harmless', text });
  return rows;
}

/** Lines of the second set: see `late-transforms.ts`. */
export function lateRows(seed: number, each: number): readonly HostRow[] {
  return rowsOf(seededRandom(seed), LATE_TRANSFORMS, each);
}

function rowsOf(random: Random, transforms: readonly Transform[], each: number): readonly HostRow[] {
  const rows: HostRow[] = [];
  for (const { name, write } of transforms) {
    for (let count = 0; count < each; count++) {
      const link = inventLink(random);
      rows.push({
        transform: name,
        text: around(random, write(link, random)),
        host: name === 'www.' || name === 'www .' ? `www.${link.host}` : link.host,
      });
    }
  }
  return rows;
}

const number = (bytes: readonly number[]): number => bytes.reduce((value, byte) => value * 256 + byte, 0);
const ADDRESS_FORMS: readonly (readonly [name: string, write: (bytes: readonly number[]) => string])[] = [
  ['plain', (bytes) => `http://${bytes.join('.')}/a.exe`],
  ['bare', (bytes) => `${bytes.join('.')}/x.php`],
  ['[.]', (bytes) => bytes.join('[.]')],
  ['integer', (bytes) => `http://${number(bytes)}/`],
  ['hex', (bytes) => `http://0x${number(bytes).toString(16)}/x`],
  ['dotted hex', (bytes) => `http://${bytes.map((byte) => `0x${byte.toString(16)}`).join('.')}/x`],
  ['octal', (bytes) => `http://${bytes.map((byte) => `0${byte.toString(8)}`).join('.')}/x`],
  ['dot words', (bytes) => `http://${bytes.join(' dot ')}/x`],
  ['port', (bytes) => `${bytes.join('.')}:8080`],
];

function inventLink(random: Random): PlainLink {
  const words = Array.from({ length: between(random, 1, 3) }, () => pick(random, WORDS));
  const digits = words.length === 1 || random() < 0.2 ? String(between(random, 2, 999)) : '';
  const name = `${words.join(random() < 0.5 ? '-' : '')}${digits}`;
  const host = `${random() < 0.15 ? `${pick(random, WORDS)}.` : ''}${name}.${pick(random, SUFFIXES)}`;
  return { scheme: random() < 0.5 ? 'http' : 'https', host, path: pick(random, PATHS) };
}

function around(random: Random, link: string): string {
  return `${pick(random, BEFORE)}${link}${pick(random, AFTER)}`;
}
