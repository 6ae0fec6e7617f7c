import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { sendJson, withQuery } from '../api/client.ts';
import { threatDiffQuery } from '../api/console-queries.ts';
import type { Threat, ThreatRef } from '../api/types.ts';
import { Answer } from '../components/answer.tsx';
import { Failure } from '../components/feedback.tsx';
import { Panel } from '../components/panel.tsx';
import { useRealm } from './use-realm.ts';
import './decoys.css';
import './threat-desk.css';

/** What an analyst does with whole entries: compares revisions, merges, splits. */
export function ThreatDesk({ threat }: { readonly threat: Threat }) {
  return (
    <>
      <Revisions threat={threat} />
      <Move threat={threat} act="merge" />
      <Move threat={threat} act="split" />
    </>
  );
}

function Revisions({ threat }: { readonly threat: Threat }) {
  const realm = useRealm();
  const [to, setTo] = useState(threat.revision);
  const [from, setFrom] = useState(Math.max(1, threat.revision - 1));
  const diff = useQuery({ ...threatDiffQuery(threat.id, from, to, realm), enabled: from !== to });
  const numbers = threat.revisions.map(({ revision }) => String(revision));
  return (
    <Panel title="Compare revisions">
      <div className="sd-form-wide">
        <div className="sd-row">
          <NativeSelect
            label="From"
            data={numbers}
            value={String(from)}
            onChange={(event) => setFrom(Number(event.currentTarget.value))}
          />
          <NativeSelect
            label="To"
            data={numbers}
            value={String(to)}
            onChange={(event) => setTo(Number(event.currentTarget.value))}
          />
        </div>
        {from === to ? (
          <p className="sd-soft">Choose two revisions.</p>
        ) : (
          <Answer of={diff} what="the difference">
            {({ changes }) =>
              changes.length === 0 ? (
                <p className="sd-soft">No difference.</p>
              ) : (
                <dl className="sd-diff">
                  {changes.map(({ field, removed, added }) => (
                    <div key={field}>
                      <dt>{field}</dt>
                      <dd>
                        {removed.map((line) => (
                          <del key={line}>{line}</del>
                        ))}
                        {added.map((line) => (
                          <ins key={line}>{line}</ins>
                        ))}
                      </dd>
                    </div>
                  ))}
                </dl>
              )
            }
          </Answer>
        )}
      </div>
    </Panel>
  );
}

const WORDS = {
  merge: {
    title: 'Merge into another entry',
    first: 'Id of the entry that stays',
    button: 'Merge',
    help: 'Names, references and indicators move; this entry stays as a pointer.',
  },
  split: {
    title: 'Split a variant off',
    first: 'Id of the new entry',
    button: 'Split',
    help: 'The variant or alias becomes an entry of its own that points back here.',
  },
} as const;

function Move({ threat, act }: { readonly threat: Threat; readonly act: 'merge' | 'split' }) {
  const words = WORDS[act];
  const realm = useRealm();
  const client = useQueryClient();
  const router = useRouter();
  const names = [...(threat.entry.variants ?? []).map(({ name }) => name), ...threat.entry.aliases];
  const [id, setId] = useState('');
  const [variant, setVariant] = useState(names[0] ?? '');
  const [reason, setReason] = useState('');
  const move = useMutation({
    mutationFn: () =>
      sendJson<ThreatRef>(
        'POST',
        withQuery(`/api/v1/threats/${encodeURIComponent(threat.id)}/${act}`, { realm }),
        act === 'merge' ? { into: id, reason } : { id, variant, reason },
      ),
    onSuccess: async (made) => {
      await client.invalidateQueries({ queryKey: ['threat'] });
      await client.invalidateQueries({ queryKey: ['threats'] });
      await router.navigate({ to: '/threats/$id', params: { id: made.id } });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    move.mutate();
  };
  return (
    <Panel title={words.title}>
      <form onSubmit={submit} className="sd-form-wide">
        <p className="sd-soft">{words.help}</p>
        {act === 'split' ? (
          <NativeSelect
            label="Variant or alias"
            data={names}
            value={variant}
            onChange={(event) => setVariant(event.currentTarget.value)}
          />
        ) : null}
        <TextInput label={words.first} required value={id} onChange={(event) => setId(event.currentTarget.value)} />
        <TextInput
          label={`Reason to ${act}`}
          required
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {move.isError ? <Failure error={move.error} /> : null}
        <div>
          <Button type="submit" variant="default" loading={move.isPending}>
            {words.button}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
