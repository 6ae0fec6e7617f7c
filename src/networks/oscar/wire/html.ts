// AIM sends HTML. It is never rendered: the words are taken out of it, and the rest stays as it came.

/** Characters of markup that are looked at. */
const MAX_HTML = 64 * 1024;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', nbsp: ' ', apos: "'" };
const LOOKS_LIKE_HTML = /<(?:[a-z!]|\/[a-z])|&(?:[a-z]{2,6}|#\d{2,7});/i;

export const looksLikeHtml = (text: string): boolean => LOOKS_LIKE_HTML.test(text.slice(0, MAX_HTML));

/** The words of a piece of HTML, with line breaks where it has them. */
export function textOfHtml(html: string): string {
  const source = html.slice(0, MAX_HTML);
  const lastClose = source.lastIndexOf('>');
  let text = '';
  let at = 0;
  while (at < source.length) {
    const open = source.indexOf('<', at);
    text += source.slice(at, open === -1 ? source.length : open);
    if (open === -1) break;
    const close = open > lastClose ? -1 : source.indexOf('>', open);
    if (close === -1 || !/^[a-z!/]/i.test(source.slice(open + 1, open + 2))) {
      // A lone "<" is a character like any other.
      text += '<';
      at = open + 1;
      continue;
    }
    if (/^<(?:br|p|hr)\b/i.test(source.slice(open, open + 4))) text += '\n';
    at = close + 1;
  }
  return text.replaceAll(/&(?:([a-z]{2,6})|#(\d{2,7}));/gi, decodeEntity).trim();
}

function decodeEntity(all: string, name: string | undefined, number: string | undefined): string {
  if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? all;
  const code = Number(number);
  return code >= 32 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : all;
}

/** Text as HTML that shows it as it is. */
export const htmlOfText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\n', '<BR>');
