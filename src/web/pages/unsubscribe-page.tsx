import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { kindsToStopQuery } from '../api/public-queries.ts';
import { Answer } from '../components/answer.tsx';
import { Empty } from '../components/feedback.tsx';
import { Page } from '../components/page.tsx';
import { Panel } from '../components/panel.tsx';
import { StopForm } from './stop-form.tsx';

const route = getRouteApi('/unsubscribe/$token');

/** The end of a subscription, or of a part of it. */
export function UnsubscribePage() {
  const { token } = route.useParams();
  const { only } = route.useSearch();
  const kinds = useQuery(kindsToStopQuery(token));
  return (
    <Page title="Stop messages" lead="Press the button, and no more of it goes to this address.">
      <Panel title="No more messages">
        <Answer of={kinds} what="what comes">
          {({ kinds: list }) =>
            list.length === 0 ? (
              <Empty>Nothing comes to this address any more.</Empty>
            ) : (
              <StopForm token={token} kinds={list} only={only} />
            )
          }
        </Answer>
      </Panel>
    </Page>
  );
}
