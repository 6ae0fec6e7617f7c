import { Button, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { sendJson } from '../api/client.ts';
import type { Accepted, AppealRequest } from '../api/types.ts';
import { Done, Failure } from '../components/feedback.tsx';
import { Page } from '../components/page.tsx';
import { Panel } from '../components/panel.tsx';

const route = getRouteApi('/appeal');

/** For whom something is listed wrongly. */
export function AppealPage() {
  const { what } = route.useSearch();
  return (
    <Page title="Wrongly listed?" lead="Say what is listed and why that is wrong. An analyst looks at every appeal.">
      <div className="sd-split">
        <Panel title="Your appeal">
          <AppealForm about={what ?? ''} />
        </Panel>
        <Panel title="What happens then">
          <ol className="sd-list">
            <li>An analyst looks at the evidence again. Nobody else reads what you write.</li>
            <li>
              What was wrong is taken back: it goes from the board and the feeds within a minute, and those who were
              told are told that it was wrong.
            </li>
            <li>
              If you give an address, you get one answer. The address is used for nothing else and deleted after 30
              days.
            </li>
            <li>Nothing else of you is kept: no cookie, no internet address.</li>
          </ol>
        </Panel>
      </div>
    </Page>
  );
}

function AppealForm({ about }: { readonly about: string }) {
  const [what, setWhat] = useState(about);
  const [why, setWhy] = useState('');
  const [contact, setContact] = useState('');
  const appeal = useMutation({
    mutationFn: (request: AppealRequest) => sendJson<Accepted>('POST', '/api/v1/appeals', request),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const address = contact.trim();
    appeal.mutate({ what: what.trim(), why: why.trim(), ...(address === '' ? {} : { contact: address }) });
  };
  if (appeal.isSuccess) return <Done>{appeal.data.message}</Done>;
  return (
    <form className="sd-form" onSubmit={submit}>
      <TextInput
        label="What is listed"
        description="The number of a warning (W-…), an address, a host or a name"
        required
        minLength={3}
        maxLength={300}
        value={what}
        onChange={(event) => setWhat(event.currentTarget.value)}
      />
      <Textarea
        label="Why that is wrong"
        required
        minLength={10}
        maxLength={4000}
        autosize
        minRows={4}
        maxRows={12}
        value={why}
        onChange={(event) => setWhy(event.currentTarget.value)}
      />
      <TextInput
        label="E-mail address for the answer (optional)"
        type="email"
        autoComplete="email"
        maxLength={320}
        value={contact}
        onChange={(event) => setContact(event.currentTarget.value)}
      />
      {appeal.isError ? <Failure error={appeal.error} /> : null}
      <Button type="submit" loading={appeal.isPending}>
        Send the appeal
      </Button>
    </form>
  );
}
