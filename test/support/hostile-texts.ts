// Texts of 64 KiB that make careless analysis slow: for the tests of totality and for `npm run bench:analysis -- hostile`.

const SIZE = 64 * 1024;

const repeat = (unit: string): string => unit.repeat(Math.ceil(SIZE / unit.length)).slice(0, SIZE);

/** Every plane of Unicode, a thousand code points of each that are no surrogates. */
function everyPlane(): string {
  const parts: string[] = [];
  for (let plane = 0; plane <= 16; plane++) {
    for (let at = 0; at < 1000; at++) {
      const code = plane * 0x1_0000 + ((at * 61) & 0xffff);
      if (code < 0xd800 || code > 0xdfff) parts.push(String.fromCodePoint(code));
    }
  }
  return repeat(parts.join(''));
}

/** Name and text; each is aimed at a way of reading text badly. */
export const HOSTILE_TEXTS: readonly (readonly [name: string, text: string])[] = [
  ['one letter', repeat('a')],
  ['labels without end', repeat('a.')],
  ['hyphenated labels', repeat('a-b-.')],
  ['dots', repeat('.')],
  ['schemes', repeat('http://')],
  ['schemes within a link', `http://x.example/${repeat('http://')}`],
  ['obfuscated dots', repeat('a [dot] ')],
  ['open brackets', repeat('[(<{')],
  ['nested brackets in a link', `http://x.example/${repeat('((((')}${repeat('))))')}`.slice(0, SIZE)],
  ['at signs', repeat('a@')],
  ['user info', `http://${repeat('a:b@')}`],
  ['digits', repeat('1')],
  ['digits and dots', repeat('1.')],
  ['digits and spaces', repeat('1 ')],
  ['plus and digits', repeat('+1 (2) ')],
  ['colons and digits', repeat('1:')],
  ['hexadecimal', repeat('deadbeef')],
  ['base58', repeat('1BoatSLRHtKNngkdXEeobR76b53LETtpy')],
  ['magnets', repeat('magnet:?xt=urn:btih:')],
  ['tags', repeat('<a href="')],
  ['tags that never close', repeat('<b ')],
  ['entities', repeat('&#x26;')],
  ['entities of entities', repeat('&amp;amp;')],
  ['percent signs', `http://x.example/${repeat('%25')}`],
  ['white space', repeat(' ')],
  ['line breaks', repeat('a\n')],
  ['line break within hosts', repeat('examp\nle.com ')],
  ['zero-width', repeat('h\u200bt\u200bt\u200bp\u200b')],
  ['combining marks', `a${repeat('\u0301')}`],
  ['mixed directions', repeat('\u202eabc\u202c\u05d0\u0627')],
  ['look-alikes', repeat('раураl')],
  ['ligatures that grow', repeat('\ufdfa')],
  ['lone surrogates', repeat('\ud800a\udc00')],
  ['emoji sequences', repeat('👨‍👩‍👧‍👦')],
  ['every plane', everyPlane()],
  ['colour codes', repeat('\u00034,5\u0002')],
  ['fonts of Yahoo', repeat('\u001b[#ff0000m<font size="')],
  ['words of a lure', repeat('is this you free nitro login password ')],
  ['one word again and again', repeat('free ')],
  ['Chinese', repeat('请点击这里领取您的奖品')],
  ['invitations', repeat('discord.gg/a t.me/+')],
  ['punycode', repeat('xn--a.')],
  ['integer hosts', repeat('http://3232235777/ ')],
  ['markdown', repeat('[a](b')],
  ['slashes', repeat('/')],
  ['backslashes', repeat('http:\\\\')],
  ['quotes', repeat('"\'')],
  ['question marks', repeat('?a=&')],
  ['asterisks in a host', repeat('e*x*a*m.')],
  ['instructions', repeat('REMOVETHIS')],
  ['instructions in brackets', repeat('(remove)')],
  ['instructions in words', repeat('replace ')],
  ['nested tags', repeat('<b><i>')],
  ['links of rich text', repeat('<a href="http://a.example/x">b</a>')],
  ['attributes', `<b ${repeat('a=b ')}`],
  ['quotes within a tag', repeat('<a "')],
  ['nested isolates', repeat('\u2066\u2067\u2068')],
  ['overrides that never end', repeat('\u202e')],
  ['overridden names', repeat('\u202egpj.scr ')],
  ['formats of MSN', repeat('X-MMS-IM-Format: FN=Arial\r\n')],
  ['hexadecimal groups', repeat('a:b:')],
];

/** Ways in which a text reaches the analysis, each with the markup that is undone for it. */
export const HOSTILE_WAYS: readonly (readonly [
  name: string,
  fields: (text: string) => Readonly<Record<string, unknown>>,
])[] = [
  ...['xmpp', 'oscar', 'ymsg', 'msnp', 'irc'].map(
    (network) => [network, (text: string) => ({ network, text })] as const,
  ),
  ['markup of AIM', (text) => ({ network: 'oscar', text: `<b>${text}` })],
  ['XHTML', (text) => ({ network: 'xmpp', html: text })],
  ['a file name', (text) => ({ network: 'msnp', kind: 'file-offer', file: { name: text.slice(0, 4096), size: 1 } })],
];
