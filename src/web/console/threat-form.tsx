import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { type FormEvent, useEffect, useState } from 'react';
import { sendJson, withQuery } from '../api/client.ts';
import type { Realm, Threat, ThreatEdit } from '../api/types.ts';
import { Panel } from '../components/panel.tsx';
import { FaultsProvider, useFormFaults } from '../form/faults-context.tsx';
import { TextField } from '../form/fields.tsx';
import { useUnsaved } from '../form/use-unsaved.ts';
import { EntryForm } from './entry/entry-form.tsx';
import { Preview } from './entry/preview.tsx';
import { SaveProblem } from './entry/save-problem.tsx';
import { useEntry } from './entry/use-entry.ts';
import './decoys.css';

interface Props {
  readonly threat: Threat;
  readonly realm: Realm;
  readonly onReload: () => void;
  /** Told whether something is not saved. */
  readonly onUnsaved: (unsaved: boolean) => void;
}

/** The form. When another revision came in between, nothing is overwritten: the two have to be looked at. */
export function ThreatForm({ threat, realm, onReload, onUnsaved }: Props) {
  const client = useQueryClient();
  const router = useRouter();
  const { entry, set, changed } = useEntry(threat.entry);
  const [reason, setReason] = useState('');
  const save = useMutation({
    mutationFn: (edit: ThreatEdit) =>
      sendJson<unknown>('PUT', withQuery(`/api/v1/threats/${encodeURIComponent(threat.id)}`, { realm }), edit),
    onSuccess: async () => {
      client.removeQueries({ queryKey: ['threat', threat.id] });
      await client.invalidateQueries({ queryKey: ['threats'] });
      await router.navigate({ to: '/threats/$id', params: { id: threat.id }, ignoreBlocker: true });
    },
  });
  const faults = useFormFaults(save.error);
  useUnsaved(changed && !save.isSuccess);
  useEffect(() => onUnsaved(changed), [onUnsaved, changed]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ revision: threat.revision, reason, entry });
  };
  return (
    <FaultsProvider of={faults}>
      <form onSubmit={submit} className="sd-stack" noValidate>
        <EntryForm entry={entry} set={set} />
        <Preview entry={entry} />
        <Panel title="Save">
          <div className="sd-form-wide">
            <p className="sd-soft">
              This is made of revision {threat.revision}
              {changed ? '.' : ', and nothing is changed yet.'}
            </p>
            <TextField path="reason" label="Reason for the change" required value={reason} onChange={setReason} />
            <SaveProblem key={save.submittedAt} error={save.error} faults={faults} onReload={onReload} />
            <div>
              <Button type="submit" loading={save.isPending}>
                Save revision
              </Button>
            </div>
          </div>
        </Panel>
      </form>
    </FaultsProvider>
  );
}
