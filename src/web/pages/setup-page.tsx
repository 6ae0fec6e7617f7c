import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { sendJson } from '../api/client.ts';
import type { SetupRequest } from '../api/types.ts';
import { Done, Empty, Failure } from '../components/feedback.tsx';
import { Page } from '../components/page.tsx';
import { Panel } from '../components/panel.tsx';

const MIN_PASSWORD = 12;
const route = getRouteApi('/setup');

/** The first admin, by the one-time link that Sundew prints at its start. */
export function SetupPage() {
  const { token } = route.useSearch();
  return (
    <Page title="Set up Sundew" lead="Make the first administrator. The link works once.">
      <Panel title="First administrator">
        {token === undefined ? (
          <Empty>
            This page needs the one-time link that Sundew prints when it starts. Copy the whole line from the terminal.
          </Empty>
        ) : (
          <SetupForm token={token} />
        )}
      </Panel>
    </Page>
  );
}

function SetupForm({ token }: { readonly token: string }) {
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const setup = useMutation({
    mutationFn: (request: SetupRequest) => sendJson<unknown>('POST', '/api/v1/setup', request),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setup.mutate({ token, name: name.trim(), email: email.trim(), password });
  };
  if (setup.isSuccess) {
    return (
      <Done>
        The administrator is there. <Link to="/login">Sign in</Link>
      </Done>
    );
  }
  return (
    <form className="sd-form" onSubmit={submit}>
      <TextInput
        label="Name"
        autoComplete="name"
        required
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label="E-mail address"
        type="email"
        autoComplete="username"
        required
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <PasswordInput
        label="Password"
        description={`At least ${MIN_PASSWORD} characters. A sentence is easier to remember than a puzzle.`}
        autoComplete="new-password"
        required
        minLength={MIN_PASSWORD}
        maxLength={200}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      {setup.isError ? <Failure error={setup.error} /> : null}
      <Button type="submit" loading={setup.isPending}>
        Make the administrator
      </Button>
    </form>
  );
}
