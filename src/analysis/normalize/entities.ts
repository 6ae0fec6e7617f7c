// Character references of HTML and XML. Only the names that senders use; the rest stays as it stands.

const NAMED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
  ['shy', '\u00ad'],
  ['zwnj', '\u200c'],
  ['zwj', '\u200d'],
  ['colon', ':'],
  ['sol', '/'],
  ['bsol', '\\'],
  ['period', '.'],
  ['middot', '\u00b7'],
  ['bull', '\u2022'],
  ['commat', '@'],
  ['num', '#'],
  ['percnt', '%'],
  ['quest', '?'],
  ['equals', '='],
  ['lowbar', '_'],
  ['hyphen', '-'],
  ['dash', '-'],
  ['ndash', '\u2013'],
  ['mdash', '\u2014'],
  ['hellip', '\u2026'],
  ['copy', '\u00a9'],
  ['euro', '\u20ac'],
  ['pound', '\u00a3'],
  ['lsqb', '['],
  ['rsqb', ']'],
  ['lpar', '('],
  ['rpar', ')'],
]);

/** A reference: hexadecimal digits, decimal digits or a name in its groups; the semicolon may be missing. */
export const REFERENCE = /&(?:#x([0-9a-f]{1,8})|#(\d{1,8})|([a-z]{2,8}));?/gi;

/** What a match of `REFERENCE` stands for; one to no character becomes U+FFFD (HTML Living Standard 13.2.5.80). */
export function decodeReference([whole, hex, decimal, name]: RegExpExecArray): string {
  if (name !== undefined) return NAMED.get(name.toLowerCase()) ?? whole;
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : '\ufffd';
}

/** Decodes `&amp;`, `&#46;`, `&#x2e;`. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  let decoded = '';
  let from = 0;
  for (const match of text.matchAll(REFERENCE)) {
    decoded += text.slice(from, match.index) + decodeReference(match);
    from = match.index + match[0].length;
  }
  return decoded + text.slice(from);
}
