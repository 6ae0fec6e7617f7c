import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { threatQuery } from '../api/public-queries.ts';
import { Answer } from '../components/answer.tsx';
import { Page } from '../components/page.tsx';
import { ThreatDesk } from './threat-desk.tsx';
import { ThreatForm } from './threat-form.tsx';

const route = getRouteApi('/console/threats/$id/edit');

/** Changes a threat's entry; every change is a revision with a reason. */
export function ThreatEditPage() {
  const { id } = route.useParams();
  // While it is being edited the entry is not fetched anew: a refresh would take the ground from under the form.
  const threat = useQuery({ ...threatQuery(id), staleTime: Number.POSITIVE_INFINITY });
  return (
    <Page
      title={`Edit ${threat.data?.entry.name ?? 'threat'}`}
      lead="Every change is kept as a revision, with your name and the reason."
      actions={
        <Link to="/threats/$id" params={{ id }}>
          Back to the threat
        </Link>
      }
    >
      <Answer of={threat} what="the threat">
        {(data) => (
          <>
            <ThreatForm key={`${data.id} ${data.revision}`} threat={data} />
            <ThreatDesk key={`desk ${data.id} ${data.revision}`} threat={data} />
          </>
        )}
      </Answer>
    </Page>
  );
}
