import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { sendJson, withQuery } from '../api/client.ts';
import type { Draft, ThreatEntry } from '../api/types.ts';
import { Page } from '../components/page.tsx';
import { Panel } from '../components/panel.tsx';
import { FaultsProvider, useFormFaults } from '../form/faults-context.tsx';
import { useUnsaved } from '../form/use-unsaved.ts';
import { EntryForm } from './entry/entry-form.tsx';
import { IdField } from './entry/id-field.tsx';
import { SaveProblem } from './entry/save-problem.tsx';
import { useEntry } from './entry/use-entry.ts';
import { useRealm } from './use-realm.ts';
import './decoys.css';

const BLANK: ThreatEntry = {
  ...{ name: '', aliases: [], type: '', networks: [], firstSeen: '', status: 'emerging', severity: 'medium' },
  ...{
    severityReason: '',
    confirmed: false,
    tlp: 'amber',
    vectors: [],
    summary: '',
    lure: '',
    payload: '',
    atRisk: '',
  },
  ...{ avoid: [], remove: [], notes: '', techniques: [], references: [], source: '' },
};

/** An entry from nothing: it begins as a draft, and is reviewed like every other one. */
export function NewEntryPage() {
  const realm = useRealm();
  const client = useQueryClient();
  const router = useRouter();
  const [id, setId] = useState('');
  const { entry, set, changed } = useEntry(BLANK);
  const save = useMutation({
    mutationFn: () => sendJson<Draft>('POST', withQuery('/api/v1/drafts', { realm }), { id, entry }),
    onSuccess: async ({ campaign }) => {
      await client.invalidateQueries({ queryKey: ['drafts'] });
      await router.navigate({
        to: '/console/drafts/$campaign',
        params: { campaign },
        replace: true,
        ignoreBlocker: true,
      });
    },
  });
  const faults = useFormFaults(save.error);
  useUnsaved((changed || id !== '') && !save.isSuccess);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Page
      title="New entry"
      lead="It begins as a draft that analysts alone see. Write as much as you know, and go on later."
    >
      <FaultsProvider of={faults}>
        <form onSubmit={submit} className="sd-stack" noValidate>
          <IdField value={id} onChange={setId} />
          <EntryForm entry={entry} set={set} />
          <Panel title="Save the draft">
            <div className="sd-form-wide">
              <SaveProblem key={save.submittedAt} error={save.error} faults={faults} onReload={() => save.reset()} />
              <div>
                <Button type="submit" loading={save.isPending}>
                  Save draft
                </Button>
              </div>
            </div>
          </Panel>
        </form>
      </FaultsProvider>
    </Page>
  );
}
