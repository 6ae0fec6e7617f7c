import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { threatsQuery } from '../api/public-queries.ts';
import { Answer } from '../components/answer.tsx';
import { Empty } from '../components/feedback.tsx';
import { plural } from '../components/format.ts';
import { Page } from '../components/page.tsx';
import { Pager } from '../components/pager.tsx';
import { RowsTable } from '../components/rows-table.tsx';
import { ThreatFilters } from './threat-filters.tsx';
import { ThreatRow } from './threat-row.tsx';
import { UnderReview } from './under-review.tsx';

const HEADS = ['Threat', 'Type', 'Networks', 'Severity', 'Status', 'First seen', 'Sightings'] as const;

const PER_PAGE = 30;
const route = getRouteApi('/threats');

/** The knowledge base: worms, spim campaigns, malware families and lures, today's and history's. */
export function ThreatsPage() {
  const { page = 1, ...search } = route.useSearch();
  const navigate = route.useNavigate();
  const threats = useQuery(threatsQuery({ ...search, limit: PER_PAGE, offset: (page - 1) * PER_PAGE }));
  return (
    <Page
      title="Threats"
      lead="What is known: worms, campaigns, families and lures of instant messaging and peer-to-peer networks, from 1997 on."
    >
      <ThreatFilters search={search} />
      <Answer of={threats} what="the threats">
        {({ threats: rows, total }) => (
          <>
            <p className="sd-soft sd-small" role="status">
              {plural(total, 'threat')}
            </p>
            {rows.length === 0 ? (
              <Empty>Nothing known matches this search.</Empty>
            ) : (
              <RowsTable heads={HEADS}>
                {rows.map((threat) => (
                  <ThreatRow key={threat.id} threat={threat} />
                ))}
              </RowsTable>
            )}
            <Pager
              page={page}
              pages={Math.ceil(total / PER_PAGE)}
              onPage={(next) => void navigate({ search: { ...search, page: next } })}
            />
          </>
        )}
      </Answer>
      <UnderReview />
    </Page>
  );
}
