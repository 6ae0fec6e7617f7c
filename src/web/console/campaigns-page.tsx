import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { campaignsQuery } from '../api/console-queries.ts';
import { Answer } from '../components/answer.tsx';
import { Empty } from '../components/feedback.tsx';
import { Page } from '../components/page.tsx';
import { Pager } from '../components/pager.tsx';
import { CampaignTable } from './campaign-table.tsx';
import { useRealm } from './use-realm.ts';

const PER_PAGE = 30;
const route = getRouteApi('/console/campaigns');

/** Campaigns: captures that say the same thing. */
export function CampaignsPage() {
  const realm = useRealm();
  const { page = 1 } = route.useSearch();
  const navigate = route.useNavigate();
  const campaigns = useQuery(campaignsQuery({ realm, limit: PER_PAGE, offset: (page - 1) * PER_PAGE }));
  return (
    <Page title="Campaigns" lead="Captures that say nearly the same thing, whoever sent them.">
      <Answer of={campaigns} what="the campaigns">
        {({ campaigns: rows, total }) => (
          <>
            {rows.length === 0 ? <Empty>No campaign yet.</Empty> : <CampaignTable campaigns={rows} />}
            <Pager
              page={page}
              pages={Math.ceil(total / PER_PAGE)}
              onPage={(next) => void navigate({ search: { page: next } })}
            />
          </>
        )}
      </Answer>
    </Page>
  );
}
