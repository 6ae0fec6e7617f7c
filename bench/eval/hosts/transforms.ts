// What senders do to a link so that people still reach it and filters do not. Written from what is seen in the wild and
// apart from the extractor: it is held out, and no rule may be written for one line of it.
import type { Random } from '../../../src/core/clock.ts';
import { pick } from '../../../src/range/random.ts';

/** A link to be disguised. */
export interface PlainLink {
  readonly scheme: 'http' | 'https';
  readonly host: string;
  /** Empty, or begins with a slash. */
  readonly path: string;
}

/** One way of writing a link. `host` is given when it differs from the plain link's. */
export interface Transform {
  readonly name: string;
  write(link: PlainLink, random: Random): string;
}

const ZERO_WIDTH = ['\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u00ad', '\u200e', '\u034f', '\u2063', '\u180e'];
const DECOYS = ['discord.com', 'www.paypal.com', 'accounts.google.com', 'steamcommunity.com', 'login.live.com'];
const LABELS = ['click here', 'my photo', 'open', 'link', 'see it', 'here', 'verify now'];

const plain = ({ scheme, host, path }: PlainLink): string => `${scheme}://${host}${path}`;
const rest = ({ host, path }: PlainLink): string => `${host}${path}`;
const dots = (host: string, dot: string): string => host.replaceAll('.', dot);
const lastDot = (host: string, dot: string): string => `${host.slice(0, host.lastIndexOf('.'))}${dot}${suffixOf(host)}`;
const suffixOf = (host: string): string => host.slice(host.lastIndexOf('.') + 1);
const map = (text: string, change: (character: string) => string): string => [...text].map(change).join('');
const hex = (character: string): string => character.charCodeAt(0).toString(16).padStart(2, '0');
const shifted = (text: string, lower: number, upper: number, digit: number): string =>
  map(text, (character) => {
    const code = character.charCodeAt(0);
    if (code >= 0x61 && code <= 0x7a) return String.fromCodePoint(lower + code - 0x61);
    if (code >= 0x41 && code <= 0x5a) return String.fromCodePoint(upper + code - 0x41);
    return code >= 0x30 && code <= 0x39 && digit > 0 ? String.fromCodePoint(digit + code - 0x30) : character;
  });
const sprinkle = (text: string, random: Random, marks: readonly string[], share: number): string =>
  map(text, (character) => (random() < share ? `${character}${pick(random, marks)}` : character));
const middle = (host: string, random: Random): number => 2 + Math.floor(random() * Math.max(1, host.length - 4));

function dotted(name: string, dot: string): Transform {
  return { name: `dot ${name}`, write: (link) => `${link.scheme}://${dots(link.host, dot)}${link.path}` };
}
function bare(name: string, dot: string): Transform {
  return { name: `bare dot ${name}`, write: ({ host, path }) => `${dots(host, dot)}${path}` };
}
function schemed(name: string, head: (secure: string) => string): Transform {
  return { name: `scheme ${name}`, write: (link) => `${head(link.scheme === 'https' ? 's' : '')}${rest(link)}` };
}
function around(name: string, before: string, after: string): Transform {
  return { name: `around ${name}`, write: (link) => `${before}${plain(link)}${after}` };
}

/** Dots written otherwise. */
const DOTS: readonly Transform[] = [
  ...['[.]', '(.)', '{.}', '[dot]', '(dot)', '{dot}', '<dot>', ' [.] ', ' (dot) ', '[ dot ]', '[.', '.]', '\\.'].map(
    (dot) => dotted(dot, dot),
  ),
  ...[
    '[DOT]',
    '[d0t]',
    '((.))',
    '[[.]]',
    '【.】',
    '（.）',
    '[。]',
    '[,]',
    '[punkt]',
    '(punto)',
    '[point]',
    '(ponto)',
  ].map((dot) => dotted(dot, dot)),
  ...['\uff0e', '\u3002', '\uff61', '\u2024', '%2E', '%2e', '&#46;', '&#x2e;', '&period;', '&amp;#46;'].map((dot) =>
    dotted(dot, dot),
  ),
  ...[
    ' dot ',
    ' DOT ',
    ' d0t ',
    ' . ',
    ' .',
    '[.]',
    '(dot)',
    ' [dot] ',
    '\uff0e',
    '\u3002',
    '{.}',
    '-dot-',
    '_dot_',
    '*dot*',
  ].map((dot) => bare(dot, dot)),
  ...[' точка ', ' punkt ', ' punto ', ' ponto ', '"."', "'.'", '`.`', '\u00a0.\u00a0', '\t.\t', '\u2022'].map((dot) =>
    bare(dot, dot),
  ),
  { name: 'last dot [.]', write: ({ host, path }) => `${lastDot(host, '[.]')}${path}` },
  { name: 'last dot (dot)', write: ({ host, path }) => `${lastDot(host, '(dot)')}${path}` },
];

