import { useQuery } from '@tanstack/react-query';
import { boardQuery } from '../api/public-queries.ts';
import { Answer } from '../components/answer.tsx';
import { Empty } from '../components/feedback.tsx';
import { Page } from '../components/page.tsx';
import { Panel } from '../components/panel.tsx';
import { SubscribeForm } from './subscribe-form.tsx';

/** Asking for alerts. */
export function SubscribePage() {
  const board = useQuery(boardQuery);
  return (
    <Page
      title="Subscribe"
      lead="A short alert when something new is spreading: what it is, whom it hits, how to avoid it."
    >
      <div className="sd-split">
        <Panel title="Where shall alerts go?">
          <Answer of={board} what="the form">
            {({ subscribeChannels }) =>
              subscribeChannels.length === 0 ? (
                <Empty>
                  This Sundew cannot send alerts yet: its operator has set up neither outgoing mail nor an account for
                  instant messages. The warnings are on the board meanwhile.
                </Empty>
              ) : (
                <SubscribeForm channels={subscribeChannels} />
              )
            }
          </Answer>
        </Panel>
        <Panel title="How it works">
          <ol className="sd-list">
            <li>You give an address. Nothing is sent to it yet but one question.</li>
            <li>
              The question holds a link. Only when its button is pressed do alerts begin, so nobody can sign you up.
            </li>
            <li>Every alert says how to stop. One click is enough, without signing in.</li>
            <li>The address is used for alerts and for nothing else, and is forgotten when you stop.</li>
          </ol>
        </Panel>
      </div>
    </Page>
  );
}
