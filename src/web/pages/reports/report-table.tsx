import { ReportChart } from './report-chart.tsx';
import { columnText, isNumber, type ReportTable } from './report-text.ts';
import '../../components/table.css';

/** Rows from which a charted table is folded away. */
const LONG = 16;

/** A table of a report, under its chart when it has one. */
export function ReportTableView({ table }: { readonly table: ReportTable }) {
  const { rows, none, chart } = table;
  if (rows.length === 0) return <p className="sd-soft">{none}</p>;
  const grid = <Grid table={table} />;
  return (
    <>
      <ReportChart table={table} />
      {chart !== undefined && rows.length > LONG ? (
        <details>
          <summary>The same as a table</summary>
          {grid}
        </details>
      ) : (
        grid
      )}
    </>
  );
}

function Grid({ table: { title, columns, rows } }: { readonly table: ReportTable }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reached by keyboard
    <section className="sd-table-box" aria-label={`${title}, table`} tabIndex={0}>
      <table className="sd-table">
        <thead>
          <tr>
            {columns.map(({ key, title: name, means }) => (
              <th key={key} scope="col" className={isNumber(means) ? 'sd-right' : ''}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.join(' ')}>
              {columns.map(({ key, means }, at) => (
                <td key={key} className={isNumber(means) ? 'sd-right' : ''}>
                  {columnText(row[at] ?? null, means)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
