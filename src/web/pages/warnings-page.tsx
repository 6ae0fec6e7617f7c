import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { warningsQuery } from '../api/public-queries.ts';
import { Answer } from '../components/answer.tsx';
import { Empty } from '../components/feedback.tsx';
import { Page } from '../components/page.tsx';
import { WarningFilters } from './warning-filters.tsx';
import { WarningRow } from './warning-row.tsx';
import '../components/table.css';

const PER_PAGE = 50;
/** A retracted warning must not stay on an open page. */
const REFRESH_MS = 30_000;
const route = getRouteApi('/warnings');

/** All warnings, newest first. */
export function WarningsPage() {
  const search = route.useSearch();
  const warnings = useQuery({ ...warningsQuery({ ...search, limit: PER_PAGE }), refetchInterval: REFRESH_MS });
  return (
    <Page title="Warnings" lead="What is new or spreading, with the reason each warning was raised.">
      <WarningFilters search={search} />
      <Answer of={warnings} what="the warnings">
        {(page) =>
          page.warnings.length === 0 ? (
            <Empty>No warning matches. That is good news, or a narrow filter.</Empty>
          ) : (
            <div className="sd-panel">
              <div className="sd-table-box">
                <table className="sd-table sd-table-cards">
                  <thead>
                    <tr>
                      <th scope="col">Severity</th>
                      <th scope="col">Warning</th>
                      <th scope="col">Networks</th>
                      <th scope="col">Class</th>
                      <th scope="col">Growth</th>
                      <th scope="col">Decoys</th>
                      <th scope="col">Updated</th>
                    </tr>
                  </thead>
                  <tbody>
                    {page.warnings.map((warning) => (
                      <WarningRow key={warning.id} warning={warning} />
                    ))}
                  </tbody>
                </table>
              </div>
            </div>
          )
        }
      </Answer>
      <nav className="sd-row" aria-label="More warnings">
        {search.before === undefined ? null : (
          <Link to="/warnings" search={{ ...search, before: undefined }}>
            Newest
          </Link>
        )}
        {warnings.data?.next === undefined ? null : (
          <Link to="/warnings" search={{ ...search, before: warnings.data.next }}>
            Older
          </Link>
        )}
      </nav>
    </Page>
  );
}
