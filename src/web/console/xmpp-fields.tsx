import { Button, NativeSelect, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { sendJson } from '../api/client.ts';
import type { XmppAlertSettings, XmppAlertState } from '../api/types.ts';
import { Done, Failure } from '../components/feedback.tsx';
import { CaField } from './ca-field.tsx';
import './decoys.css';

const TLS = ['starttls', 'direct', 'none'] as const;
const TLS_WORDS = { starttls: 'STARTTLS', direct: 'Direct TLS', none: 'None (this machine only)' } as const;

/** The account's settings. A password is never read back; left empty, the old one stays. */
export function XmppFields({ state }: { readonly state: XmppAlertState }) {
  const client = useQueryClient();
  const before = state.settings;
  const [address, setAddress] = useState(before?.address ?? '');
  const [password, setPassword] = useState('');
  const [host, setHost] = useState(before?.host ?? '');
  const [port, setPort] = useState(before?.port === undefined ? '' : String(before.port));
  const [tls, setTls] = useState<(typeof TLS)[number]>(before?.tls ?? 'starttls');
  const [ca, setCa] = useState(before?.ca ?? '');
  const save = useMutation({
    mutationFn: (settings: XmppAlertSettings) => sendJson<XmppAlertState>('PUT', '/api/v1/settings/xmpp', settings),
    onSuccess: () => client.invalidateQueries(),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({
      address: address.trim(),
      tls,
      ...(password === '' ? {} : { password }),
      ...(host.trim() === '' ? {} : { host: host.trim() }),
      ...(port.trim() === '' ? {} : { port: Number(port) }),
      ...(ca.trim() === '' ? {} : { ca: ca.trim() }),
    });
  };
  return (
    <form className="sd-form-wide" onSubmit={submit}>
      <div className="sd-form-grid">
        <TextInput
          label="Address"
          placeholder="alerts@example.org"
          required
          autoComplete="off"
          value={address}
          onChange={(event) => setAddress(event.currentTarget.value)}
        />
        <PasswordInput
          label="Password"
          description={state.hasPassword ? 'empty: the stored one stays' : null}
          required={!state.hasPassword}
          autoComplete="new-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <NativeSelect
          label="Encryption"
          value={tls}
          data={TLS.map((value) => ({ value, label: TLS_WORDS[value] }))}
          onChange={(event) => setTls(TLS.find((each) => each === event.currentTarget.value) ?? 'starttls')}
        />
        <TextInput
          label="Host"
          description="empty: as the domain says"
          value={host}
          onChange={(event) => setHost(event.currentTarget.value)}
        />
        <TextInput
          label="Port"
          description="empty: the usual one"
          inputMode="numeric"
          pattern="[0-9]{1,5}"
          value={port}
          onChange={(event) => setPort(event.currentTarget.value)}
        />
        <CaField value={ca} onChange={setCa} />
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
