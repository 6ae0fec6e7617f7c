// Known weaknesses of MSN clients that a malformed frame may aim at. Sources: the CVE list's own descriptions.
import type { Weakness } from '../../core/weakness.ts';

export const VULNERABILITIES = {
  font: {
    vulnerability: 'over-long font name in X-MMS-IM-Format',
    resembles: ['CVE-2002-1698', 'CVE-2008-2409'],
  },
  cookie: { vulnerability: 'Invitation-Cookie that is no number', resembles: ['CVE-2002-1831'] },
  fileName: { vulnerability: 'over-long or unterminated file name in a file offer', resembles: ['CVE-2008-2955'] },
  chunk: {
    vulnerability: 'P2P chunk beyond its message',
    resembles: ['CVE-2008-2927', 'CVE-2009-1376', 'CVE-2009-2694'],
  },
  traversal: { vulnerability: 'path in the location of a display object', resembles: ['CVE-2010-0013'] },
} as const satisfies Readonly<Record<string, Weakness>>;

/** The weakness that an unreadable P2P body resembles, if any: reasons are those of `wire/p2p.ts` and the assembly. */
export function vulnerabilityOf(reason: string): Weakness | undefined {
  if (/beyond its message|overlap|a chunk of|signalling of/.test(reason)) return VULNERABILITIES.chunk;
  return undefined;
}