/** The scheme written otherwise. */
const SCHEMES: readonly Transform[] = [
  schemed('hxxp', (s) => `hxxp${s}://`),
  schemed('hXXp', (s) => `hXXp${s}://`),
  schemed('h**p', (s) => `h**p${s}://`),
  schemed('htxp', (s) => `htxp${s}://`),
  schemed('h__p', (s) => `h__p${s}://`),
  schemed('hxxp[:]//', (s) => `hxxp${s}[:]//`),
  schemed('http(:)//', (s) => `http${s}(:)//`),
  schemed('http[://]', (s) => `http${s}[://]`),
  schemed('hxxp[:/]/', (s) => `hxxp${s}[:/]/`),
  schemed('backslashes', (s) => `http${s}:\\\\`),
  schemed('one slash', (s) => `http${s}:/`),
  schemed('three slashes', (s) => `http${s}:///`),
  schemed('no colon', (s) => `http${s}//`),
  schemed('spaces', (s) => `http${s} : // `),
  schemed('space after', (s) => `http${s}:// `),
  schemed('spelled', (s) => `h t t p ${s === '' ? '' : 's '}: / / `),
  schemed('ttp', (s) => `ttp${s}://`),
  schemed('upper', (s) => `HTTP${s.toUpperCase()}://`),
  schemed('fraction slashes', (s) => `http${s}:\u2044\u2044`),
  schemed('division slashes', (s) => `http${s}:\u2215\u2215`),
  schemed('full-width', (s) => `http${s}\uff1a\uff0f\uff0f`),
  schemed('ratio', (s) => `http${s}\u2236//`),
  schemed('//', () => '//'),
  {
    name: 'scheme words',
    write: ({ scheme, host, path }) =>
      `${scheme} colon slash slash ${dots(host, ' dot ')}${path.replaceAll('/', ' slash ')}`,
  },
  { name: 'no scheme', write: rest },
  { name: 'www.', write: (link) => `www.${rest(link)}` },
  { name: 'www .', write: (link) => `www .${rest(link)}` },
];

/** Characters that nobody sees, or that look like others. */
const CHARACTERS: readonly Transform[] = [
  { name: 'zero-width', write: (link, random) => sprinkle(plain(link), random, ZERO_WIDTH, 0.2) },
  { name: 'zero-width bare', write: (link, random) => sprinkle(rest(link), random, ZERO_WIDTH, 0.2) },
  { name: 'soft hyphens', write: (link, random) => sprinkle(rest(link), random, ['\u00ad'], 0.3) },
  { name: 'bidi isolates', write: (link) => `\u2066${plain(link)}\u2069` },
  { name: 'variation selectors', write: (link, random) => sprinkle(plain(link), random, ['\ufe0f', '\ufe00'], 0.2) },
  {
    name: 'combining marks',
    write: (link, random) => sprinkle(plain(link), random, ['\u0336', '\u0335', '\u0332'], 0.5),
  },
  { name: 'full-width', write: (link) => map(plain(link), (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)) },
  { name: 'math bold', write: (link) => shifted(plain(link), 0x1d41a, 0x1d400, 0x1d7ce) },
  { name: 'math mono', write: (link) => shifted(plain(link), 0x1d68a, 0x1d670, 0x1d7f6) },
  { name: 'circled', write: (link) => shifted(rest(link), 0x24d0, 0x24b6, 0) },
  { name: 'squared', write: ({ host, path }) => `${shifted(host.toUpperCase(), 0, 0x1f130, 0)}${path}` },
  { name: 'percent host', write: ({ scheme, host, path }) => `${scheme}://${map(host, (c) => `%${hex(c)}`)}${path}` },
  { name: 'entities', write: (link) => map(plain(link), (c) => `&#${c.charCodeAt(0)};`) },
  { name: 'entities hex', write: (link) => map(rest(link), (c) => `&#x${hex(c)};`) },
  {
    name: 'entities double',
    write: (link) => map(plain(link), (c) => (c === '.' || c === ':' ? `&amp;#${c.charCodeAt(0)};` : c)),
  },
  { name: 'upper', write: ({ scheme, host, path }) => `${scheme}://${host.toUpperCase()}${path}` },
  {
    name: 'random case',
    write: ({ host, path }, random) => `${map(host, (c) => (random() < 0.5 ? c.toUpperCase() : c))}${path}`,
  },
  { name: 'unicode slashes', write: ({ host, path }) => `http:\u2215\u2215${host}${path.replaceAll('/', '\u2044')}` },
];

