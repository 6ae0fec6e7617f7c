import { getRouteApi } from '@tanstack/react-router';
import { Page } from '../components/page.tsx';
import { Panel } from '../components/panel.tsx';
import { TokenForm } from './token-form.tsx';

const route = getRouteApi('/unsubscribe/$token');

/** The end of a subscription. */
export function UnsubscribePage() {
  const { token } = route.useParams();
  return (
    <Page title="Stop alerts" lead="Press the button, and no further alert goes to this address.">
      <Panel title="No more alerts">
        <TokenForm path="/api/v1/subscribers/stop" token={token} action="Stop alerts" />
      </Panel>
    </Page>
  );
}
