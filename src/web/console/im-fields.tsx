import { Button, Checkbox, NativeSelect, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { sendJson } from '../api/client.ts';
import type { ImAlertList, ImAlertSettings, ImAlertState } from '../api/types.ts';
import { Done, Failure } from '../components/feedback.tsx';
import { CaField } from './ca-field.tsx';
import './decoys.css';
import { IM_FORMS, TLS_WORDS } from './im-kinds.ts';

type Text = 'address' | 'password' | 'host' | 'port' | 'ca' | 'loginUrl';

/** One account's settings. A password is never read back; left empty, the old one stays. */
export function ImFields({ state }: { readonly state: ImAlertState }) {
  const client = useQueryClient();
  const form = IM_FORMS[state.network];
  const before = state.settings;
  const [values, setValues] = useState<Readonly<Record<Text, string>>>({
    address: before?.address ?? '',
    password: '',
    host: before?.host ?? '',
    port: before?.port === undefined ? '' : String(before.port),
    ca: before?.ca ?? '',
    loginUrl: before?.loginUrl ?? '',
  });
  const [tls, setTls] = useState(before?.tls ?? form.tls[0]);
  const [insecure, setInsecure] = useState(before?.insecure === true);
  const save = useMutation({
    mutationFn: (settings: ImAlertSettings) =>
      sendJson<ImAlertList>('PUT', `/api/v1/settings/im/${state.network}`, settings),
    onSuccess: () => client.invalidateQueries(),
  });
  const set = (name: Text, value: string) => setValues((old) => ({ ...old, [name]: value }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { address, port, password, ...others } = values;
    save.mutate({
      address: address.trim(),
      ...(password === '' ? {} : { password }),
      ...(port.trim() === '' ? {} : { port: Number(port) }),
      ...Object.fromEntries(
        Object.entries(others)
          .map(([name, value]) => [name, value.trim()])
          .filter(([, value]) => value !== ''),
      ),
      ...(tls === undefined ? {} : { tls }),
      ...(form.insecure ? { insecure } : {}),
    });
  };
  const text = (name: Text, label: string, more: Partial<Parameters<typeof TextInput>[0]> = {}) => (
    <TextInput
      label={label}
      autoComplete="off"
      value={values[name]}
      onChange={(event) => set(name, event.currentTarget.value)}
      {...more}
    />
  );
  return (
    <form className="sd-form-wide" onSubmit={submit}>
      <div className="sd-form-grid">
        {text('address', 'Address', { placeholder: form.example, required: true })}
        <PasswordInput
          label="Password"
          description={state.hasPassword ? 'empty: the stored one stays' : null}
          required={!state.hasPassword}
          autoComplete="new-password"
          value={values.password}
          onChange={(event) => set('password', event.currentTarget.value)}
        />
        {form.tls.length === 0 ? null : (
          <NativeSelect
            label="Encryption"
            value={tls ?? ''}
            data={form.tls.map((value) => ({ value, label: TLS_WORDS[value] }))}
            onChange={(event) => setTls(form.tls.find((each) => each === event.currentTarget.value))}
          />
        )}
        {text('host', 'Host', form.hostNeeded ? { required: true } : { description: 'empty: as the domain says' })}
        {text('port', 'Port', { description: 'empty: the usual one', inputMode: 'numeric', pattern: '[0-9]{1,5}' })}
        {form.loginUrl ? text('loginUrl', 'Log-in server', { placeholder: 'https://…', type: 'url' }) : null}
        {form.ca ? <CaField value={values.ca} onChange={(value) => set('ca', value)} /> : null}
      </div>
      {form.insecure ? (
        <Checkbox
          label="Accept that others on the way may read this account (needed without TLS beyond this machine)"
          checked={insecure}
          onChange={(event) => setInsecure(event.currentTarget.checked)}
        />
      ) : null}
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
