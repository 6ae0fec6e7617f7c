import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { draftQuery } from '../api/console-queries.ts';
import { Answer } from '../components/answer.tsx';
import { Empty } from '../components/feedback.tsx';
import { Page } from '../components/page.tsx';
import { DraftForm } from './draft-form.tsx';
import { useRealm } from './use-realm.ts';

const route = getRouteApi('/console/drafts/$campaign');

/** One draft: finish it, publish it, or dismiss it. */
export function DraftPage() {
  const { campaign } = route.useParams();
  const realm = useRealm();
  // While it is being edited the draft is not fetched anew: a refresh would take the ground from under the form.
  const draft = useQuery({ ...draftQuery(campaign, realm), staleTime: Number.POSITIVE_INFINITY, gcTime: 0 });
  const [round, setRound] = useState(0);
  const reload = () => void draft.refetch().then(() => setRound((before) => before + 1));
  return (
    <Page
      title={draft.data?.entry.name ?? 'Draft'}
      lead="Readers see what the policy table releases of its warning until it is published, and nothing that you write here."
      actions={
        draft.data?.ofCampaign === true ? (
          <Link to="/console/campaigns/$id" params={{ id: campaign }}>
            The campaign
          </Link>
        ) : (
          <Link to="/console/drafts">All drafts</Link>
        )
      }
    >
      <Answer of={draft} what="the draft">
        {(data) =>
          data.state === 'open' ? (
            <DraftForm key={`${campaign} ${round}`} draft={data} onReload={reload} />
          ) : (
            <Empty>
              This draft was {data.state}.{' '}
              {data.threat === undefined ? null : (
                <Link to="/console/threats/$id/edit" params={{ id: data.threat }}>
                  Edit the entry
                </Link>
              )}
            </Empty>
          )
        }
      </Answer>
    </Page>
  );
}
