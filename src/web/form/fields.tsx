// Fields that know their place in what is sent: bound to their label, and to what the server said of them.
import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { useField } from './faults-context.tsx';

interface FieldProps<T> {
  /** Path in what is sent, as `entry.name`. */
  readonly path: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly value: T;
  readonly onChange: (value: T) => void;
}

interface TextProps extends FieldProps<string> {
  readonly required?: boolean;
  readonly placeholder?: string;
  readonly inputMode?: 'numeric' | undefined;
  /** Offered while typing; anything else may be written. */
  readonly suggest?: Suggestions | undefined;
}
export type Suggestions = readonly (readonly [value: string, word: string])[];

/** One line. */
export function TextField({ path, label, hint, value, onChange, suggest, ...rest }: TextProps) {
  const { bound, mend } = useField(path);
  const offered = useId();
  return (
    <>
      <TextInput
        {...bound}
        {...rest}
        label={label}
        description={hint}
        withAsterisk={rest.required ?? false}
        autoComplete="off"
        {...(suggest === undefined ? {} : { list: offered })}
        value={value}
        onChange={(event) => {
          mend();
          onChange(event.currentTarget.value);
        }}
      />
      {suggest === undefined ? null : <Offer id={offered} of={suggest} />}
    </>
  );
}

/** The browser's own list of what may be meant. */
export function Offer({ id, of }: { readonly id: string; readonly of: Suggestions }) {
  return (
    <datalist id={id}>
      {of.map(([value, word]) => (
        <option key={value} value={value}>
          {word}
        </option>
      ))}
    </datalist>
  );
}

interface AreaProps extends FieldProps<string> {
  readonly rows?: number;
  /** For what is read by machines. */
  readonly code?: boolean;
}

/** Several lines; it grows with what is in it. */
export function AreaField({ path, label, hint, value, onChange, rows = 3, code = false }: AreaProps) {
  const { bound, mend } = useField(path);
  return (
    <Textarea
      {...bound}
      label={label}
      description={hint}
      autosize
      minRows={rows}
      maxRows={24}
      spellCheck={!code}
      className={code ? 'sd-form-code' : ''}
      value={value}
      onChange={(event) => {
        mend();
        onChange(event.currentTarget.value);
      }}
    />
  );
}

interface ChoiceProps<T extends string> extends FieldProps<T> {
  readonly words: Readonly<Record<T, string>>;
}

/** One of a closed list. */
export function ChoiceField<T extends string>({ path, label, hint, value, onChange, words }: ChoiceProps<T>) {
  const { bound, mend } = useField(path);
  const options = Object.keys(words) as T[];
  return (
    <NativeSelect
      {...bound}
      label={label}
      description={hint}
      data={options.map((option) => ({ value: option, label: words[option] }))}
      value={value}
      onChange={(event) => {
        mend();
        onChange(options.find((option) => option === event.currentTarget.value) ?? value);
      }}
    />
  );
}

/** A number: what is typed stays as it is typed, and is handed on as NaN while it is none; nothing, where that is one too. */
export function NumberField({
  value,
  onChange,
  onNothing,
  ...rest
}: FieldProps<number> & { readonly onNothing?: () => void }) {
  const [typed, setTyped] = useState(Number.isNaN(value) ? '' : String(value));
  return (
    <TextField
      {...rest}
      inputMode="numeric"
      value={typed}
      onChange={(text) => {
        setTyped(text);
        if (text.trim() !== '') onChange(Number(text));
        else if (onNothing === undefined) onChange(Number.NaN);
        else onNothing();
      }}
    />
  );
}

/** Yes or no. */
export function TickField({ path, label, hint, value, onChange }: FieldProps<boolean>) {
  const { bound, mend } = useField(path);
  return (
    <Checkbox
      {...bound}
      label={label}
      description={hint}
      checked={value}
      onChange={(event) => {
        mend();
        onChange(event.currentTarget.checked);
      }}
    />
  );
}
