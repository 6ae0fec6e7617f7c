import { Button } from '@mantine/core';
import { type ReactNode, useId, useRef, useState } from 'react';
import { Failure } from './feedback.tsx';
import './confirm-button.css';

interface ConfirmButtonProps {
  readonly label: string;
  readonly title: string;
  /** What will happen. */
  readonly children: ReactNode;
  /** The word on the button that does it. */
  readonly action: string;
  /** Does it; the dialog closes when it resolves and shows the sentence when it throws. */
  readonly onConfirm: () => Promise<unknown>;
  /** The dialog opens. */
  readonly onOpen?: (() => void) | undefined;
  readonly disabled?: boolean;
  readonly size?: 'compact-sm' | 'sm';
}

/** A button behind which a dialog asks first. The dialog is the browser's own: focus stays in it, Escape closes it. */
export function ConfirmButton({
  label,
  title,
  children,
  action,
  onConfirm,
  onOpen,
  disabled,
  size,
}: ConfirmButtonProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const run = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await onConfirm();
      dialog.current?.close();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button
        color="red"
        variant="light"
        size={size ?? 'sm'}
        disabled={disabled ?? false}
        onClick={() => {
          setError(undefined);
          onOpen?.();
          dialog.current?.showModal();
        }}
      >
        {label}
      </Button>
      <dialog ref={dialog} className="sd-dialog" aria-labelledby={heading}>
        <h2 id={heading}>{title}</h2>
        <div className="sd-dialog-body">{children}</div>
        {error === undefined ? null : <Failure error={error} />}
        <div className="sd-dialog-actions">
          <Button variant="default" onClick={() => dialog.current?.close()}>
            Cancel
          </Button>
          <Button color="red.9" loading={busy} onClick={() => void run()}>
            {action}
          </Button>
        </div>
      </dialog>
    </>
  );
}
