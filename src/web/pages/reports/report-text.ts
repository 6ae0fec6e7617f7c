// Values of reports for people.
import type { Report } from '../../api/types.ts';
import { bandText, count } from '../../components/format.ts';

export type ReportTable = Report['sections'][number]['tables'][number];
type Figure = Report['sections'][number]['figures'][number];
type Cell = Figure['value'];

/** Words that come from outside are defanged by the server; a band has its dash. */
export function cellText(cell: Cell): string {
  if (cell === null) return '–';
  if (typeof cell === 'number') return count(cell);
  return /^\d+(-\d+|\+)$/.test(cell) ? bandText(cell) : cell;
}

/** Of a column of shares with its sign. */
export function columnText(cell: Cell, means: ReportTable['columns'][number]['means']): string {
  return means === 'share' && cell !== null ? `${cellText(cell)} %` : cellText(cell);
}

export function figureText(cell: Cell, { means }: Figure): string {
  const percent = (means === 'share' || means === 'percent') && cell !== null;
  return percent ? `${cellText(cell)} %` : cellText(cell);
}

/** `before 12 (+40 %), a year before 3`. */
export function comparisonText(figure: Figure): string {
  const { before, change, yearBefore } = figure;
  if (before === undefined) return '';
  const by =
    typeof change === 'number'
      ? ` (${change === 0 ? 'same' : `${change > 0 ? '+' : '−'}${count(Math.abs(change))} %`})`
      : '';
  const year = yearBefore === undefined ? '' : `, a year before ${figureText(yearBefore, figure)}`;
  return `before ${figureText(before, figure)}${by}${year}`;
}

/** What a chart draws of a cell: of a band its lower end. */
export function drawn(cell: Cell | undefined): number {
  if (typeof cell === 'number') return cell;
  return typeof cell === 'string' ? Number.parseInt(cell, 10) || 0 : 0;
}

/** Numbers stand to the right. */
export function isNumber(means: ReportTable['columns'][number]['means']): boolean {
  return means !== 'word' && means !== 'name' && means !== 'secret';
}
