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
      lead="A short alert when something new is spreading: what it is, whom it hits, how to avoid it. And, if you like, what a month or quarter brought."
    >
      <div className="sd-split">
        <Panel title="What shall go where?">
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
            <li>You give an address and tick what shall come. Nothing is sent yet but one question.</li>
            <li>
              The question holds a link. Only when its button is pressed do messages begin, so nobody can sign you up.
            </li>
            <li>Every message says how to stop. One click is enough, without signing in.</li>
            <li>The address is used for what you tick and for nothing else, and gets nothing more when you stop.</li>
          </ol>
        </Panel>
      </div>
    </Page>
  );
}
