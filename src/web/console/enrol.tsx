import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { type Enrolment, verifyCode } from '../api/session.ts';
import { CopyButton } from '../components/copy-button.tsx';
import { Done, Failure } from '../components/feedback.tsx';
import { QrCode } from '../components/qr-code.tsx';
import { CodeForm } from '../pages/login-forms.tsx';
import './enrol.css';

interface EnrolProps {
  readonly enrolment: Enrolment;
  readonly onDone: () => void;
}

/** Scan, prove by a code, keep the backup codes. They are shown now and never again. */
export function Enrol({ enrolment, onDone }: EnrolProps) {
  const [proven, setProven] = useState(false);
  const verify = useMutation({ mutationFn: verifyCode, onSuccess: () => setProven(true) });
  if (proven) return <BackupCodes codes={enrolment.backupCodes} onDone={onDone} />;
  const secret = secretOf(enrolment.totpURI);
  return (
    <div className="sd-enrol">
      <QrCode text={enrolment.totpURI} label="QR code for an authenticator; the secret stands beside it as text" />
      <div className="sd-stack">
        <ol className="sd-list">
          <li>Scan the code with your authenticator.</li>
          <li>
            Or type this secret into it: <code className="sd-secret">{secret}</code>{' '}
            <CopyButton text={secret} what="the secret" />
          </li>
          <li>
            Or <a href={enrolment.totpURI}>open it in an app on this device</a>.
          </li>
          <li>Then type the six digits that it shows.</li>
        </ol>
        <CodeForm busy={verify.isPending} onSubmit={(code) => verify.mutate(code)} />
        {verify.isError ? <Failure error={verify.error} /> : null}
      </div>
    </div>
  );
}

function BackupCodes({ codes, onDone }: { readonly codes: readonly string[]; readonly onDone: () => void }) {
  return (
    <div className="sd-stack">
      <Done>The second factor is on.</Done>
      <p>
        Keep these backup codes where you keep passwords. Each signs you in once when the authenticator is lost. They
        are not shown again.
      </p>
      <ul className="sd-plain sd-backup-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className="sd-row">
        <CopyButton text={codes.join('\n')} what="the backup codes" />
        <Button onClick={onDone}>I have kept them</Button>
      </div>
    </div>
  );
}

/** The secret of an `otpauth:` address, base 32. */
function secretOf(uri: string): string {
  return URL.parse(uri)?.searchParams.get('secret') ?? '';
}
