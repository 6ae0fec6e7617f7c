import { Button, NativeSelect, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { sendJson } from '../api/client.ts';
import type { MailSettings, MailState } from '../api/types.ts';
import { Done, Failure } from '../components/feedback.tsx';

const SECURITY = ['starttls', 'direct', 'none'] as const;
const SECURITY_WORDS = {
  starttls: 'STARTTLS (587)',
  direct: 'Direct TLS (465)',
  none: 'None (this machine only)',
} as const;

/** The SMTP settings. A password is never read back; left empty, the old one stays. */
export function MailFields({ state }: { readonly state: MailState }) {
  const client = useQueryClient();
  const before = state.settings;
  const [host, setHost] = useState(before?.host ?? '');
  const [port, setPort] = useState(String(before?.port ?? 587));
  const [security, setSecurity] = useState<(typeof SECURITY)[number]>(before?.security ?? 'starttls');
  const [username, setUsername] = useState(before?.username ?? '');
  const [password, setPassword] = useState('');
  const [from, setFrom] = useState(before?.from ?? '');
  const save = useMutation({
    mutationFn: (settings: MailSettings) => sendJson<MailState>('PUT', '/api/v1/settings/mail', settings),
    onSuccess: () => client.invalidateQueries(),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({
      host: host.trim(),
      port: Number(port),
      security,
      from: from.trim(),
      ...(username.trim() === '' ? {} : { username: username.trim() }),
      ...(password === '' ? {} : { password }),
    });
  };
  return (
    <form className="sd-form-wide" onSubmit={submit}>
      <div className="sd-form-grid">
        <TextInput
          label="Server"
          placeholder="smtp.example.org"
          required
          value={host}
          onChange={(event) => setHost(event.currentTarget.value)}
        />
        <TextInput
          label="Port"
          inputMode="numeric"
          pattern="[0-9]{1,5}"
          required
          value={port}
          onChange={(event) => setPort(event.currentTarget.value)}
        />
        <NativeSelect
          label="Encryption"
          value={security}
          data={SECURITY.map((value) => ({ value, label: SECURITY_WORDS[value] }))}
          onChange={(event) => setSecurity(SECURITY.find((each) => each === event.currentTarget.value) ?? 'starttls')}
        />
        <TextInput
          label="From"
          placeholder="Sundew <alerts@example.org>"
          required
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          label="User name"
          description="empty: no sign-in"
          autoComplete="off"
          value={username}
          onChange={(event) => setUsername(event.currentTarget.value)}
        />
        <PasswordInput
          label="Password"
          description={state.hasPassword ? 'empty: the stored one stays' : 'empty: none'}
          autoComplete="new-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
      </div>
      {save.isError ? <Failure error={save.error} /> : null}
      {save.isSuccess ? <Done>Saved.</Done> : null}
      <div className="sd-row">
        <Button type="submit" loading={save.isPending}>
          Save
        </Button>
      </div>
    </form>
  );
}
