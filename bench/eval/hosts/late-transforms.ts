// A second set of ways to write a link, rarer ones, written down after the rules were finished: what the rules make of
// what they were not made for. At the first run 0.705 of its hosts were found with precision 0.934.
import type { Transform } from './transforms.ts';

const dots = (host: string, dot: string): string => host.replaceAll('.', dot);
const suffix = (host: string, write: (suffix: string) => string): string =>
  `${host.slice(0, host.lastIndexOf('.'))}${write(host.slice(host.lastIndexOf('.') + 1))}`;
const letters = (host: string, from: number, more = ''): string =>
  [...host].map((c) => (/[a-z]/.test(c) ? `${String.fromCodePoint(from + c.charCodeAt(0) - 97)}${more}` : c)).join('');
const inside = (host: string, what: string): string => `${host.slice(0, 3)}${what}${host.slice(3)}`;

function way(name: string, write: (host: string) => string): Transform {
  return { name: `late ${name}`, write: ({ host }) => write(host) };
}

export const LATE_TRANSFORMS: readonly Transform[] = [
  ...[
    '~dot~',
    '|.|',
    '(d0t)',
    '[d o t]',
    'DOT',
    '/./',
    '\u2022',
    '\u25cf',
    '\u{1f534}',
    ' - dot - ',
    '"dot"',
    '[period]',
    ' period ',
  ].map((dot) => way(`dot ${dot}`, (host) => dots(host, dot))),
  ...[' _dot_ ', '+.+', '][.][', '^.^', '«.»', ' \u00b7 ', ' ( dot ) ', ' dot'].map((dot) =>
    way(`dot ${dot}`, (host) => dots(host, dot)),
  ),
  ...[
    'hxxxp://',
    'hp://',
    'https;//',
    'http:\\/\\/',
    'http(s)://',
    '[http]://',
    'hxxp:',
    'URL:',
    'link=',
    'view-source:http://',
  ].map((head) => way(`head ${head}`, (host) => `${head}${host}/x`)),
  way('suffix in brackets', (host) => suffix(host, (last) => `[.${last}]/x`)),
  way('suffix in parentheses', (host) => suffix(host, (last) => `.(${last})`)),
  way('commas', (host) => `http://${dots(host, ',')}/a`),
  way('picture inside', (host) => `http://${inside(host, '\u{1f525}')}/x`),
  way('picture inside, bare', (host) => inside(host, '\u{1f600}')),
  way('remove me', (host) => inside(host, '(remove me)')),
  way('spelled, with instruction', (host) => `copy and paste without spaces: ${[...host].join(' ')}`),
  way('spaces, Russian instruction', (host) => `http://${dots(host, ' . ')} (без пробелов)`),
  way('double percent', (host) => `http://${dots(host, '%252e')}/`),
  way('escape', (host) => `http://${dots(host, '\\u002e')}`),
  way('full-width @', (host) => `https://paypal.com\uff20${host}`),
  way('struck through', (host) => letters(host, 97, '\u0337\u0321')),
  way('flags', (host) => letters(host, 0x1f1e6, '\u200b')),
  way('white on black', (host) => letters(host, 0x1f170)),
  way('in parentheses each', (host) => letters(host, 0x249c)),
  way('two breaks', (host) => `http://\n${host.replace('.', '\n.')}/x`),
  way('JSON', (host) => `{"url":"http://${host}/x"}`),
  way('twice', (host) => `http://${host}http://${host}/x`),
  way('ideographic stop behind', (host) => `http://${host}。`),
];
