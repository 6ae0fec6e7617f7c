// A table in its panel; on a phone its rows become cards.
import type { ReactNode } from 'react';
import './table.css';

/** A column's head: its word, of numbers to the right, of buttons for screen readers alone. */
export type Head = string | { readonly word: string; readonly as: 'number' | 'hidden' };

interface RowsProps {
  readonly heads: readonly Head[];
  /** The rows. */
  readonly children: ReactNode;
  readonly className?: string;
}

/** The table alone, for panels that hold more. */
export function Rows({ heads, children, className }: RowsProps) {
  return (
    <div className="sd-table-box">
      <table className={['sd-table sd-table-cards', className].filter(Boolean).join(' ')}>
        <thead>
          <tr>
            {heads.map((head) =>
              typeof head === 'string' ? (
                <th key={head} scope="col">
                  {head}
                </th>
              ) : (
                <th key={head.word} scope="col" className={head.as === 'number' ? 'sd-right' : ''}>
                  {head.as === 'number' ? head.word : <span className="sd-hidden">{head.word}</span>}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

/** The table in a panel of its own. */
export function RowsTable(props: RowsProps) {
  return (
    <div className="sd-panel">
      <Rows {...props} />
    </div>
  );
}
