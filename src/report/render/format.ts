// Values of reports for people, the same in every form.
import type { Cell, Column, Figure } from '../model.ts';

/** Digits in groups, bands with a dash, `–` for what is not known or not told. */
export function cellText(cell: Cell): string {
  if (cell === null) return '–';
  if (typeof cell === 'number') return cell.toLocaleString('en-US', { maximumFractionDigits: 2 });
  return bandText(cell);
}

/** A cell of a table: shares have their sign. */
export function columnText(cell: Cell, { means }: Column): string {
  const text = cellText(cell);
  return means === 'share' && cell !== null ? `${text} %` : text;
}

const BAND = /^\d+(-\d+|\+)$/;

function bandText(text: string): string {
  if (!BAND.test(text)) return text;
  return text.replaceAll(/\d+/g, (digits) => Number(digits).toLocaleString('en-US')).replace('-', '–');
}

/** What a chart draws of a cell: of a band its lower end. */
export function drawn(cell: Cell | undefined): number {
  if (typeof cell === 'number') return cell;
  return typeof cell === 'string' ? Number.parseInt(cell, 10) || 0 : 0;
}

/** `+40 %`, `−3 %`, `same`. */
export function changeText(change: number): string {
  if (change === 0) return 'same';
  return `${change > 0 ? '+' : '−'}${Math.abs(change).toLocaleString('en-US')} %`;
}

/** A figure's value. */
export function figureText(cell: Cell, { means }: Figure): string {
  const text = cellText(cell);
  return (means === 'share' || means === 'percent') && cell !== null ? `${text} %` : text;
}

/** What stood there before: `before 12 (+40 %), a year before 3`. */
export function comparison(figure: Figure): string {
  const { before, change, yearBefore } = figure;
  const then = before === undefined ? '' : `before ${figureText(before, figure)}`;
  const by = typeof change === 'number' ? ` (${changeText(change)})` : '';
  const year = yearBefore === undefined ? '' : `, a year before ${figureText(yearBefore, figure)}`;
  return `${then}${by}${year}`;
}
