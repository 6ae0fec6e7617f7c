import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { sendJson } from '../api/client.ts';
import type { Accepted } from '../api/types.ts';
import { Done, Failure } from '../components/feedback.tsx';

/** One message, to see that mail leaves. */
export function MailTest() {
  const client = useQueryClient();
  const [to, setTo] = useState('');
  const test = useMutation({
    mutationFn: (address: string) =>
      sendJson<Accepted | undefined>('POST', '/api/v1/settings/mail/test', { to: address }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['status'] }),
  });
  return (
    <form
      className="sd-form"
      onSubmit={(event) => {
        event.preventDefault();
        test.mutate(to.trim());
      }}
    >
      <TextInput
        label="Test message to"
        type="email"
        required
        placeholder="you@example.org"
        value={to}
        onChange={(event) => setTo(event.currentTarget.value)}
      />
      {test.isError ? <Failure error={test.error} /> : null}
      {test.isSuccess ? <Done>{test.data?.message ?? 'The mail server took the message.'}</Done> : null}
      <div>
        <Button type="submit" variant="default" loading={test.isPending}>
          Send a test message
        </Button>
      </div>
    </form>
  );
}
