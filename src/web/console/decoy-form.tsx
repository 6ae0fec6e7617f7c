import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { sendJson } from '../api/client.ts';
import type { DecoyCheck } from '../api/types.ts';
import { Done, Failure } from '../components/feedback.tsx';
import { CheckResult } from './check-result.tsx';
import { type DecoyDraft, decoyConfigOf, EMPTY_DRAFT } from './decoy-draft.ts';
import { DecoyFields } from './decoy-fields.tsx';
import { DECOY_KINDS } from './decoy-kinds.ts';
import './decoys.css';

type Config = ReturnType<typeof decoyConfigOf>;

/** A new decoy: fill in, check with one sign-on, add. Adding enables it. */
export function DecoyForm() {
  const client = useQueryClient();
  const [draft, setDraft] = useState<DecoyDraft>(EMPTY_DRAFT);
  const set = (part: Partial<DecoyDraft>) => setDraft((before) => ({ ...before, ...part }));
  const check = useMutation({
    mutationFn: (config: Config) => sendJson<DecoyCheck>('POST', '/api/v1/decoys/check', config),
  });
  const add = useMutation({
    mutationFn: (config: Config) => sendJson<unknown>('POST', '/api/v1/decoys', config),
    onSuccess: async () => {
      setDraft(EMPTY_DRAFT);
      check.reset();
      await client.invalidateQueries();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { submitter } = event.nativeEvent as SubmitEvent;
    const config = decoyConfigOf(draft);
    if (submitter?.getAttribute('value') === 'check') check.mutate(config);
    else add.mutate(config);
  };
  return (
    <form className="sd-form-wide" onSubmit={submit}>
      <div className="sd-form-grid">
        <NativeSelect
          label="Kind of decoy"
          value={draft.type}
          data={Object.entries(DECOY_KINDS).map(([value, { label }]) => ({ value, label }))}
          onChange={(event) => {
            set({ type: event.currentTarget.value });
            check.reset();
          }}
        />
        <TextInput
          label="Name in Sundew"
          description="lower-case letters, digits, dashes"
          required
          pattern="[a-z0-9][a-z0-9\-]{0,62}"
          value={draft.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
      </div>
      <div className="sd-form-grid">
        <DecoyFields draft={draft} set={(key, value) => set({ values: { ...draft.values, [key]: value } })} />
      </div>
      {check.data === undefined ? null : <CheckResult check={check.data} />}
      {check.isError ? <Failure error={check.error} /> : null}
      {add.isError ? <Failure error={add.error} /> : null}
      {add.isSuccess ? <Done>Added and enabled. Its state is in the list of decoys.</Done> : null}
      <div className="sd-row">
        <Button type="submit" value="check" variant="default" loading={check.isPending}>
          Check sign-on
        </Button>
        <Button type="submit" value="add" loading={add.isPending}>
          Add and enable
        </Button>
      </div>
    </form>
  );
}
