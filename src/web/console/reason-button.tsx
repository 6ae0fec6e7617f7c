import { TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { ConfirmButton } from '../components/confirm-button.tsx';

interface Props {
  readonly label: string;
  readonly title: string;
  readonly action: string;
  /** What will happen. */
  readonly children: ReactNode;
  readonly onReason: (reason: string) => Promise<unknown>;
  /** The dialog opens. */
  readonly onOpen?: () => void;
}

const SHORTEST = 3;

/** A button that asks first, and for the reason. */
export function ReasonButton({ label, title, action, children, onReason, onOpen }: Props) {
  const [reason, setReason] = useState('');
  const confirm = async () => {
    if (reason.trim().length < SHORTEST) throw new Error('Say why: it is kept, and told to those who were told.');
    await onReason(reason.trim());
    setReason('');
  };
  return (
    <ConfirmButton size="compact-sm" label={label} title={title} action={action} onConfirm={confirm} onOpen={onOpen}>
      {children}
      <TextInput
        label="Reason"
        required
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </ConfirmButton>
  );
}
