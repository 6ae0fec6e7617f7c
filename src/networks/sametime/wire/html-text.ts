// The words of an HTML fragment, for display and classification; links stay in the fragment itself. One pass, no regex.

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };
const MAX_ENTITY = 10;
const LINE_TAGS = new Set(['br', 'p', '/p', 'div', '/div', 'li', 'tr']);

/** Tags are dropped, line breaks kept, the common entities read. */
export function htmlToText(html: string): string {
  let text = '';
  for (let at = 0; at < html.length; ) {
    const char = html.charAt(at);
    if (char === '<') {
      const end = html.indexOf('>', at);
      if (end === -1) return text + html.slice(at);
      if (LINE_TAGS.has(tagName(html.slice(at + 1, Math.min(end, at + MAX_ENTITY))))) text += '\n';
      at = end + 1;
    } else if (char === '&') {
      const end = html.slice(at, at + MAX_ENTITY).indexOf(';');
      const value = end === -1 ? undefined : entity(html.slice(at + 1, at + end));
      text += value ?? char;
      at += value === undefined ? 1 : end + 1;
    } else {
      text += char;
      at += 1;
    }
  }
  return text.trim();
}

function tagName(inside: string): string {
  return (inside.split(/[\s>]/)[0] ?? '').toLowerCase().replace(/(?<=[a-z])\/$/, '');
}

function entity(name: string): string | undefined {
  if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()];
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code).toWellFormed() : undefined;
}
