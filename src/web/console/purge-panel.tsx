import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { sendJson } from '../api/client.ts';
import { ConfirmButton } from '../components/confirm-button.tsx';
import { Panel } from '../components/panel.tsx';

/** Does away with everything that the range made. */
export function PurgePanel() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const purge = async () => {
    await sendJson<unknown>('POST', '/api/v1/simulated/purge', {});
    await navigate({ to: '/console', search: {} });
    await client.invalidateQueries();
  };
  return (
    <Panel title="Simulated data">
      <div className="sd-prose">
        <p className="sd-small sd-soft">The demonstration keeps its data apart. It can go at any time.</p>
        <ConfirmButton
          label="Purge simulated data …"
          title="Purge all simulated data?"
          action="Purge"
          onConfirm={purge}
        >
          <p>
            Simulated captures, campaigns, warnings, subscribers and their evidence are deleted for good. Live data is
            not touched.
          </p>
        </ConfirmButton>
      </div>
    </Panel>
  );
}
