// A table of the console in its panel; on a phone its rows become cards.
import type { ReactNode } from 'react';

/** @param children the rows */
export function RowsTable({ heads, children }: { readonly heads: readonly string[]; readonly children: ReactNode }) {
  return (
    <div className="sd-panel">
      <div className="sd-table-box">
        <table className="sd-table sd-table-cards">
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{children}</tbody>
        </table>
      </div>
    </div>
  );
}
