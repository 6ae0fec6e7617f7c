// The fields of each kind of decoy.
import { NativeSelect, PasswordInput, TextInput } from '@mantine/core';
import { CaField } from './ca-field.tsx';
import type { DecoyDraft } from './decoy-draft.ts';

interface FieldsProps {
  readonly draft: DecoyDraft;
  readonly set: (part: Partial<DecoyDraft>) => void;
}
interface TextFieldProps extends FieldsProps {
  readonly field: 'address' | 'host' | 'port' | 'account' | 'channels';
  readonly label: string;
  readonly hint?: string;
  readonly example?: string;
  readonly required?: boolean;
}

function TextField({ draft, set, field, label, hint, example, required = false }: TextFieldProps) {
  return (
    <TextInput
      label={label}
      description={hint ?? null}
      placeholder={example ?? ''}
      required={required}
      autoComplete="off"
      {...(field === 'port' ? { inputMode: 'numeric' as const, pattern: '[0-9]{1,5}' } : {})}
      value={draft[field]}
      onChange={(event) => set({ [field]: event.currentTarget.value })}
    />
  );
}

function Password({
  draft,
  set,
  label,
  required,
}: FieldsProps & { readonly label: string; readonly required: boolean }) {
  return (
    <PasswordInput
      label={label}
      required={required}
      autoComplete="off"
      value={draft.password}
      onChange={(event) => set({ password: event.currentTarget.value })}
    />
  );
}

const TLS_WORDS = {
  starttls: 'STARTTLS',
  direct: 'Direct TLS',
  none: 'None (this machine only)',
} as const;

function Tls({ draft, set, options }: FieldsProps & { readonly options: readonly DecoyDraft['tls'][] }) {
  return (
    <NativeSelect
      label="Encryption"
      value={draft.tls}
      data={options.map((value) => ({ value, label: TLS_WORDS[value] }))}
      onChange={(event) => set({ tls: options.find((each) => each === event.currentTarget.value) ?? 'direct' })}
    />
  );
}

/** An account on an XMPP server. */
export function XmppClientFields(props: FieldsProps) {
  return (
    <>
      <TextField {...props} field="address" label="Address" example="dora@decoys.example" required />
      <Password {...props} label="Password" required />
      <Tls {...props} options={['starttls', 'direct', 'none']} />
      <TextField {...props} field="host" label="Host" hint="empty: as the domain says" />
      <TextField {...props} field="port" label="Port" hint="empty: the usual one" />
      <CaField value={props.draft.ca} onChange={(ca) => props.set({ ca })} />
    </>
  );
}

/** A component: every address of its domain is a decoy. */
export function XmppComponentFields(props: FieldsProps) {
  return (
    <>
      <TextField {...props} field="address" label="Component domain" example="decoys.example" required />
      <Password {...props} label="Shared secret" required />
      <TextField {...props} field="host" label="Host" hint="empty: 127.0.0.1" />
      <TextField {...props} field="port" label="Port" hint="empty: 5347" />
    </>
  );
}

/** A nick on an IRC network. */
export function IrcFields(props: FieldsProps) {
  return (
    <>
      <TextField {...props} field="address" label="Nick" example="dora" required />
      <TextField {...props} field="host" label="Server" example="irc.example.org" required />
      <TextField {...props} field="port" label="Port" hint="empty: 6697 with TLS, 6667 without" />
      <Tls {...props} options={['direct', 'none']} />
      <TextField {...props} field="channels" label="Channels" example="#help #lobby" />
      <TextField {...props} field="account" label="SASL account" hint="empty: no sign-in" />
      <Password {...props} label="SASL password" required={props.draft.account !== ''} />
      <CaField value={props.draft.ca} onChange={(ca) => props.set({ ca })} />
    </>
  );
}
