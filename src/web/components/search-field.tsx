import { TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';

const SETTLE_MS = 300;

interface SearchFieldProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly placeholder?: string;
  readonly onChange: (value: string | undefined) => void;
}

/** A text filter that tells once typing has settled. */
export function SearchField({ label, value, placeholder, onChange }: SearchFieldProps) {
  const [typed, setTyped] = useState(value ?? '');
  useEffect(() => {
    setTyped(value ?? '');
  }, [value]);
  useEffect(() => {
    if (typed === (value ?? '')) return;
    const timer = setTimeout(() => onChange(typed === '' ? undefined : typed), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [typed, value, onChange]);
  return (
    <TextInput
      size="sm"
      type="search"
      label={label}
      value={typed}
      maxLength={200}
      placeholder={placeholder ?? ''}
      onChange={(event) => setTyped(event.currentTarget.value)}
    />
  );
}
