import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { warningsQuery } from '../api/public-queries.ts';
import { Answer } from '../components/answer.tsx';
import { Empty } from '../components/feedback.tsx';
import { Page } from '../components/page.tsx';
import { RowsTable } from '../components/rows-table.tsx';
import { WarningFilters } from './warning-filters.tsx';
import { WarningRow } from './warning-row.tsx';

const HEADS = ['Severity', 'Warning', 'Networks', 'Class', 'Growth', 'Decoys', 'Updated'] as const;

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
            <RowsTable heads={HEADS}>
              {page.warnings.map((warning) => (
                <WarningRow key={warning.id} warning={warning} />
              ))}
            </RowsTable>
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
