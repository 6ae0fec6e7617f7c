// A report as plain text, for mail: sections, figures and short tables. Queries and charts stand on the page.
import type { Report, ReportSection, ReportTable } from '../model.ts';
import { columnText, comparison, figureText } from './format.ts';
import { headOf } from './head.ts';

const WIDTH = 78;
/** Rows of a table; the rest stands on the page. */
const MAX_ROWS = 12;

export function renderText(report: Report): string {
  const { title, kicker, lead, notes } = headOf(report);
  const parts = [
    `${plain(title)}\n${plain(kicker)}`,
    wrapped(lead),
    ...notes.map((note) => wrapped(note)),
    ...report.sections.flatMap(sectionOf),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** The first figures in a line: `Captures 100–299 (+40 %), New campaigns 3–9`. */
export function summaryOf({ sections }: Report, count = 3): string {
  const figures = sections[0]?.figures.slice(0, count) ?? [];
  return figures.map((figure) => `${figure.label} ${figureText(figure.value, figure)}`).join(', ');
}

/** One line, whatever it holds. */
function plain(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
}

function sectionOf({ number, title, text, figures, tables, lists }: ReportSection): string[] {
  const heading = `${number}. ${plain(title)}`;
  return [
    `${heading}\n${'-'.repeat(Math.min(WIDTH, heading.length))}`,
    ...text.map((one) => wrapped(one)),
    ...(figures.length === 0
      ? []
      : [
          figures
            .map((figure) => {
              const compared = comparison(figure);
              const value = `${figure.label}: ${figureText(figure.value, figure)}`;
              return wrapped(compared === '' ? value : `${value}; ${compared}`, '  ', '    ');
            })
            .join('\n'),
        ]),
    ...tables.flatMap(tableOf),
    ...lists.map(({ title: of, items }) => [plain(of), ...items.map((item) => wrapped(item, '- ', '  '))].join('\n')),
  ];
}

/** Columns where they fit, otherwise a line a row. A series of days is a picture, and pictures stand on the page. */
function tableOf(table: ReportTable): string[] {
  const { title, columns, rows, none, chart } = table;
  if (chart?.kind === 'columns') return [];
  if (rows.length === 0) return none === '' ? [] : [`${plain(title)}\n${wrapped(none, '  ', '  ')}`];
  const heads = columns.map((column) => plain(column.title));
  const cells = rows
    .slice(0, MAX_ROWS)
    .map((row) => columns.map((column, at) => plain(columnText(row[at] ?? null, column))));
  const widths = heads.map((head, at) =>
    Math.max(...[head, ...cells.map((row) => row[at] ?? '')].map((cell) => [...cell].length)),
  );
  const fits = widths.reduce((sum, width) => sum + width + 2, 0) <= WIDTH;
  const more = rows.length > MAX_ROWS ? [`  and ${rows.length - MAX_ROWS} more`] : [];
  const lines = fits
    ? [heads, ...cells].map((row) => aligned(row, widths, table))
    : cells.map((row) => inALine(row, heads));
  return [[plain(title), ...lines, ...more].join('\n')];
}

function aligned(row: readonly string[], widths: readonly number[], { columns }: ReportTable): string {
  const padded = row.map((cell, at) => {
    const space = ' '.repeat(Math.max(0, (widths[at] ?? 0) - [...cell].length));
    const means = columns[at]?.means ?? 'word';
    return means === 'word' || means === 'name' || means === 'secret' ? `${cell}${space}` : `${space}${cell}`;
  });
  return `  ${padded.join('  ')}`.trimEnd();
}

/** `- W-7K3F: Worm on XMPP; Severity high; Captures 30–99`. */
function inALine([first = '', second = '', ...rest]: readonly string[], heads: readonly string[]): string {
  const named = rest.map((cell, at) => `${heads[at + 2] ?? ''} ${cell}`.trim());
  return wrapped([`${first}: ${second}`, ...named].join('; '), '- ', '  ');
}

/** Lines of at most 78 characters, but for words that are longer. */
function wrapped(text: string, first = '', next = first): string {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of plain(text).split(' ')) {
    if (!empty && [...line].length + 1 + [...word].length > WIDTH) {
      lines.push(line);
      line = next;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line].join('\n');
}
