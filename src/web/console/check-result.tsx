import { Alert } from '@mantine/core';
import type { DecoyCheck } from '../api/types.ts';
import { Done } from '../components/feedback.tsx';

/** What one sign-on showed, in the server's sentence. */
export function CheckResult({ check }: { readonly check: DecoyCheck }) {
  if (check.ok) return <Done>{check.sentence}</Done>;
  return (
    <Alert color="red" variant="light" role="alert" title="The sign-on did not succeed">
      {check.sentence}
      {check.code === undefined ? null : (
        <div className="sd-small">
          <code>{check.code}</code>
        </div>
      )}
    </Alert>
  );
}
