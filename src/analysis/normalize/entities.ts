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
  ['period', '.'],
  ['commat', '@'],
  ['num', '#'],
  ['percnt', '%'],
  ['quest', '?'],
  ['equals', '='],
  ['lowbar', '_'],
  ['hyphen', '-'],
  ['ndash', '\u2013'],
  ['mdash', '\u2014'],
  ['hellip', '\u2026'],
  ['copy', '\u00a9'],
  ['euro', '\u20ac'],
  ['pound', '\u00a3'],
]);

/** Decodes `&amp;`, `&#46;`, `&#x2e;`; a reference to no character becomes U+FFFD (HTML Living Standard 13.2.5.80). */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(/&(?:#x([0-9a-f]{1,8})|#(\d{1,8})|([a-z]{2,8}));?/gi, (whole, hex, decimal, name) => {
    if (typeof name === 'string') return NAMED.get(name.toLowerCase()) ?? whole;
    const code = typeof hex === 'string' ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : '\ufffd';
  });
}
