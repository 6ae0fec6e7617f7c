import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';

interface CopyButtonProps {
  readonly text: string;
  /** What is copied, for screen readers. */
  readonly what: string;
}

/** Copies a text, and says whether that worked (browsers refuse on plain HTTP from afar). */
export function CopyButton({ text, what }: CopyButtonProps) {
  const [state, setState] = useState<'ready' | 'copied' | 'refused'>('ready');
  useEffect(() => {
    if (state === 'ready') return;
    const timer = setTimeout(() => setState('ready'), 2_000);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setState('copied');
    } catch {
      // No permission, or no secure context: the text is there to be selected.
      setState('refused');
    }
  };
  return (
    <Button size="compact-xs" variant="default" onClick={() => void copy()} aria-label={`Copy ${what}`}>
      {state === 'ready' ? 'Copy' : state === 'copied' ? 'Copied' : 'Select by hand'}
    </Button>
  );
}
