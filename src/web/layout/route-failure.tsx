import type { ErrorComponentProps } from '@tanstack/react-router';
import { Failure } from '../components/feedback.tsx';
import { Page } from '../components/page.tsx';

/** A page that could not be shown: most often its file did not arrive, so loading anew helps. */
export function RouteFailure({ error }: ErrorComponentProps) {
  return (
    <Page title="This page could not be shown">
      <Failure error={error} retry={() => window.location.reload()} />
    </Page>
  );
}
