import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { draftsQuery } from '../api/console-queries.ts';
import { Answer } from '../components/answer.tsx';
import { Empty } from '../components/feedback.tsx';
import { Page } from '../components/page.tsx';
import { RowsTable } from '../components/rows-table.tsx';
import { SeverityTag } from '../components/severity-tag.tsx';
import { Tag } from '../components/tag.tsx';
import { Time } from '../components/time.tsx';
import { SuggestionsPanel } from './suggestions-panel.tsx';
import { useRealm } from './use-realm.ts';

const HEADS = ['Draft', 'Severity', 'Changed', 'State'] as const;

/** Entries that campaigns started, and what imports offer for entries. */
export function DraftsPage() {
  const realm = useRealm();
  const drafts = useQuery(draftsQuery(realm));
  return (
    <Page
      title="Drafts"
      lead="Every new campaign that raises a warning starts an entry, filled from its captures. Finish it, then publish it."
      actions={<Link to="/console/drafts/new">New entry</Link>}
    >
      <Answer of={drafts} what="the drafts">
        {({ drafts: rows }) =>
          rows.length === 0 ? (
            <Empty>No draft waits.</Empty>
          ) : (
            <RowsTable heads={HEADS}>
              {rows.map((draft) => (
                <tr key={draft.campaign}>
                  <td className="sd-wide">
                    <Link to="/console/drafts/$campaign" params={{ campaign: draft.campaign }}>
                      {draft.entry.name}
                    </Link>
                  </td>
                  <td data-label="Severity">
                    <SeverityTag severity={draft.entry.severity} />
                  </td>
                  <td className="sd-tight" data-label="Changed">
                    <Time at={draft.updatedAt} />
                  </td>
                  <td data-label="State">
                    {draft.touched ? <Tag tone="blue">in work</Tag> : <Tag>from captures</Tag>}
                  </td>
                </tr>
              ))}
            </RowsTable>
          )
        }
      </Answer>
      <SuggestionsPanel />
    </Page>
  );
}
