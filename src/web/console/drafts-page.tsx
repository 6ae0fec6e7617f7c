import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { draftsQuery } from '../api/console-queries.ts';
import { Answer } from '../components/answer.tsx';
import { Empty } from '../components/feedback.tsx';
import { Page } from '../components/page.tsx';
import { SeverityTag } from '../components/severity-tag.tsx';
import { Tag } from '../components/tag.tsx';
import { Time } from '../components/time.tsx';
import { SuggestionsPanel } from './suggestions-panel.tsx';
import { useRealm } from './use-realm.ts';
import '../components/table.css';

/** Entries that campaigns started, and what imports offer for entries. */
export function DraftsPage() {
  const realm = useRealm();
  const drafts = useQuery(draftsQuery(realm));
  return (
    <Page
      title="Drafts"
      lead="Every new campaign that raises a warning starts an entry, filled from its captures. Finish it, then publish it."
    >
      <Answer of={drafts} what="the drafts">
        {({ drafts: rows }) =>
          rows.length === 0 ? (
            <Empty>No draft waits.</Empty>
          ) : (
            <div className="sd-panel">
              <div className="sd-table-box">
                <table className="sd-table">
                  <thead>
                    <tr>
                      <th scope="col">Draft</th>
                      <th scope="col">Severity</th>
                      <th scope="col">Changed</th>
                      <th scope="col">State</th>
                    </tr>
                  </thead>
                  <tbody>
                    {rows.map((draft) => (
                      <tr key={draft.campaign}>
                        <td>
                          <Link to="/console/drafts/$campaign" params={{ campaign: draft.campaign }}>
                            {draft.entry.name}
                          </Link>
                        </td>
                        <td>
                          <SeverityTag severity={draft.entry.severity} />
                        </td>
                        <td className="sd-tight">
                          <Time at={draft.updatedAt} />
                        </td>
                        <td>{draft.touched ? <Tag tone="blue">in work</Tag> : <Tag>from captures</Tag>}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            </div>
          )
        }
      </Answer>
      <SuggestionsPanel />
    </Page>
  );
}
