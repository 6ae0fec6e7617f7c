// Which known weakness of a client some bytes resemble: said by networks, understood by analysis, held by the knowledge base.

/** An id of the CVE list (https://www.cve.org): names one weakness in every part, and outside of Sundew too. */
export type CveId = `CVE-${number}-${number}`;

/** What a network says of bytes that resemble an attack on clients; spread into `meta` of the capture. */
export interface Weakness {
  /** In a few words. */
  readonly vulnerability: string;
  /** The documented ones it resembles, none where only the pattern is known. */
  readonly resembles?: readonly CveId[];
}

const CVE_ID = /^CVE-(?:19|20)\d\d-\d{4,7}$/;
const MAX_RESEMBLED = 8;

export function isCveId(value: unknown): value is CveId {
  return typeof value === 'string' && CVE_ID.test(value);
}

/** What stands in `meta.resembles` of a capture, each once; whatever is no CVE id, as a file may claim it, is left out. */
export function resembledBy(meta: Readonly<Record<string, unknown>>): readonly CveId[] {
  const { resembles } = meta;
  return Array.isArray(resembles) ? [...new Set(resembles.slice(0, MAX_RESEMBLED).filter(isCveId))] : [];
}
