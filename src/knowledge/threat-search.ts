// Searching the knowledge base: every word must stand in an entry or resemble one of its words (typing mistakes).
import type { ThreatEntry } from './types.ts';

const MAX_SEARCH_TEXT = 50_000;
const MAX_QUERY = 200;
const MAX_WORDS = 8;

/** What a search looks through, lower case. */
export function searchTextOf(entry: ThreatEntry): string {
  const { name, aliases, type, networks, summary, lure, payload, vectors, notes, variants = [] } = entry;
  const { lures = [], files = [], writeUp = '' } = entry;
  const parts = [
    name,
    ...aliases,
    type,
    ...networks,
    ...vectors,
    summary,
    lure,
    payload,
    notes,
    ...variants.map((one) => one.name),
    ...lures.map(({ text }) => text),
    ...files.map((one) => one.name),
    writeUp,
  ];
  return parts.join(' ').slice(0, MAX_SEARCH_TEXT).toWellFormed().toLowerCase();
}

/** The words of a query: letters and digits only, at most eight. */
export function queryWords(query: string): readonly string[] {
  return (
    query
      .slice(0, MAX_QUERY)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)
      ?.slice(0, MAX_WORDS) ?? []
  );
}

/** What the entries call a network or a family of them, by the slug or the word that a reader uses. */
const SAME_NETWORK: Readonly<Record<string, readonly string[]>> = {
  msnp: ['msn', 'windows-messenger-service'],
  msn: ['msnp'],
  oscar: ['aim', 'icq', 'aol', 'ichat'],
  ymsg: ['yahoo'],
  yahoo: ['ymsg'],
  xmpp: ['jabber'],
  jabber: ['xmpp'],
  edonkey: ['overnet'],
  p2p: ['gnutella', 'edonkey', 'overnet', 'bittorrent', 'directconnect', 'fasttrack', 'winny', 'share'],
};

/** A network with the other words that entries have for it: `msnp` finds what they call `msn`. */
export function networkWords(network: string): readonly string[] {
  const word = network.toLowerCase();
  return [word, ...(Object.hasOwn(SAME_NETWORK, word) ? (SAME_NETWORK[word] ?? []) : [])];
}
