import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { CLASS_WORDS, CLASSES, KIND_WORDS, KINDS, NETWORK_WORDS, NETWORKS } from '../api/words.ts';
import { Choice } from '../components/fields.tsx';
import { SearchField } from '../components/search-field.tsx';
import type { CaptureSearch } from '../searches.ts';

/** Search and filters of the captures. */
export function CaptureFilters({ search }: { readonly search: CaptureSearch }) {
  const navigate = useNavigate({ from: '/console/captures' });
  const set = useCallback(
    (next: CaptureSearch) => {
      void navigate({ search: (before) => ({ ...before, cursor: undefined, ...next }), replace: true });
    },
    [navigate],
  );
  const onText = useCallback((q: string | undefined) => set({ q }), [set]);
  const onPeer = useCallback((peer: string | undefined) => set({ peer }), [set]);
  const onDecoy = useCallback((decoy: string | undefined) => set({ decoy }), [set]);
  return (
    <search className="sd-filters" aria-label="Filter captures">
      <SearchField label="Text" value={search.q} placeholder="Words, host, file …" onChange={onText} />
      <Choice
        label="Network"
        any="All networks"
        options={NETWORKS}
        words={NETWORK_WORDS}
        value={search.network}
        onChange={(network) => set({ network })}
      />
      <Choice
        label="Kind"
        any="All kinds"
        options={KINDS}
        words={KIND_WORDS}
        value={search.kind}
        onChange={(kind) => set({ kind })}
      />
      <Choice
        label="Class"
        any="All classes"
        options={CLASSES}
        words={CLASS_WORDS}
        value={search.class}
        onChange={(value) => set({ class: value })}
      />
      <SearchField label="Peer" value={search.peer} onChange={onPeer} />
      <SearchField label="Decoy" value={search.decoy} onChange={onDecoy} />
    </search>
  );
}
