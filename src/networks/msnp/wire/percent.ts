// Percent-encoding of command arguments. Names come from strangers: what is no valid escape stays as it is.

const HEX = /^[0-9a-f]{2}$/i;
const PERCENT = 0x25;

/** Decodes `%XX` and reads the result as UTF-8; invalid escapes stay, invalid UTF-8 becomes U+FFFD. Never throws. */
export function decodePercent(text: string): string {
  if (!text.includes('%')) return text;
  const source = Buffer.from(text, 'utf8');
  const out = Buffer.alloc(source.length);
  let length = 0;
  for (let at = 0; at < source.length; at += 1) {
    const digits = source[at] === PERCENT ? source.toString('latin1', at + 1, at + 3) : '';
    const escaped = HEX.test(digits);
    out[length] = escaped ? Number.parseInt(digits, 16) : (source[at] ?? 0);
    length += 1;
    if (escaped) at += 2;
  }
  return out.toString('utf8', 0, length);
}

/** Encodes everything that could end an argument or a line, as official clients do. */
export function encodePercent(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
