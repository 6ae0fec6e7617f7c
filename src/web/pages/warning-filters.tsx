import { useNavigate } from '@tanstack/react-router';
import { NETWORK_WORDS, NETWORKS, SEVERITIES, SEVERITY_WORDS } from '../api/words.ts';
import { Choice } from '../components/fields.tsx';
import type { WarningSearch } from '../searches.ts';

const DAY_MS = 86_400_000;
const SPANS = ['1', '7', '30'] as const;
const SPAN_WORDS: Readonly<Record<(typeof SPANS)[number], string>> = {
  '1': 'Last 24 hours',
  '7': 'Last 7 days',
  '30': 'Last 30 days',
};

/** The filters of the warnings. They are the page's address, so that a view can be passed on. */
export function WarningFilters({ search }: { readonly search: WarningSearch }) {
  const navigate = useNavigate({ from: '/warnings' });
  const set = (next: WarningSearch) => {
    void navigate({ search: { ...search, before: undefined, ...next }, replace: true });
  };
  return (
    <search className="sd-filters" aria-label="Filter warnings">
      <Choice
        label="Network"
        any="All networks"
        options={NETWORKS}
        words={NETWORK_WORDS}
        value={search.network}
        onChange={(network) => set({ network })}
      />
      <Choice
        label="Severity at least"
        any="Any severity"
        options={SEVERITIES}
        words={SEVERITY_WORDS}
        value={search.severity}
        onChange={(severity) => set({ severity })}
      />
      <Choice
        label="Time"
        any="Any time"
        options={SPANS}
        words={SPAN_WORDS}
        value={spanOf(search.since)}
        onChange={(span) => set({ since: span === undefined ? undefined : sinceOf(span) })}
      />
    </search>
  );
}

function sinceOf(days: string): string {
  return new Date(Math.floor((Date.now() - Number(days) * DAY_MS) / 60_000) * 60_000).toISOString();
}

function spanOf(since: string | undefined): (typeof SPANS)[number] | undefined {
  if (since === undefined) return undefined;
  const days = (Date.now() - Date.parse(since)) / DAY_MS;
  return SPANS.find((span) => days <= Number(span) * 1.5);
}
