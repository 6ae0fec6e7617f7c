// A list whose rows are a line each. Enter goes on in a new line; pasted lines become rows.
import { Textarea, TextInput } from '@mantine/core';
import { type ClipboardEvent, type KeyboardEvent, useId } from 'react';
import { useField } from './faults-context.tsx';
import { Offer, type Suggestions } from './fields.tsx';
import { pastedLines } from './rows.ts';
import { RowsField } from './rows-field.tsx';
import type { Row } from './use-rows.ts';

export interface LinesFieldProps {
  readonly path: string;
  readonly label: string;
  /** What a line is called, as `step`. */
  readonly word: string;
  readonly hint?: string | undefined;
  readonly lines: readonly string[];
  readonly onLines: (lines: readonly string[]) => void;
  readonly ordered?: boolean;
  /** Lines that are sentences rather than words. */
  readonly long?: boolean;
  readonly suggest?: Suggestions | undefined;
}

/** The list. */
export function LinesField({ lines, onLines, long = false, suggest, ...rest }: LinesFieldProps) {
  const offered = useId();
  return (
    <>
      <RowsField slim {...rest} rows={lines} onRows={onLines} blank={() => ''}>
        {(row) => <Line row={row} word={rest.word} long={long} {...(suggest === undefined ? {} : { list: offered })} />}
      </RowsField>
      {suggest === undefined ? null : <Offer id={offered} of={suggest} />}
    </>
  );
}

interface LineProps {
  readonly row: Row<string>;
  readonly word: string;
  readonly long: boolean;
  readonly list?: string;
}

function Line({ row, word, long, list }: LineProps) {
  const { bound, mend } = useField(row.path);
  const shared = {
    ...bound,
    'aria-label': `${word} ${row.number}`,
    value: row.value,
    onChange: (event: { readonly currentTarget: { readonly value: string } }) => {
      mend();
      row.set(event.currentTarget.value);
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
      event.preventDefault();
      if (row.value.trim() !== '') row.replace([row.value, '']);
    },
    onPaste: (event: ClipboardEvent) => {
      const pasted = pastedLines(event.clipboardData.getData('text'));
      if (pasted.length < 2) return;
      event.preventDefault();
      row.replace(row.value.trim() === '' ? pasted : [row.value, ...pasted]);
    },
  };
  return long ? (
    <Textarea {...shared} autosize minRows={1} maxRows={12} />
  ) : (
    <TextInput {...shared} autoComplete="off" {...(list === undefined ? {} : { list })} />
  );
}
