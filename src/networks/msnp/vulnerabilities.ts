// Known weaknesses of MSN clients that a malformed frame may aim at, in a few words for `meta.vulnerability`.

export const VULNERABILITIES = {
  font: 'over-long font name in X-MMS-IM-Format (crashed MSN Messenger up to 4.6)',
  cookie: 'Invitation-Cookie that is no number (crashed MSN Messenger up to 4.6)',
  fileName: 'over-long or unterminated file name in a file offer',
  chunk: 'P2P chunk beyond its message (CVE-2008-2927, CVE-2009-1376, CVE-2009-2694 in libpurple)',
  traversal: 'path in the location of a display object (CVE-2010-0013 in libpurple)',
} as const;

/** The weakness that an unreadable P2P body resembles, if any: reasons are those of `wire/p2p.ts` and the assembly. */
export function vulnerabilityOf(reason: string): string | undefined {
  if (/beyond its message|overlap|a chunk of|signalling of/.test(reason)) return VULNERABILITIES.chunk;
  return undefined;
}
