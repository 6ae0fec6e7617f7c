// Lures that each start a campaign of their own and are worth an alert at once: random words, a link to a program behind
// a picture's name, a host that says which lure it is.
import type { Random } from '../../src/core/clock.ts';
import { pick } from '../../src/range/random.ts';

const SYLLABLES = [
  'ka',
  'lo',
  'mi',
  'tur',
  'ves',
  'pon',
  'dra',
  'shi',
  'bel',
  'qua',
  'zor',
  'nim',
  'fey',
  'gul',
  'ryt',
];
const WORDS = 12;
// Of three, some of four hundred lures would share two rare words, and be taken for one campaign.
const SYLLABLES_EACH = 5;
const MARK = /lure(\d+)x/;

export function lureText(random: Random, number: number): string {
  const word = (): string => Array.from({ length: SYLLABLES_EACH }, () => pick(random, SYLLABLES)).join('');
  const words = Array.from({ length: WORDS }, word).join(' ');
  return `${words} http://lure${number}x.example/photo.jpg.scr`;
}

/** Which lure a mail speaks of. */
export function lureNumber(mail: string): number | undefined {
  const number = MARK.exec(mail.replaceAll('=\r\n', ''))?.[1];
  return number === undefined ? undefined : Number(number);
}
