// Training texts of our own (data/phrases): templates of lures and of everyday talk in several languages, each written out
// a few times. Deterministic; the texts of one template are one group, so that cross-validation stays honest.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { generator } from './svm.ts';
import { isTrainingLabel, type TrainingRow } from './training-row.ts';

const FOLDER = new URL('../data/phrases/', import.meta.url);
const LANGUAGES = ['en', 'ru', 'es', 'pt', 'de', 'fr', 'it', 'tr', 'id', 'zh', 'pl', 'nl'] as const;
/** Texts of one template at most. */
const PER_TEMPLATE = 8;
const TRIES = 24;

type Random = () => number;

/** All texts, in file order. */
export function phraseRows(): readonly TrainingRow[] {
  return LANGUAGES.flatMap((language) => {
    const lines = readFileSync(new URL(`${language}.txt`, FOLDER), 'utf8').split('\n');
    return lines.flatMap((line) => rowsOf(line, language));
  });
}

// Group and chance come from the template itself: a new line changes nothing for the others.
function rowsOf(line: string, language: string): readonly TrainingRow[] {
  const bar = line.indexOf('|');
  const label = line.slice(0, bar);
  if (bar < 0 || !isTrainingLabel(label)) return [];
  const digest = createHash('sha256').update(line).digest();
  const random = generator(digest.readUInt32BE(0));
  const texts = new Set<string>();
  for (let tries = 0; tries < TRIES && texts.size < PER_TEMPLATE; tries++)
    texts.add(written(line.slice(bar + 1), random));
  const group = `${language}:${digest.toString('hex', 0, 6)}`;
  return [...texts].map((text) => ({ source: 'phrases', label, group, text }));
}

// Alternatives, then slots, then a capital letter and an end as people type them.
function written(template: string, random: Random): string {
  let text = template;
  for (let inner = /\{([^{}]*)\}/.exec(text); inner !== null; inner = /\{([^{}]*)\}/.exec(text)) {
    const choice = pick((inner[1] ?? '').split('|'), random);
    text = text.slice(0, inner.index) + choice + text.slice(inner.index + inner[0].length);
  }
  text = text.replaceAll(/\[(\w+)\]/g, (_slot, name: string) => SLOTS[name]?.(random) ?? '');
  text = text.replaceAll(/\s+/g, ' ').trim();
  if (random() < 0.5) text = text.slice(0, 1).toUpperCase() + text.slice(1);
  return random() < 0.25 && /[\p{L}\p{N}]$/u.test(text) ? `${text}${pick(['.', '!', '..', ' :)'], random)}` : text;
}

const SLOTS: Readonly<Record<string, (random: Random) => string>> = {
  url: (random) =>
    `${pick(['http://', 'https://', 'www.', ''], random)}${pick(['my', 'go', 'the', 'x'], random)}${pick(['page', 'photo', 'secure', 'bonus', 'club'], random)}${digits(2, random)}.${pick(['com', 'ru', 'info', 'top', 'net'], random)}${pick(['', '/', '/p/', '/a.php?u='], random)}${random() < 0.4 ? digits(4, random) : ''}`,
  file: (random) => pick(['', '', 'photos.zip', 'img.jpg'], random),
  money: (random) =>
    `${pick(['$', '£', '€', 'usd '], random)}${pick(['50', '100', '350', '900', '2,500', '5000', '20k'], random)}`,
  usd: (random) => pick(['100$', '500 долларов', '300-700 бакcов', '1000 usdt'], random),
  rub: (random) => pick(['3000 рублей', '5000р', '50 000 руб', '10к', '7-10 тысяч'], random),
  cny: (random) => pick(['300元', '500', '1万元', '88元'], random),
  phone: (random) => `${pick(['+', '+', '00', ''], random)}${digits(pick([10, 11, 12], random), random)}`,
  short: (random) => digits(pick([4, 5, 6, 6], random), random),
  n: (random) => digits(2, random),
  name: (random) =>
    pick(['anna', 'david', 'linda', 'mr wong', 'alex', 'sophie', 'maria', 'tom', 'julia', 'kevin'], random),
};

function pick<T>(from: readonly T[], random: Random): T {
  const chosen = from[Math.floor(random() * from.length)];
  if (chosen === undefined) throw new RangeError('nothing to pick from');
  return chosen;
}

function digits(count: number, random: Random): string {
  return Array.from({ length: count }, () => Math.floor(random() * 10)).join('');
}
