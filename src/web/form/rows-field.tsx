// A list of rows in a form, of whatever a row holds: added, taken away and, where order means something, moved. Works by
// keyboard alone: the focus goes where the work goes on, and what happened is said.
import { ActionIcon, Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useField } from './faults-context.tsx';
import { type Row, type RowsOf, useRows } from './use-rows.ts';
import './form.css';

interface RowsFieldProps<T> extends RowsOf<T> {
  readonly label: string;
  readonly hint?: string | undefined;
  /** The order means something. */
  readonly ordered?: boolean;
  /** Rows of one field stand closer. */
  readonly slim?: boolean;
  readonly children: (row: Row<T>) => ReactNode;
}

/** The list with its rows and its buttons. */
export function RowsField<T>({ label, hint, ordered = false, slim = false, children, ...of }: RowsFieldProps<T>) {
  const { word, rows, blank } = of;
  const { bound } = useField(of.path);
  const { box, keys, told, add, remove, swap, rowAt } = useRows(of);
  const wrong = `${bound.id}-wrong`;
  return (
    <fieldset ref={box} className="sd-rows" aria-describedby={bound.error === undefined ? undefined : wrong}>
      <legend>{label}</legend>
      {hint === undefined ? null : <p className="sd-soft sd-small">{hint}</p>}
      {bound.error === undefined ? null : (
        <p id={bound.id} tabIndex={-1} className="sd-form-wrong">
          <span id={wrong}>{bound.error}</span>
        </p>
      )}
      {rows.length === 0 ? null : (
        <ol className="sd-plain sd-rows-list">
          {rows.map((value, at) => (
            <li key={keys[at]} data-row={at} className={slim ? 'sd-rows-slim' : 'sd-rows-row'}>
              {/* biome-ignore lint/a11y/useSemanticElements: a fieldset in every row would be read out with every field */}
              <div role="group" aria-label={`${word} ${at + 1}`} className="sd-rows-fields">
                {children(rowAt(at, value))}
              </div>
              <div className="sd-rows-buttons">
                {ordered ? <Moves row={`${word} ${at + 1}`} at={at} last={rows.length - 1} swap={swap} /> : null}
                <ActionIcon variant="default" aria-label={`Remove ${word} ${at + 1}`} onClick={() => remove(at)}>
                  ×
                </ActionIcon>
              </div>
            </li>
          ))}
        </ol>
      )}
      <div>
        <Button size="compact-sm" variant="default" data-add disabled={blank() === undefined} onClick={add}>
          Add {word}
        </Button>
      </div>
      <div role="status" className="sd-hidden">
        {told}
      </div>
    </fieldset>
  );
}

interface MovesProps {
  readonly row: string;
  readonly at: number;
  readonly last: number;
  readonly swap: (at: number, by: -1 | 1) => void;
}

/** Up and down. At an end they are not disabled, only idle: a disabled button would lose the focus. */
function Moves({ row, at, last, swap }: MovesProps) {
  return ([-1, 1] as const).map((by) => (
    <ActionIcon
      key={by}
      variant="default"
      data-by={by}
      aria-label={`Move ${row} ${by < 0 ? 'up' : 'down'}`}
      aria-disabled={at + by < 0 || at + by > last}
      onClick={() => swap(at, by)}
    >
      {by < 0 ? '↑' : '↓'}
    </ActionIcon>
  ));
}
