import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { type SignIn, signIn, verifyBackupCode, verifyCode } from '../api/session.ts';
import { Failure } from '../components/feedback.tsx';
import { Page } from '../components/page.tsx';
import { Panel } from '../components/panel.tsx';
import { BackupCodeForm, CodeForm, PasswordForm } from './login-forms.tsx';

const route = getRouteApi('/login');
type Stage = 'password' | 'code' | 'backup';
const TITLES: Readonly<Record<Stage, string>> = {
  password: 'E-mail and password',
  code: 'Code of your authenticator',
  backup: 'Backup code',
};

/** Signing in: password, then the code of the second factor where the account has one. */
export function LoginPage() {
  const { next } = route.useSearch();
  const router = useRouter();
  const client = useQueryClient();
  const [stage, setStage] = useState<Stage>('password');
  const enter = () => {
    client.removeQueries({ queryKey: ['me'] });
    router.history.push(next ?? '/console');
  };
  const password = useMutation({
    mutationFn: (given: { email: string; password: string }) => signIn(given.email, given.password),
    onSuccess: (result: SignIn) => (result === 'code-wanted' ? setStage('code') : enter()),
  });
  const code = useMutation({ mutationFn: verifyCode, onSuccess: enter });
  const backup = useMutation({ mutationFn: verifyBackupCode, onSuccess: enter });
  const failed = { password, code, backup }[stage];
  return (
    <Page title="Sign in" lead="The console is for analysts and operators. The board and the warnings need no account.">
      <Panel title={TITLES[stage]}>
        <div className="sd-stack">
          {stage === 'password' ? (
            <PasswordForm busy={password.isPending} onSubmit={(given) => password.mutate(given)} />
          ) : null}
          {stage === 'code' ? <CodeForm busy={code.isPending} onSubmit={(given) => code.mutate(given)} /> : null}
          {stage === 'backup' ? (
            <BackupCodeForm busy={backup.isPending} onSubmit={(given) => backup.mutate(given)} />
          ) : null}
          {failed.isError ? <Failure error={failed.error} /> : null}
          {stage === 'password' ? null : (
            <div>
              <Button variant="subtle" size="compact-sm" onClick={() => setStage(stage === 'code' ? 'backup' : 'code')}>
                {stage === 'code' ? 'Authenticator lost? Use a backup code' : 'Use the authenticator'}
              </Button>
            </div>
          )}
        </div>
      </Panel>
    </Page>
  );
}
