import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { withQuery } from '../api/client.ts';
import { capturesQuery } from '../api/console-queries.ts';
import { Answer } from '../components/answer.tsx';
import { Empty } from '../components/feedback.tsx';
import { plural } from '../components/format.ts';
import { LiveState } from '../components/live-state.tsx';
import { Page } from '../components/page.tsx';
import { CaptureFilters } from './capture-filters.tsx';
import { CaptureTable } from './capture-table.tsx';
import { useLiveCaptures } from './use-live-captures.ts';
import { useRealm } from './use-realm.ts';

const PER_PAGE = 50;
const route = getRouteApi('/console/captures');

/** Every capture, newest first; new ones come in by themselves while the first page is shown without filters. */
export function CapturesPage() {
  const realm = useRealm();
  const { realm: _realm, ...search } = route.useSearch();
  const navigate = route.useNavigate();
  const query = { ...search, realm, limit: PER_PAGE };
  const captures = useQuery(capturesQuery(query));
  const filtered = Object.values(search).some((value) => value !== undefined);
  const live = useLiveCaptures(withQuery('/api/v1/console/stream', { realm }), realm, () => void captures.refetch());
  const next = captures.data?.next;
  const showLive = () => {
    live.clear();
    void captures.refetch();
  };
  return (
    <Page
      title="Captures"
      lead="What peers did to decoys, as it came. Texts are shown inert."
      actions={<LiveState state={live.state} />}
    >
      <CaptureFilters search={search} />
      {filtered && live.rows.length > 0 ? (
        <Button variant="light" size="compact-sm" onClick={showLive}>
          {plural(live.rows.length, 'newer capture')}: search again
        </Button>
      ) : null}
      <Answer of={captures} what="the captures">
        {(page) => {
          const known = new Set(page.captures.map(({ id }) => id));
          const fresh = filtered ? [] : live.rows.filter(({ id }) => !known.has(id));
          const rows = [...fresh, ...page.captures];
          return rows.length === 0 ? (
            <Empty>{filtered ? 'No capture matches this search.' : 'Nothing has touched a decoy yet.'}</Empty>
          ) : (
            <CaptureTable captures={rows} />
          );
        }}
      </Answer>
      <nav className="sd-row" aria-label="More captures">
        {search.cursor === undefined ? null : (
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => void navigate({ search: { ...search, cursor: undefined } })}
          >
            Newest
          </Button>
        )}
        {next === undefined ? null : (
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => void navigate({ search: { ...search, cursor: next } })}
          >
            Older
          </Button>
        )}
      </nav>
    </Page>
  );
}
