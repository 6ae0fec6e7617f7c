import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { sendJson, withQuery } from '../api/client.ts';
import type { Draft, ThreatRef } from '../api/types.ts';
import { Panel } from '../components/panel.tsx';
import { FaultsProvider, useFormFaults } from '../form/faults-context.tsx';
import { TextField } from '../form/fields.tsx';
import { SaveProblem } from './entry/save-problem.tsx';
import { useRealm } from './use-realm.ts';

interface Props {
  /** As it is stored. */
  readonly draft: Draft;
  /** The form holds something else. */
  readonly changed: boolean;
  readonly onDecide: () => void;
  readonly onReload: () => void;
}

/** The review: publish what was saved, or dismiss it; either with a reason. */
export function DraftReview({ draft, changed, onDecide, onReload }: Props) {
  const client = useQueryClient();
  const router = useRouter();
  const realm = useRealm();
  const [reason, setReason] = useState('');
  const decide = useMutation({
    mutationFn: (how: 'publish' | 'dismiss') =>
      sendJson<ThreatRef>('POST', withQuery(`/api/v1/drafts/${draft.campaign}/${how}`, { realm }), {
        revision: draft.revision,
        reason,
      }),
    onSuccess: async (made, how) => {
      onDecide();
      await Promise.all(
        ['drafts', 'draft', 'threats'].map((key) => client.invalidateQueries({ queryKey: [key], refetchType: 'none' })),
      );
      await (how === 'publish'
        ? router.navigate({ to: '/threats/$id', params: { id: made.id }, ignoreBlocker: true })
        : router.navigate({ to: '/console/drafts', ignoreBlocker: true }));
    },
  });
  const faults = useFormFaults(decide.error);
  const { tlp } = draft.entry;
  return (
    <FaultsProvider of={faults}>
      <Panel title="Review">
        <form className="sd-form-wide" noValidate onSubmit={(event) => event.preventDefault()}>
          <p className="sd-soft">
            {tlp === 'clear'
              ? 'Published, everybody reads it: it is TLP:CLEAR.'
              : `Published, analysts alone read it: it is TLP:${tlp.toUpperCase()}. Choose CLEAR for everybody.`}
          </p>
          <TextField path="reason" label="Reason" required value={reason} onChange={setReason} />
          {changed ? <p className="sd-soft">Save the draft first: what is published is what was saved.</p> : null}
          <SaveProblem key={decide.submittedAt} error={decide.error} faults={faults} onReload={onReload} />
          <div className="sd-row">
            <Button disabled={changed} loading={decide.isPending} onClick={() => decide.mutate('publish')}>
              Publish as an entry
            </Button>
            <Button variant="default" disabled={decide.isPending} onClick={() => decide.mutate('dismiss')}>
              Dismiss
            </Button>
          </div>
        </form>
      </Panel>
    </FaultsProvider>
  );
}
