import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { type SignIn, signIn, verifyCode } from '../api/session.ts';
import { Failure } from '../components/feedback.tsx';
import { Page } from '../components/page.tsx';
import { Panel } from '../components/panel.tsx';
import { CodeForm, PasswordForm } from './login-forms.tsx';

const route = getRouteApi('/login');

/** Signing in: password, then the code of the second factor where the account has one. */
export function LoginPage() {
  const { next } = route.useSearch();
  const router = useRouter();
  const client = useQueryClient();
  const [stage, setStage] = useState<'password' | 'code'>('password');
  const enter = () => {
    client.removeQueries({ queryKey: ['me'] });
    router.history.push(next ?? '/console');
  };
  const password = useMutation({
    mutationFn: (given: { email: string; password: string }) => signIn(given.email, given.password),
    onSuccess: (result: SignIn) => (result === 'code-wanted' ? setStage('code') : enter()),
  });
  const code = useMutation({ mutationFn: verifyCode, onSuccess: enter });
  return (
    <Page title="Sign in" lead="The console is for analysts and operators. The board and the warnings need no account.">
      <Panel title={stage === 'password' ? 'E-mail and password' : 'Code of your authenticator'}>
        <div className="sd-stack">
          {stage === 'password' ? (
            <PasswordForm busy={password.isPending} onSubmit={(given) => password.mutate(given)} />
          ) : (
            <CodeForm busy={code.isPending} onSubmit={(given) => code.mutate(given)} />
          )}
          {stage === 'password' && password.isError ? <Failure error={password.error} /> : null}
          {stage === 'code' && code.isError ? <Failure error={code.error} /> : null}
        </div>
      </Panel>
    </Page>
  );
}
