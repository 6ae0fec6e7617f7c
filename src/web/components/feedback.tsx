// The states in which there is nothing to show yet, or nothing at all, or something went wrong.
import { Alert, Button, Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import { sentenceOf } from '../api/client.ts';
import './feedback.css';

/** Waiting for the first answer. */
export function Loading({ what }: { readonly what: string }) {
  return (
    <div className="sd-waiting" role="status">
      <Loader size="sm" /> Loading {what} …
    </div>
  );
}

interface FailureProps {
  readonly error: unknown;
  readonly retry?: () => void;
}

/** What went wrong, in the server's own sentence. */
export function Failure({ error, retry }: FailureProps) {
  return (
    <Alert color="red" variant="light" role="alert" title="That did not work">
      {sentenceOf(error)}
      {retry === undefined ? null : (
        <div className="sd-retry">
          <Button size="compact-sm" variant="default" onClick={retry}>
            Try again
          </Button>
        </div>
      )}
    </Alert>
  );
}

/** Nothing there, and why that is fine. */
export function Empty({ children }: { readonly children: ReactNode }) {
  return <div className="sd-empty">{children}</div>;
}

/** Something was done. */
export function Done({ children }: { readonly children: ReactNode }) {
  return (
    <Alert color="green" variant="light" role="status" className="sd-done">
      {children}
    </Alert>
  );
}
