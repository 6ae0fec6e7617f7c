import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { sendJson, withQuery } from '../api/client.ts';
import type { Draft } from '../api/types.ts';
import { Done } from '../components/feedback.tsx';
import { Panel } from '../components/panel.tsx';
import { FaultsProvider, useFormFaults } from '../form/faults-context.tsx';
import { useUnsaved } from '../form/use-unsaved.ts';
import { DraftReview } from './draft-review.tsx';
import { EntryForm } from './entry/entry-form.tsx';
import { IdField } from './entry/id-field.tsx';
import { Preview } from './entry/preview.tsx';
import { SaveProblem } from './entry/save-problem.tsx';
import { useEntry } from './entry/use-entry.ts';
import { useRealm } from './use-realm.ts';
import './decoys.css';

interface Props {
  readonly draft: Draft;
  readonly onReload: () => void;
}

/** The form. Publishing takes what was saved last. */
export function DraftForm({ draft: given, onReload }: Props) {
  const client = useQueryClient();
  const realm = useRealm();
  const [draft, setDraft] = useState(given);
  const [id, setId] = useState(draft.id);
  const { entry, set, changed: written } = useEntry(draft.entry);
  const [left, setLeft] = useState(false);
  const path = `/api/v1/drafts/${draft.campaign}`;
  const save = useMutation({
    mutationFn: () => sendJson<Draft>('PUT', withQuery(path, { realm }), { revision: draft.revision, id, entry }),
    onSuccess: async (stored) => {
      setDraft({ ...stored, entry });
      setId(stored.id);
      client.setQueryData(['draft', realm, draft.campaign], stored);
      await client.invalidateQueries({ queryKey: ['drafts'] });
    },
  });
  const faults = useFormFaults(save.error);
  const changed = written || id !== draft.id;
  useUnsaved(changed && !left);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <div className="sd-stack">
      <FaultsProvider of={faults}>
        <form onSubmit={submit} className="sd-stack" noValidate>
          <IdField value={id} onChange={setId} />
          <EntryForm entry={entry} set={set} />
          <Panel title="Save the draft">
            <div className="sd-form-wide">
              <p className="sd-soft">Nobody but analysts sees a draft. This is made of revision {draft.revision}.</p>
              <SaveProblem key={save.submittedAt} error={save.error} faults={faults} onReload={onReload} />
              {save.isSuccess && !changed ? <Done>Saved as revision {draft.revision}.</Done> : null}
              <div>
                <Button type="submit" variant="default" loading={save.isPending}>
                  Save draft
                </Button>
              </div>
            </div>
          </Panel>
        </form>
      </FaultsProvider>
      <Preview entry={entry} />
      <DraftReview draft={draft} changed={changed} onDecide={() => setLeft(true)} onReload={onReload} />
    </div>
  );
}
