import { useId } from 'react';
import { cellText, drawn, type ReportTable } from './report-text.ts';

const WIDTH = 720;
const HEIGHT = 200;
const EDGE = { left: 50, right: 8, top: 10, bottom: 24 } as const;
const ROW = 26;
const LABEL = 190;
const VALUE = 90;
const MAX_BARS = 14;
const STEPS = 4;
const MAX_LABELS = 12;

/** A table drawn: columns one a step, or bars one a row. The table beside has every value, and a sentence the most. */
export function ReportChart({ table }: { readonly table: ReportTable }) {
  const id = useId();
  const { chart, rows, columns } = table;
  const series = (chart?.series ?? []).flatMap((key) => {
    const at = columns.findIndex((column) => column.key === key);
    return at < 0 ? [] : [{ at, title: columns[at]?.title ?? key, values: rows.map((row) => drawn(row[at])) }];
  });
  if (chart === undefined || series.every(({ values }) => values.every((value) => value === 0))) return null;
  const kind = chart.kind;
  const height = kind === 'columns' ? HEIGHT : Math.min(rows.length, MAX_BARS) * ROW + 4;
  const words = series.map(({ at, title, values }) => {
    const most = values.indexOf(Math.max(...values));
    return `${title}: most at ${String(rows[most]?.[0] ?? '')} with ${cellText(rows[most]?.[at] ?? null)}.`;
  });
  return (
    <figure className={`sd-report-chart sd-report-${kind}`}>
      {series.length < 2 ? null : (
        <p className="sd-soft sd-small">
          {series.map(({ title }, nth) => (
            <span key={title} className={`sd-report-key sd-report-key-${nth}`}>
              {title}
            </span>
          ))}
        </p>
      )}
      <svg viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-labelledby={`${id}-t`} aria-describedby={`${id}-d`}>
        <title id={`${id}-t`}>{table.title}</title>
        <desc id={`${id}-d`}>{words.join(' ')} The table beside has every value.</desc>
        {kind === 'columns' ? (
          <Columns labels={rows.map((row) => String(row[0] ?? ''))} series={series.map(({ values }) => values)} />
        ) : (
          <Bars table={table} at={series[0]?.at ?? 0} values={series[0]?.values ?? []} />
        )}
      </svg>
    </figure>
  );
}

/** A round step, four of which reach `most`. */
function stepOf(most: number): number {
  const ten = 10 ** Math.floor(Math.log10(most / STEPS));
  return Math.max(([1, 2, 5, 10].find((one) => one * ten * STEPS >= most) ?? 10) * ten, 1);
}

interface ColumnsProps {
  readonly labels: readonly string[];
  readonly series: readonly (readonly number[])[];
}

function Columns({ labels, series }: ColumnsProps) {
  const step = stepOf(Math.max(...series.flat()));
  const plot = HEIGHT - EDGE.top - EDGE.bottom;
  const yOf = (value: number): number => EDGE.top + plot - (value / (step * STEPS)) * plot;
  const wide = (WIDTH - EDGE.left - EDGE.right) / labels.length;
  const gap = Math.min(wide * 0.2, 8);
  const each = (wide - gap) / series.length;
  const every = Math.ceil(labels.length / MAX_LABELS);
  return (
    <>
      {Array.from({ length: STEPS + 1 }, (_, nth) => nth * step).map((value) => (
        <g key={value}>
          <path className="sd-report-grid" d={`M${EDGE.left} ${yOf(value)}H${WIDTH - EDGE.right}`} />
          <text className="sd-report-axis" x={EDGE.left - 6} y={yOf(value) + 4} textAnchor="end">
            {cellText(value)}
          </text>
        </g>
      ))}
      {labels.map((label, at) => (
        <g key={label}>
          {series.map((values, nth) => (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: a series has no other name here
              key={nth}
              className={`sd-report-s${nth}`}
              x={EDGE.left + at * wide + gap / 2 + nth * each}
              y={yOf(values[at] ?? 0)}
              width={Math.max(each - 0.5, 0.5)}
              height={EDGE.top + plot - yOf(values[at] ?? 0)}
            />
          ))}
          {at % every === 0 ? (
            <text className="sd-report-axis" x={EDGE.left + (at + 0.5) * wide} y={HEIGHT - 7} textAnchor="middle">
              {label.replace(/^\d{4}-/, '')}
            </text>
          ) : null}
        </g>
      ))}
    </>
  );
}

interface BarsProps {
  readonly table: ReportTable;
  readonly at: number;
  readonly values: readonly number[];
}

function Bars({ table: { rows }, at, values }: BarsProps) {
  const most = Math.max(...values);
  return rows.slice(0, MAX_BARS).map((row, nth) => {
    const name = String(row[0] ?? '');
    const width = ((values[nth] ?? 0) / most) * (WIDTH - LABEL - VALUE);
    return (
      <g key={row.join(' ')} transform={`translate(0 ${nth * ROW})`}>
        <text className="sd-report-label" x={LABEL - 8} y={18} textAnchor="end">
          {name.length > 28 ? `${name.slice(0, 27)}…` : name}
        </text>
        <rect className="sd-report-s0" x={LABEL} y={5} width={Math.max(width, 1.5)} height={ROW - 9} rx={2} />
        <text className="sd-report-label" x={LABEL + Math.max(width, 1.5) + 7} y={18}>
          {cellText(row[at] ?? null)}
        </text>
      </g>
    );
  });
}
