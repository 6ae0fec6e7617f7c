// What merging and splitting have in common: a form with a reason, that leads to the entry it made or changed.
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useState } from 'react';
import { sendJson, withQuery } from '../api/client.ts';
import type { Threat, ThreatRef } from '../api/types.ts';
import { Panel } from '../components/panel.tsx';
import { FaultsProvider, useFormFaults } from '../form/faults-context.tsx';
import { TextField } from '../form/fields.tsx';
import { SaveProblem } from './entry/save-problem.tsx';
import { useRealm } from './use-realm.ts';
import './decoys.css';

export interface EntryAtDesk {
  readonly threat: Threat;
  /** The form above holds something that is not saved. */
  readonly unsaved: boolean;
}

interface MoveProps extends EntryAtDesk {
  readonly act: 'merge' | 'split';
  readonly title: string;
  readonly help: string;
  readonly button: string;
  /** What is sent beside the reason. */
  readonly what: Readonly<Record<string, string>>;
  readonly children: ReactNode;
}

/** The form; its fields are the children. */
export function MoveForm({ threat, unsaved, act, title, help, button, what, children }: MoveProps) {
  const realm = useRealm();
  const client = useQueryClient();
  const router = useRouter();
  const [reason, setReason] = useState('');
  const move = useMutation({
    mutationFn: () =>
      sendJson<ThreatRef>('POST', withQuery(`/api/v1/threats/${encodeURIComponent(threat.id)}/${act}`, { realm }), {
        ...what,
        reason,
      }),
    onSuccess: async (made) => {
      client.removeQueries({ queryKey: ['threat'] });
      await client.invalidateQueries({ queryKey: ['threats'] });
      await router.navigate({ to: '/console/threats/$id/edit', params: { id: made.id }, ignoreBlocker: true });
    },
  });
  const faults = useFormFaults(move.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    move.mutate();
  };
  return (
    <FaultsProvider of={faults}>
      <Panel title={title}>
        <form onSubmit={submit} className="sd-form-wide" noValidate>
          <p className="sd-soft">{help}</p>
          {children}
          <TextField path="reason" label={`Reason to ${act}`} required value={reason} onChange={setReason} />
          <SaveProblem key={move.submittedAt} error={move.error} faults={faults} onReload={() => move.reset()} />
          {unsaved ? <p className="sd-soft">Save what you changed above first.</p> : null}
          <div>
            <Button type="submit" variant="default" disabled={unsaved} loading={move.isPending}>
              {button}
            </Button>
          </div>
        </form>
      </Panel>
    </FaultsProvider>
  );
}
