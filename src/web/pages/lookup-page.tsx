import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { sendJson } from '../api/client.ts';
import type { LookupAnswer } from '../api/types.ts';
import { Failure } from '../components/feedback.tsx';
import { Page } from '../components/page.tsx';
import { Panel } from '../components/panel.tsx';
import { LookupFindings } from './lookup-findings.tsx';

const MAX_CHARACTERS = 8_000;

/** "Have you seen this?": a pasted message, a hash, an address or a name. */
export function LookupPage() {
  const [text, setText] = useState('');
  const lookup = useMutation({
    mutationFn: (asked: string) => sendJson<LookupAnswer>('POST', '/api/v1/lookup', { text: asked }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    lookup.mutate(text);
  };
  return (
    <Page
      title="Have you seen this?"
      lead="Paste a message, a link, a file’s name or hash, or the name of a threat. It is used for the answer and then forgotten: nothing of it is kept or logged."
    >
      <Panel title="What did you get?">
        <form onSubmit={submit} className="sd-stack">
          <Textarea
            label="Message, link, hash or name"
            required
            minLength={2}
            maxLength={MAX_CHARACTERS}
            autosize
            minRows={4}
            maxRows={12}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <div>
            <Button type="submit" loading={lookup.isPending}>
              Look it up
            </Button>
          </div>
        </form>
      </Panel>
      <div aria-live="polite" className="sd-stack">
        {lookup.isError ? <Failure error={lookup.error} /> : null}
        {lookup.data === undefined ? null : <LookupFindings answer={lookup.data} />}
      </div>
    </Page>
  );
}
