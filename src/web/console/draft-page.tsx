import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { draftQuery } from '../api/console-queries.ts';
import { Answer } from '../components/answer.tsx';
import { Page } from '../components/page.tsx';
import { DraftForm } from './draft-form.tsx';
import { useRealm } from './use-realm.ts';

const route = getRouteApi('/console/drafts/$campaign');

/** One draft: finish it, publish it, or dismiss it. */
export function DraftPage() {
  const { campaign } = route.useParams();
  const realm = useRealm();
  // While it is being edited the draft is not fetched anew: a refresh would take the ground from under the form.
  const draft = useQuery({ ...draftQuery(campaign, realm), staleTime: Number.POSITIVE_INFINITY });
  return (
    <Page
      title={draft.data?.entry.name ?? 'Draft'}
      lead="Readers see what the policy table releases of its warning until it is published, and nothing that you write here."
      actions={
        <Link to="/console/campaigns/$id" params={{ id: campaign }}>
          The campaign
        </Link>
      }
    >
      <Answer of={draft} what="the draft">
        {(data) => <DraftForm key={`${data.campaign} ${data.revision}`} draft={data} />}
      </Answer>
    </Page>
  );
}
