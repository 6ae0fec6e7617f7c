// Header lines, as HTTP and MIME write them. Total: strangers leave out any part of them.

const MAX_HEADERS = 64;

/** By lower-case name; of headers that come twice the first counts. */
export type Headers = ReadonlyMap<string, string>;

/** Header lines as a map; folded lines are joined, lines without a colon left out. */
export function decodeHeaders(text: string): Headers {
  const headers = new Map<string, string>();
  let last = '';
  for (const line of text.split(/\r?\n/)) {
    if (headers.size >= MAX_HEADERS) break;
    const colon = line.indexOf(':');
    if (/^[ \t]/.test(line) && last !== '') {
      headers.set(last, `${headers.get(last) ?? ''} ${line.trim()}`);
    } else if (colon > 0) {
      const name = line.slice(0, colon).trim().toLowerCase();
      last = headers.has(name) ? '' : name;
      if (last !== '') headers.set(name, line.slice(colon + 1).trim());
    }
  }
  return headers;
}
