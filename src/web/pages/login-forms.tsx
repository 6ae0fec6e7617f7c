import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';

interface PasswordFormProps {
  readonly busy: boolean;
  readonly onSubmit: (given: { email: string; password: string }) => void;
}

/** The first factor. */
export function PasswordForm({ busy, onSubmit }: PasswordFormProps) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  return (
    <form
      className="sd-form"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit({ email: email.trim(), password });
      }}
    >
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
        autoComplete="current-password"
        required
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <Button type="submit" loading={busy}>
        Sign in
      </Button>
    </form>
  );
}

interface CodeFormProps {
  readonly busy: boolean;
  readonly onSubmit: (code: string) => void;
}

/** The second factor: six digits of the authenticator. */
export function CodeForm({ busy, onSubmit }: CodeFormProps) {
  const [code, setCode] = useState('');
  return (
    <form
      className="sd-form"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(code.replaceAll(' ', ''));
      }}
    >
      <TextInput
        label="Six digits"
        inputMode="numeric"
        autoComplete="one-time-code"
        required
        pattern="[0-9 ]{6,7}"
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <Button type="submit" loading={busy}>
        Check the code
      </Button>
    </form>
  );
}

/** The second factor when the authenticator is lost. */
export function BackupCodeForm({ busy, onSubmit }: CodeFormProps) {
  const [code, setCode] = useState('');
  return (
    <form
      className="sd-form"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(code.trim());
      }}
    >
      <TextInput
        label="Backup code"
        description="Each works once."
        autoComplete="off"
        required
        maxLength={40}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <Button type="submit" loading={busy}>
        Sign in with it
      </Button>
    </form>
  );
}
