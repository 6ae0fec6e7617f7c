import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { sendJson } from '../api/client.ts';
import type { DecoyCheck, DecoyStatus } from '../api/types.ts';
import { ConfirmButton } from '../components/confirm-button.tsx';
import { Failure } from '../components/feedback.tsx';
import { CheckResult } from './check-result.tsx';
import './decoys.css';

/** Check, enable or disable, remove. */
export function DecoyActions({ decoy }: { readonly decoy: DecoyStatus }) {
  const client = useQueryClient();
  const path = `/api/v1/decoys/${encodeURIComponent(decoy.name)}`;
  const renew = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ['decoys'] }),
      client.invalidateQueries({ queryKey: ['status'] }),
    ]);
  const check = useMutation({ mutationFn: () => sendJson<DecoyCheck>('POST', `${path}/check`, {}) });
  const toggle = useMutation({
    mutationFn: () => sendJson<unknown>('POST', `${path}/${decoy.enabled ? 'disable' : 'enable'}`, {}),
    onSettled: renew,
  });
  const remove = async () => {
    await sendJson<unknown>('DELETE', path);
    await renew();
  };
  return (
    <>
      <div className="sd-row sd-decoy-buttons">
        <Button
          size="compact-sm"
          variant="default"
          loading={check.isPending}
          onClick={() => check.mutate()}
          aria-label={`Check ${decoy.name}`}
        >
          Check
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          loading={toggle.isPending}
          onClick={() => toggle.mutate()}
          aria-label={`${decoy.enabled ? 'Disable' : 'Enable'} ${decoy.name}`}
        >
          {decoy.enabled ? 'Disable' : 'Enable'}
        </Button>
        <ConfirmButton
          size="compact-sm"
          label="Remove …"
          title={`Remove the decoy ${decoy.name}?`}
          action="Remove"
          onConfirm={remove}
        >
          <p>It signs off and its settings are deleted. What it captured stays.</p>
        </ConfirmButton>
      </div>
      {check.data === undefined ? null : <CheckResult check={check.data} />}
      {check.isError ? <Failure error={check.error} /> : null}
      {toggle.isError ? <Failure error={toggle.error} /> : null}
    </>
  );
}