/** Spaces, line breaks and instructions. */
const SPLITS: readonly Transform[] = [
  { name: 'spaced letters', write: ({ host }) => [...host].join(' ') },
  { name: 'spaced letters schemed', write: (link) => [...plain(link)].join(' ') },
  {
    name: 'remove the spaces',
    write: ({ scheme, host, path }) => `${scheme}://${dots(host, ' . ')}${path} (remove the spaces)`,
  },
  {
    name: 'remove the spaces inside',
    write: (link, random) => {
      const at = middle(link.host, random);
      return `${link.scheme}:// ${link.host.slice(0, at)} ${link.host.slice(at)}${link.path} remove spaces`;
    },
  },
  {
    name: 'remove the asterisk',
    write: (link, random) => {
      const at = middle(link.host, random);
      return `${link.host.slice(0, at)}*${link.host.slice(at)}${link.path} (remove the *)`;
    },
  },
  { name: 'replace * by dot', write: ({ host, path }) => `${dots(host, '*')}${path} replace * with a dot` },
  { name: 'dot and slash', write: ({ host, path }) => `${dots(host, ' dot ')}${path.replaceAll('/', ' slash ')}` },
  { name: 'space before path', write: ({ host, path }) => `${host} ${path}` },
  { name: 'break after dot', write: ({ scheme, host, path }) => `${scheme}://${lastDot(host, '.\n')}${path}` },
  { name: 'break before dot', write: ({ scheme, host, path }) => `${scheme}://${lastDot(host, '\r\n.')}${path}` },
  {
    name: 'break inside',
    write: (link, random) => {
      const at = middle(link.host.slice(0, link.host.lastIndexOf('.')), random);
      return `${link.scheme}://${link.host.slice(0, at)}\n${link.host.slice(at)}${link.path}`;
    },
  },
  { name: 'break after scheme', write: ({ scheme, host, path }) => `${scheme}://\n${host}${path}` },
  { name: 'reversed', write: (link) => `${[...plain(link)].reverse().join('')} (read it backwards)` },
  { name: 'right-to-left override', write: ({ host }) => `\u202e${[...host].reverse().join('')}\u202c` },
  { name: 'emoji around dots', write: ({ host, path }) => `${dots(host, '🔥.🔥')}${path}` },
];

/** What stands around the link, and tricks of links themselves. */
const AROUND: readonly Transform[] = [
  around('plain', '', ''),
  around('angle', '<', '>'),
  around('parentheses', '(', ')'),
  around('brackets', '[', ']'),
  around('quotes', '"', '"'),
  around('typographic quotes', '“', '”'),
  around('guillemets', '«', '»'),
  around('code', '`', '`'),
  around('bold', '**', '**'),
  around('spoiler', '||', '||'),
  around('underscores', '__', '__'),
  around('full stop', '', '.'),
  around('shouts', '', '!!!'),
  around('dots', '', '...'),
  around('comma', '', ', ok'),
  around('emoji', '👉', '👈'),
  around('glued', 'click:', ''),
  around('arrow', '->', '<-'),
  around('CJK', '点击', '，谢谢'),
  around('pipe', 'x|', '|y'),
  { name: 'markdown', write: (link, random) => `[${pick(random, LABELS)}](${plain(link)})` },
  { name: 'markdown lying', write: (link, random) => `[https://${pick(random, DECOYS)}/](${plain(link)})` },
  { name: 'slack', write: (link, random) => `<${plain(link)}|${pick(random, LABELS)}>` },
  { name: 'bbcode', write: (link, random) => `[url=${plain(link)}]${pick(random, LABELS)}[/url]` },
  { name: 'bbcode lying', write: (link, random) => `[url=${plain(link)}]${pick(random, DECOYS)}[/url]` },
  { name: 'html', write: (link, random) => `<a href="${plain(link)}">${pick(random, LABELS)}</a>` },
  { name: 'html lying', write: (link, random) => `<a href='${plain(link)}'>http://${pick(random, DECOYS)}</a>` },
  { name: 'userinfo', write: ({ scheme, host, path }, random) => `${scheme}://${pick(random, DECOYS)}@${host}${path}` },
  { name: 'userinfo port', write: ({ host, path }, random) => `https://${pick(random, DECOYS)}:443@${host}${path}` },
  {
    name: 'userinfo slash',
    write: ({ host, path }, random) => `https://${pick(random, DECOYS)}%2Flogin@${host}${path}`,
  },
  { name: 'port', write: ({ scheme, host, path }) => `${scheme}://${host}:8080${path}` },
  { name: 'trailing dot', write: ({ scheme, host, path }) => `${scheme}://${host}./${path.slice(1)}` },
  { name: 'bare port', write: ({ host, path }) => `${host}:8443${path}` },
  { name: 'query glued', write: ({ scheme, host }) => `${scheme}://${host}?u=1&v=2` },
];

export const TRANSFORMS: readonly Transform[] = [...DOTS, ...SCHEMES, ...CHARACTERS, ...SPLITS, ...AROUND];
