import { TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { sendJson } from '../api/client.ts';
import type { Status } from '../api/types.ts';
import { ConfirmButton } from '../components/confirm-button.tsx';
import { Facts } from '../components/facts.tsx';
import { Panel } from '../components/panel.tsx';
import { Tag } from '../components/tag.tsx';

/** What decoys may do at most, and the switch that drops all of them to observing. */
export function EngagementPanel({ engagement }: { readonly engagement: Status['engagement'] }) {
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const stop = async () => {
    if (reason.trim() === '') throw new Error('Give a reason: it goes into the ledger.');
    await sendJson<unknown>('POST', '/api/v1/engagement/stop', { reason: reason.trim() });
    setReason('');
    await client.invalidateQueries();
  };
  return (
    <Panel title="Engagement">
      <Facts
        of={[
          [
            'State',
            engagement.stopped ? (
              <Tag key="stopped" tone="red">
                stopped
              </Tag>
            ) : (
              <Tag key="ruled" tone="green">
                by the rules
              </Tag>
            ),
          ],
          ['Highest level', engagement.ceiling],
        ]}
      />
      {engagement.stopped ? (
        <p className="sd-soft sd-small">
          All decoys only observe, over restarts too. Lift it at the machine itself with <code>sundew engagement</code>.
        </p>
      ) : (
        <ConfirmButton label="Stop engagement …" title="Stop engagement?" action="Stop now" onConfirm={stop}>
          <p>
            Every decoy drops to <em>observe</em> within a second and stays there, over restarts too. Capturing goes on.
          </p>
          <TextInput
            label="Reason, for the ledger"
            required
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </ConfirmButton>
      )}
    </Panel>
  );
}
