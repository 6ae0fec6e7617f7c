import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { sendJson } from '../api/client.ts';
import type { DecoyCheck, DecoyConfig } from '../api/types.ts';
import { Done, Failure } from '../components/feedback.tsx';
import { CheckResult } from './check-result.tsx';
import { DECOY_TYPES, type DecoyDraft, type DecoyType, decoyConfigOf, EMPTY_DRAFT } from './decoy-draft.ts';
import { IrcFields, XmppClientFields, XmppComponentFields } from './decoy-fields.tsx';
import './decoys.css';

const TYPE_WORDS: Readonly<Record<DecoyType, string>> = {
  'xmpp-client': 'XMPP account',
  'xmpp-component': 'XMPP component (any number of addresses)',
  irc: 'IRC nick',
};

/** A new decoy: fill in, check with one sign-on, add. Adding enables it. */
export function DecoyForm() {
  const client = useQueryClient();
  const [draft, setDraft] = useState<DecoyDraft>(EMPTY_DRAFT);
  const set = (part: Partial<DecoyDraft>) => setDraft((before) => ({ ...before, ...part }));
  const check = useMutation({
    mutationFn: (config: DecoyConfig) => sendJson<DecoyCheck>('POST', '/api/v1/decoys/check', config),
  });
  const add = useMutation({
    mutationFn: (config: DecoyConfig) => sendJson<unknown>('POST', '/api/v1/decoys', config),
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
          data={DECOY_TYPES.map((value) => ({ value, label: TYPE_WORDS[value] }))}
          onChange={(event) => {
            const type = DECOY_TYPES.find((each) => each === event.currentTarget.value) ?? 'xmpp-client';
            set({ type, tls: type === 'irc' ? 'direct' : 'starttls' });
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
        {draft.type === 'xmpp-client' ? <XmppClientFields draft={draft} set={set} /> : null}
        {draft.type === 'xmpp-component' ? <XmppComponentFields draft={draft} set={set} /> : null}
        {draft.type === 'irc' ? <IrcFields draft={draft} set={set} /> : null}
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
