import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { entryQuery } from '../api/console-queries.ts';
import { Answer } from '../components/answer.tsx';
import { Page } from '../components/page.tsx';
import { ThreatDesk } from './threat-desk.tsx';
import { ThreatForm } from './threat-form.tsx';
import { useRealm } from './use-realm.ts';

const route = getRouteApi('/console/threats/$id/edit');

/** Changes a threat's entry; every change is a revision with a reason. */
export function ThreatEditPage() {
  const { id } = route.useParams();
  const realm = useRealm();
  const threat = useQuery(entryQuery(id, realm));
  const [round, setRound] = useState(0);
  const [unsaved, setUnsaved] = useState(false);
  const reload = () => void threat.refetch().then(() => setRound((before) => before + 1));
  return (
    <Page
      title={`Edit ${threat.data?.entry.name ?? 'threat'}`}
      lead="Every change is kept as a revision, with your name and the reason."
      actions={
        <>
          <Link to="/threats/$id" params={{ id }}>
            Back to the threat
          </Link>
          <Link to="/console/threats">All entries</Link>
        </>
      }
    >
      <Answer of={threat} what="the threat">
        {(data) => (
          <>
            <ThreatForm
              key={`${id} ${realm} ${round}`}
              threat={data}
              realm={realm}
              onReload={reload}
              onUnsaved={setUnsaved}
            />
            <ThreatDesk key={`desk ${id} ${data.revision}`} threat={data} unsaved={unsaved} />
          </>
        )}
      </Answer>
    </Page>
  );
}
