import { Page } from '../components/page.tsx';
import { Panel } from '../components/panel.tsx';
import { MailForm } from './mail-form.tsx';
import { XmppForm } from './xmpp-form.tsx';

/** The two ways alerts leave by. */
export function MailPage() {
  return (
    <Page title="Mail and IM" lead="How alerts leave this Sundew. Without either, warnings stay on the board.">
      <Panel title="Outgoing mail (SMTP)">
        <MailForm />
      </Panel>
      <Panel title="XMPP account for alerts">
        <XmppForm />
      </Panel>
    </Page>
  );
}
