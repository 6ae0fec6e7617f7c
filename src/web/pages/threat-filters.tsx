import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { SEVERITIES, SEVERITY_WORDS, THREAT_NETWORK_WORDS } from '../api/words.ts';
import { Choice } from '../components/fields.tsx';
import { SearchField } from '../components/search-field.tsx';
import type { ThreatSearch } from '../searches.ts';

// Those that the entries of the knowledge base use; a decoy's slug finds the same as its word here.
const SLUGS: Readonly<Record<string, string>> = { msnp: 'msn', ymsg: 'yahoo' };
const THREAT_NETWORKS = Object.keys(THREAT_NETWORK_WORDS).filter((word) => !Object.hasOwn(SLUGS, word));

type Filters = Omit<ThreatSearch, 'page'>;

/** Search and filters of the knowledge base. */
export function ThreatFilters({ search }: { readonly search: Filters }) {
  const navigate = useNavigate({ from: '/threats' });
  const { q, type, network, severity } = search;
  const set = useCallback(
    (next: Filters) => {
      void navigate({ search: { q, type, network, severity, ...next }, replace: true });
    },
    [navigate, q, type, network, severity],
  );
  const onText = useCallback((text: string | undefined) => set({ q: text }), [set]);
  const onType = useCallback((text: string | undefined) => set({ type: text }), [set]);
  return (
    <search className="sd-filters" aria-label="Filter threats">
      <SearchField label="Search" value={q} placeholder="Name, alias, lure, file …" onChange={onText} />
      <SearchField label="Type" value={type} placeholder="irc-worm, p2p-worm …" onChange={onType} />
      <Choice
        label="Network"
        any="All networks"
        options={THREAT_NETWORKS}
        words={THREAT_NETWORK_WORDS}
        value={SLUGS[network ?? ''] ?? network}
        onChange={(chosen) => set({ network: chosen })}
      />
      <Choice
        label="Severity"
        any="Any severity"
        options={SEVERITIES}
        words={SEVERITY_WORDS}
        value={severity}
        onChange={(chosen) => set({ severity: chosen })}
      />
    </search>
  );
}
