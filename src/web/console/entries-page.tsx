import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useCallback } from 'react';
import { entriesQuery } from '../api/console-queries.ts';
import type { EntryPage } from '../api/types.ts';
import { networkWord } from '../api/words.ts';
import { Answer } from '../components/answer.tsx';
import { Empty } from '../components/feedback.tsx';
import { plural } from '../components/format.ts';
import { Page } from '../components/page.tsx';
import { Pager } from '../components/pager.tsx';
import { RowsTable } from '../components/rows-table.tsx';
import { SearchField } from '../components/search-field.tsx';
import { SeverityTag } from '../components/severity-tag.tsx';
import { Tag } from '../components/tag.tsx';
import { Time } from '../components/time.tsx';
import { useRealm } from './use-realm.ts';

const PER_PAGE = 30;
const HEADS = ['Entry', 'Networks', 'Severity', 'TLP', { word: 'Revision', as: 'number' }, 'Changed'] as const;
const route = getRouteApi('/console/threats');

/** Every entry of the knowledge base, also those that are for analysts alone or were merged. */
export function EntriesPage() {
  const { q, page = 1 } = route.useSearch();
  const navigate = route.useNavigate();
  const realm = useRealm();
  const entries = useQuery(entriesQuery({ realm, q, limit: PER_PAGE, offset: (page - 1) * PER_PAGE }));
  const onText = useCallback(
    (text: string | undefined) =>
      void navigate({ search: (before) => ({ ...before, q: text, page: undefined }), replace: true }),
    [navigate],
  );
  return (
    <Page
      title="Entries"
      lead="The whole knowledge base, also what is for analysts alone and what was merged."
      actions={<Link to="/console/drafts/new">New entry</Link>}
    >
      <search className="sd-filters" aria-label="Find entries">
        <SearchField label="Search" value={q} placeholder="Name, alias, variant, lure …" onChange={onText} />
      </search>
      <Answer of={entries} what="the entries">
        {({ entries: rows, total }) => (
          <>
            <p className="sd-soft sd-small" role="status">
              {plural(total, 'entry', 'entries')}
            </p>
            {rows.length === 0 ? (
              <Empty>No entry holds this.</Empty>
            ) : (
              <RowsTable heads={HEADS}>
                {rows.map((one) => (
                  <Row key={one.id} entry={one} />
                ))}
              </RowsTable>
            )}
            <Pager
              page={page}
              pages={Math.ceil(total / PER_PAGE)}
              onPage={(next) => void navigate({ search: (before) => ({ ...before, page: next }) })}
            />
          </>
        )}
      </Answer>
    </Page>
  );
}

function Row({ entry }: { readonly entry: EntryPage['entries'][number] }) {
  return (
    <tr>
      <td className="sd-wide">
        <Link to="/console/threats/$id/edit" params={{ id: entry.id }}>
          {entry.name}
        </Link>{' '}
        {entry.mergedInto === undefined ? null : <Tag>merged</Tag>} {entry.confirmed ? null : <Tag>unconfirmed</Tag>}
        <div className="sd-soft sd-small">{entry.id}</div>
      </td>
      <td data-label="Networks">{entry.networks.map(networkWord).join(', ')}</td>
      <td className="sd-tight" data-label="Severity">
        <SeverityTag severity={entry.severity} />
      </td>
      <td className="sd-tight" data-label="TLP">
        <Tag tone={entry.tlp === 'clear' ? 'green' : 'orange'}>{entry.tlp.toUpperCase()}</Tag>
      </td>
      <td className="sd-right" data-label="Revision">
        {entry.revision}
      </td>
      <td className="sd-tight" data-label="Changed">
        <Time at={entry.updatedAt} as="ago" />
      </td>
    </tr>
  );
}
