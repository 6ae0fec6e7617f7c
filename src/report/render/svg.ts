// Charts as inline SVG: no script, no outside, colours by the page's style sheet; a table with the same figures stands beside.
import type { ReportTable } from '../model.ts';
import { cellText, drawn } from './format.ts';
import { escapeHtml } from './html-text.ts';

const WIDTH = 720;
const COLUMNS = { height: 210, left: 48, top: 12, bottom: 26, right: 8 } as const;
const BARS = { row: 26, label: 190, value: 90, max: 14 } as const;
const STEPS = 4;
const MAX_LABELS = 12;

interface Series {
  readonly title: string;
  readonly values: readonly number[];
}

/** The table's chart, or nothing when there is nothing to draw. */
export function chartOf(table: ReportTable): string {
  const { chart, rows, columns } = table;
  if (chart === undefined || rows.length === 0) return '';
  const series = chart.series.flatMap((key): Series[] => {
    const at = columns.findIndex((column) => column.key === key);
    return at < 0 ? [] : [{ title: columns[at]?.title ?? key, values: rows.map((row) => drawn(row[at])) }];
  });
  if (series.every(({ values }) => values.every((value) => value === 0))) return '';
  return chart.kind === 'columns' ? columnsOf(table, series) : barsOf(table, series);
}

/** The next of 1, 2, 5 × 10ⁿ, four of which reach `value`. */
function stepOf(value: number): number {
  const rough = value / STEPS;
  const ten = 10 ** Math.floor(Math.log10(rough));
  return Math.max([1, 2, 5, 10].find((one) => one * ten >= rough) ?? 10, 0) * ten;
}

function columnsOf(table: ReportTable, series: readonly Series[]): string {
  const { height, left, top, bottom, right } = COLUMNS;
  const count = table.rows.length;
  const step = Math.max(stepOf(Math.max(...series.flatMap(({ values }) => values))), 1);
  const plot = height - top - bottom;
  const yOf = (value: number): number => top + plot - (value / (step * STEPS)) * plot;
  const wide = (WIDTH - left - right) / count;
  const grid = Array.from({ length: STEPS + 1 }, (_, nth) => {
    const y = yOf(nth * step);
    return `<path class="grid" d="M${left} ${round(y)}H${WIDTH - right}"/><text class="axis" x="${left - 6}" y="${round(y + 4)}" text-anchor="end">${cellText(nth * step)}</text>`;
  });
  const gap = Math.min(wide * 0.2, 8);
  const each = (wide - gap) / series.length;
  const drawnColumns = series.flatMap(({ values }, nth) =>
    values.map((value, at) => {
      const y = yOf(value);
      const x = left + at * wide + gap / 2 + nth * each;
      return value === 0
        ? ''
        : `<rect class="s${nth}" x="${round(x)}" y="${round(y)}" width="${round(Math.max(each - 0.5, 0.5))}" height="${round(top + plot - y)}"/>`;
    }),
  );
  const every = Math.ceil(count / MAX_LABELS);
  const labels = table.rows.map((row, at) =>
    at % every === 0
      ? `<text class="axis" x="${round(left + (at + 0.5) * wide)}" y="${height - 8}" text-anchor="middle">${escapeHtml(shortDay(String(row[0])))}</text>`
      : '',
  );
  return figureOf(table, series, height, [...grid, ...drawnColumns, ...labels].join(''));
}

function barsOf(table: ReportTable, series: readonly Series[]): string {
  const { row, label, value, max } = BARS;
  const values = series[0]?.values.slice(0, max) ?? [];
  const most = Math.max(...values);
  const column = table.columns.findIndex(({ key }) => key === table.chart?.series[0]);
  const lines = values.map((one, at) => {
    const y = at * row;
    const width = Math.max((one / most) * (WIDTH - label - value), one === 0 ? 0 : 1.5);
    const name = String(table.rows[at]?.[0] ?? '');
    return `<text class="label" x="${label - 8}" y="${y + 18}" text-anchor="end">${escapeHtml(name.length > 28 ? `${name.slice(0, 27)}…` : name)}</text><rect class="s0" x="${label}" y="${y + 5}" width="${round(width)}" height="${row - 9}" rx="2"/><text class="label" x="${round(label + width + 7)}" y="${y + 18}">${escapeHtml(cellText(table.rows[at]?.[column] ?? null))}</text>`;
  });
  return figureOf(table, series.slice(0, 1), values.length * row + 4, lines.join(''));
}

function figureOf(table: ReportTable, series: readonly Series[], height: number, content: string): string {
  const id = `chart-${table.id}`;
  const legend =
    series.length < 2
      ? ''
      : `<p class="legend">${series.map(({ title }, nth) => `<span class="key k${nth}"></span>${escapeHtml(title)}`).join(' ')}</p>`;
  return `<figure class="${table.chart?.kind ?? ''}">${legend}<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="${id}-t" aria-describedby="${id}-d"><title id="${id}-t">${escapeHtml(table.title)}</title><desc id="${id}-d">${escapeHtml(describe(table, series))} The table beside has every value.</desc>${content}</svg></figure>`;
}

/** The most of each series, in words. */
function describe(table: ReportTable, series: readonly Series[]): string {
  return series
    .map(({ title, values }) => {
      const at = values.indexOf(Math.max(...values));
      const key = table.chart?.series[series.findIndex((one) => one.title === title)];
      const column = table.columns.findIndex((one) => one.key === key);
      return `${title}: most at ${String(table.rows[at]?.[0] ?? '')} with ${cellText(table.rows[at]?.[column] ?? null)}.`;
    })
    .join(' ');
}

function shortDay(text: string): string {
  return /^\d{4}-\d\d-\d\d$/.test(text) ? text.slice(5) : text;
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}
