import { Page } from '../components/page.tsx';
import { Panel } from '../components/panel.tsx';
import { ImForm } from './im-form.tsx';
import { MailForm } from './mail-form.tsx';

/** The two ways alerts leave by. */
export function MailPage() {
  return (
    <Page title="Mail and IM" lead="How alerts leave this Sundew. Without either, warnings stay on the board.">
      <Panel title="Outgoing mail (SMTP)">
        <MailForm />
      </Panel>
      <Panel title="Accounts that send alerts by IM">
        <ImForm />
      </Panel>
    </Page>
  );
}
