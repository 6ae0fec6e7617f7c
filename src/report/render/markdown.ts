// A report as Markdown. Whatever came from outside is escaped so that no renderer makes links, pictures or markup of it.
import type { Report, ReportSection, ReportTable } from '../model.ts';
import { columnText, comparison, figureText } from './format.ts';
import { headOf } from './head.ts';
import { againBy } from './html.ts';
import { anchorOf } from './html-text.ts';

export function renderMarkdown(report: Report): string {
  const { title, kicker, lead, notes } = headOf(report);
  const parts = [
    `# ${plain(title)}`,
    plain(kicker),
    plain(lead),
    ...notes.map((note) => `> ${plain(note)}`),
    ...report.sections.flatMap(sectionOf),
    ...queriesOf(report),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** One line of text without any meaning to a Markdown renderer, with or without HTML in it. */
function plain(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\s+/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_{}[\]()#!|~^$]/g, (found) => `\\${found}`)
    .replace(/^([-+=]|\d+[.)])/, '\\$1')
    .replaceAll('@', '&#64;')
    .replaceAll('://', '&#58;//')
    .replaceAll(/www\./gi, (found) => found.replace('.', '&#46;'));
}

function sectionOf({ number, title, text, lists, figures, tables }: ReportSection): string[] {
  return [
    `## ${number}. ${plain(title)}`,
    ...text.map(plain),
    ...(figures.length === 0
      ? []
      : [
          figures
            .map((figure) => {
              const compared = comparison(figure);
              const more = compared === '' ? '' : `; ${plain(compared)}`;
              return `- ${plain(figure.label)}: **${plain(figureText(figure.value, figure))}**${more} ${link(figure.query)}`;
            })
            .join('\n'),
        ]),
    ...tables.flatMap(tableOf),
    ...lists.flatMap((list) => [`### ${plain(list.title)}`, list.items.map((item) => `- ${plain(item)}`).join('\n')]),
  ];
}

function link(query: string): string {
  return `([query](#${anchorOf(query)}))`;
}

function tableOf({ title, columns, rows, none, query }: ReportTable): string[] {
  const head = `### ${plain(title)} ${link(query)}`;
  if (rows.length === 0) return [head, plain(none)];
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    head,
    [
      line(columns.map((column) => plain(column.title))),
      line(columns.map(({ means }) => (means === 'word' || means === 'name' || means === 'secret' ? '---' : '--:'))),
      ...rows.map((row) => line(columns.map((column, at) => plain(columnText(row[at] ?? null, column))))),
    ].join('\n'),
  ];
}

function queriesOf({ queries, period, realm }: Report): string[] {
  return [
    '## Queries',
    plain(`Every figure is what one of these gives, with search_path = ${realm}, public.`),
    ...queries.flatMap(({ id, title, query }) => [
      `### <a id="${anchorOf(id)}"></a>${plain(title)}`,
      `\`\`\`sql\n${query}\n\`\`\``,
      ...(query.startsWith('GET ') ? [] : [`Again: \`${againBy(id, period.id, realm)}\``]),
    ]),
  ];
}
