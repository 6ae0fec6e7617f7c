import { Button, PasswordInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { disableTwoFactor, type Enrolment, startEnrolment } from '../api/session.ts';
import { Done, Failure } from '../components/feedback.tsx';
import { Enrol } from './enrol.tsx';

/** Turning the second factor on or off; either wants the password again. */
export function SecondFactor({ on }: { readonly on: boolean }) {
  const client = useQueryClient();
  const [enrolment, setEnrolment] = useState<Enrolment>();
  const renew = () => client.invalidateQueries({ queryKey: ['me'] });
  const start = useMutation({ mutationFn: startEnrolment, onSuccess: setEnrolment });
  const disable = useMutation({ mutationFn: disableTwoFactor, onSuccess: renew });
  const finish = () => {
    setEnrolment(undefined);
    return renew();
  };
  if (enrolment !== undefined) return <Enrol enrolment={enrolment} onDone={() => void finish()} />;
  if (on) {
    return (
      <div className="sd-stack">
        <p>Signing in takes a code of your authenticator as well as the password.</p>
        <PasswordForm action="Turn it off" busy={disable.isPending} onSubmit={(password) => disable.mutate(password)} />
        {disable.isError ? <Failure error={disable.error} /> : null}
      </div>
    );
  }
  return (
    <div className="sd-stack">
      {disable.isSuccess ? <Done>The second factor is off: the password alone signs in.</Done> : null}
      <p className="sd-prose">
        With a second factor a stolen password alone opens nothing. You need an authenticator app on a phone or in a
        password manager; it works without a network.
      </p>
      <PasswordForm action="Set it up" busy={start.isPending} onSubmit={(password) => start.mutate(password)} />
      {start.isError ? <Failure error={start.error} /> : null}
    </div>
  );
}

interface PasswordFormProps {
  readonly action: string;
  readonly busy: boolean;
  readonly onSubmit: (password: string) => void;
}

function PasswordForm({ action, busy, onSubmit }: PasswordFormProps) {
  const [password, setPassword] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit(password);
    setPassword('');
  };
  return (
    <form className="sd-form" onSubmit={submit}>
      <PasswordInput
        label="Your password"
        required
        autoComplete="current-password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <div>
        <Button type="submit" loading={busy}>
          {action}
        </Button>
      </div>
    </form>
  );
}
