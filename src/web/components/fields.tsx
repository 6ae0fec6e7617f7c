// Choices that many forms and filters have in common.
import { NativeSelect } from '@mantine/core';

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T | undefined;
  readonly options: readonly T[];
  readonly words: Readonly<Record<T, string>>;
  /** The word for no choice. */
  readonly any: string;
  readonly onChange: (value: T | undefined) => void;
}

/** A filter by one word of a closed list, or none. */
export function Choice<T extends string>({ label, value, options, words, any, onChange }: ChoiceProps<T>) {
  return (
    <NativeSelect
      size="sm"
      label={label}
      value={value ?? ''}
      data={[{ value: '', label: any }, ...options.map((option) => ({ value: option, label: words[option] }))]}
      onChange={(event) => onChange(options.find((option) => option === event.currentTarget.value))}
    />
  );
}
