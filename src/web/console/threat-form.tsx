import { Alert, Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { ApiFailure, sendJson } from '../api/client.ts';
import type { Threat, ThreatEdit } from '../api/types.ts';
import { Failure } from '../components/feedback.tsx';
import { Panel } from '../components/panel.tsx';
import { ThreatFactFields, ThreatTextFields } from './threat-fields.tsx';
import './decoys.css';

/** The form. When another revision came in between, nothing is overwritten: the two have to be looked at. */
export function ThreatForm({ threat }: { readonly threat: Threat }) {
  const client = useQueryClient();
  const router = useRouter();
  const [entry, setEntry] = useState(threat.entry);
  const [reason, setReason] = useState('');
  const save = useMutation({
    mutationFn: (edit: ThreatEdit) =>
      sendJson<unknown>('PUT', `/api/v1/threats/${encodeURIComponent(threat.id)}`, edit),
    onSuccess: async () => {
      client.removeQueries({ queryKey: ['threat', threat.id] });
      await client.invalidateQueries({ queryKey: ['threats'] });
      await router.navigate({ to: '/threats/$id', params: { id: threat.id } });
    },
  });
  const conflict = save.error instanceof ApiFailure && save.error.status === 409;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ revision: threat.revision, reason: reason.trim(), entry });
  };
  const set = (part: Partial<typeof entry>) => setEntry((before) => ({ ...before, ...part }));
  return (
    <form onSubmit={submit} className="sd-stack">
      <Panel title={`Entry, revision ${threat.revision}`}>
        <div className="sd-stack">
          <ThreatFactFields entry={entry} set={set} />
          <ThreatTextFields entry={entry} set={set} />
        </div>
      </Panel>
      <Panel title="Save">
        <div className="sd-form-wide">
          <TextInput
            label="Reason for the change"
            required
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {conflict ? (
            <Alert color="red" variant="light" role="alert" title="Somebody else changed it meanwhile">
              {save.error?.message} Copy what you want to keep, then load the newer revision.
              <div className="sd-retry">
                <Button
                  size="compact-sm"
                  variant="default"
                  onClick={() => void client.refetchQueries({ queryKey: ['threat', threat.id] })}
                >
                  Load the newer revision (drops this form)
                </Button>
              </div>
            </Alert>
          ) : save.isError ? (
            <Failure error={save.error} />
          ) : null}
          <div>
            <Button type="submit" loading={save.isPending}>
              Save revision
            </Button>
          </div>
        </div>
      </Panel>
    </form>
  );
}
