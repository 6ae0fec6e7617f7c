import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { mailboxQuery } from '../api/public-queries.ts';
import type { Mailbox } from '../api/types.ts';
import { Answer } from '../components/answer.tsx';
import { Empty } from '../components/feedback.tsx';
import { Page } from '../components/page.tsx';
import { Panel } from '../components/panel.tsx';
import { Time } from '../components/time.tsx';
import { MailView } from './mail-view.tsx';
import './mailbox-page.css';

const route = getRouteApi('/mailbox');

/** The mails that the demonstration's alerts produced. They left this machine for nowhere. */
export function MailboxPage() {
  const { mail } = route.useSearch();
  const mailbox = useQuery(mailboxQuery);
  return (
    <Page
      title="Demonstration mailbox"
      lead="The e-mails that the simulated outbreak’s alerts produced, as a subscriber would get them. They went to this page only."
    >
      <Answer of={mailbox} what="the mailbox">
        {({ mails }) =>
          mails.length === 0 ? (
            <Empty>No mail yet. The first alert comes a few seconds after the demonstration has begun.</Empty>
          ) : (
            <div className="sd-mailbox">
              <Panel title={`Mails (${mails.length})`}>
                <MailList mails={mails} open={mail ?? mails[0]?.id} />
              </Panel>
              <MailView mail={mails.find(({ id }) => id === (mail ?? mails[0]?.id))} />
            </div>
          )
        }
      </Answer>
    </Page>
  );
}

function MailList({ mails, open }: { readonly mails: Mailbox['mails']; readonly open: string | undefined }) {
  return (
    <ul className="sd-plain sd-mail-list">
      {mails.map((mail) => (
        <li key={mail.id}>
          <Link to="/mailbox" search={{ mail: mail.id }} aria-current={mail.id === open ? 'true' : undefined}>
            <strong>{mail.subject}</strong>
            <span className="sd-soft sd-small">
              {mail.to} · <Time at={mail.at} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
