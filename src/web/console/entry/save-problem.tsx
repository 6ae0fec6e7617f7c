import { Alert, Button } from '@mantine/core';
import { ApiFailure } from '../../api/client.ts';
import { placeName } from '../../api/entry-words.ts';
import { Failure } from '../../components/feedback.tsx';
import { FaultSummary } from '../../form/fault-summary.tsx';
import type { FormFaults } from '../../form/faults-context.tsx';

interface Props {
  readonly error: unknown;
  readonly faults: FormFaults;
  /** Drops the form for what is stored now. */
  readonly onReload: () => void;
}

/** Why nothing was stored: fields that are wrong, somebody who was faster, or else the server's sentence. */
export function SaveProblem({ error, faults, onReload }: Props) {
  if (error === null || error === undefined) return null;
  if (error instanceof ApiFailure && error.fields.length > 0)
    return faults.faults.length === 0 ? null : <FaultSummary of={faults} nameOf={placeName} />;
  if (!(error instanceof ApiFailure) || error.status !== 409) return <Failure error={error} />;
  return (
    <Alert color="red" variant="light" role="alert" title="This is not as it was when you began">
      {error.message} Copy what you want to keep, then load what is stored.
      <div className="sd-retry">
        <Button size="compact-sm" variant="default" onClick={onReload}>
          Load what is stored (drops this form)
        </Button>
      </div>
    </Alert>
  );
}
