import { getRouteApi } from '@tanstack/react-router';
import { Page } from '../components/page.tsx';
import { Panel } from '../components/panel.tsx';
import { TokenForm } from './token-form.tsx';

const route = getRouteApi('/confirm/$token');

/** The second half of subscribing. */
export function ConfirmPage() {
  const { token } = route.useParams();
  return (
    <Page title="Confirm your subscription" lead="Messages begin when you press the button, and only then.">
      <Panel title="Yes, send me what I asked for">
        <TokenForm path="/api/v1/subscribers/confirm" token={token} action="Confirm" />
      </Panel>
    </Page>
  );
}
