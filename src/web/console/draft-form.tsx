import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { sendJson, withQuery } from '../api/client.ts';
import type { Draft, ThreatRef } from '../api/types.ts';
import { Failure } from '../components/feedback.tsx';
import { Panel } from '../components/panel.tsx';
import { ThreatFactFields, ThreatTextFields } from './threat-fields.tsx';
import { useRealm } from './use-realm.ts';
import './decoys.css';

/** The form. Publishing takes what was saved last. */
export function DraftForm({ draft }: { readonly draft: Draft }) {
  const client = useQueryClient();
  const router = useRouter();
  const realm = useRealm();
  const [id, setId] = useState(draft.id);
  const [entry, setEntry] = useState(draft.entry);
  const [reason, setReason] = useState('');
  const path = `/api/v1/drafts/${draft.campaign}`;
  const { revision } = draft;
  const refresh = () => client.invalidateQueries({ queryKey: ['drafts'] });
  const save = useMutation({
    mutationFn: () => sendJson<Draft>('PUT', withQuery(path, { realm }), { revision, id, entry }),
    onSuccess: () => client.refetchQueries({ queryKey: ['draft', realm, draft.campaign] }),
  });
  const publish = useMutation({
    mutationFn: () => sendJson<ThreatRef>('POST', withQuery(`${path}/publish`, { realm }), { revision, reason }),
    onSuccess: async (made) => {
      await refresh();
      await router.navigate({ to: '/threats/$id', params: { id: made.id } });
    },
  });
  const dismiss = useMutation({
    mutationFn: () => sendJson<unknown>('POST', withQuery(`${path}/dismiss`, { realm }), { revision, reason }),
    onSuccess: async () => {
      await refresh();
      await router.navigate({ to: '/console/drafts' });
    },
  });
  const failure = save.error ?? publish.error ?? dismiss.error;
  const changed = id !== draft.id || entry !== draft.entry;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const set = (part: Partial<typeof entry>) => setEntry((before) => ({ ...before, ...part }));
  return (
    <form onSubmit={submit} className="sd-stack">
      <Panel title={`Draft, revision ${revision}`}>
        <div className="sd-stack">
          <TextInput
            label="Id"
            description="channel.family.network, as im.kelvir.msn"
            required
            pattern="[a-z0-9]+[.][a-z0-9-]+[.][a-z0-9-]+"
            value={id}
            onChange={(event) => setId(event.currentTarget.value)}
          />
          <ThreatFactFields entry={entry} set={set} />
          <ThreatTextFields entry={entry} set={set} />
          <div>
            <Button type="submit" variant="default" loading={save.isPending}>
              Save draft
            </Button>
          </div>
        </div>
      </Panel>
      <Panel title="Review">
        <div className="sd-form-wide">
          <TextInput
            label="Reason"
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {changed ? <p className="sd-soft">Save the draft first: what is published is what was saved.</p> : null}
          {failure === null ? null : <Failure error={failure} />}
          <div className="sd-row">
            <Button
              disabled={changed || reason.trim() === ''}
              loading={publish.isPending}
              onClick={() => publish.mutate()}
            >
              Publish as an entry
            </Button>
            <Button
              variant="default"
              disabled={reason.trim() === ''}
              loading={dismiss.isPending}
              onClick={() => dismiss.mutate()}
            >
              Dismiss
            </Button>
          </div>
        </div>
      </Panel>
    </form>
  );
}
