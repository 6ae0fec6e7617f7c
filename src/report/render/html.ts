// A report as one page that stands alone: no script, nothing from elsewhere, and a policy in it that says so.
import { createHash } from 'node:crypto';
import type { Column, Figure, Report, ReportSection, ReportTable } from '../model.ts';
import { columnText, comparison, figureText } from './format.ts';
import { headOf } from './head.ts';
import { anchorOf, escapeHtml } from './html-text.ts';
import { STYLE } from './style.ts';
import { chartOf } from './svg.ts';

/** Rows from which a charted table is folded away. */
const LONG = 16;
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');
const POLICY = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'`;
const RIGHT: readonly Column['means'][] = ['banded', 'count', 'share', 'percent', 'minutes', 'number'];

export function renderHtml(report: Report): string {
  const { title, kicker, lead, notes } = headOf(report);
  const contents = report.sections
    .map(({ id, title: name }) => `<li><a href="#${id}">${escapeHtml(name)}</a></li>`)
    .join('');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<header>
<p class="kicker">${escapeHtml(kicker)}</p>
<h1>${escapeHtml(title)}</h1>
<p class="soft">${escapeHtml(lead)}</p>
${notes.map((note) => `<p class="mark">${escapeHtml(note)}</p>`).join('\n')}
<nav aria-label="Sections"><ol>${contents}</ol></nav>
</header>
${report.sections.map((section) => sectionOf(section, report.kind === 'bulletin' ? 0 : LONG)).join('\n')}
${queriesOf(report)}
</main>
</body>
</html>
`;
}

/** @param long rows from which a charted table is folded away */
function sectionOf({ number, id, title, text, lists, figures, tables }: ReportSection, long: number): string {
  const cards = figures.length === 0 ? '' : `<ul class="cards">${figures.map(cardOf).join('')}</ul>`;
  return `<section id="${id}" aria-labelledby="${id}-h">
<h2 id="${id}-h"><span class="n">${number}</span>${escapeHtml(title)}</h2>
${text.map((one) => `<p>${escapeHtml(one)}</p>`).join('\n')}
${cards}
${tables.map((table) => tableOf(table, long)).join('\n')}
${lists.map((list) => `<h3>${escapeHtml(list.title)}</h3><ul>${list.items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul>`).join('\n')}
</section>`;
}

function cardOf(figure: Figure): string {
  return `<li><span class="v">${escapeHtml(figureText(figure.value, figure))}</span><span class="l">${escapeHtml(figure.label)}</span><span class="c">${escapeHtml(comparison(figure))}</span><span class="q">${queryLink(figure.query, figure.label)}</span></li>`;
}

function queryLink(query: string, what: string): string {
  return `<a href="#${anchorOf(query)}" aria-label="Query of ${escapeHtml(what)}">query</a>`;
}

function tableOf(table: ReportTable, long: number): string {
  const { title, rows, none, query } = table;
  const head = `<h3>${escapeHtml(title)}</h3>`;
  const from = `<p class="from">${queryLink(query, title)}</p>`;
  if (rows.length === 0) return `${head}<p class="soft">${escapeHtml(none)}</p>${from}`;
  const chart = chartOf(table);
  const cells = gridOf(table);
  const shown =
    chart !== '' && rows.length > long ? `<details><summary>The same as a table</summary>${cells}</details>` : cells;
  return `${head}${chart}${shown}${from}`;
}

function gridOf({ title, columns, rows }: ReportTable): string {
  const align = ({ means }: Column): string => (RIGHT.includes(means) ? ' class="r"' : '');
  const head = columns.map((column) => `<th scope="col"${align(column)}>${escapeHtml(column.title)}</th>`).join('');
  const body = rows
    .map((row) => {
      const cells = columns.map((column, at) => {
        const text = escapeHtml(columnText(row[at] ?? null, column));
        return `<td${align(column)}>${text}</td>`;
      });
      return `<tr>${cells.join('')}</tr>`;
    })
    .join('');
  return `<div class="scroll" tabindex="0" role="region" aria-label="${escapeHtml(title)}, table"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

/** Each query as it ran, and how to run it again; under it the figures that it gives. */
function queriesOf({ kind, queries, sections, period, realm, tier }: Report): string {
  const uses = new Map<string, string[]>();
  for (const { figures, tables } of sections) {
    for (const { query, label, reads } of figures) uses.set(query, [...(uses.get(query) ?? []), `${label}: ${reads}`]);
    for (const { query, title } of tables) uses.set(query, [...(uses.get(query) ?? []), `${title}: the rows`]);
  }
  const each = queries.map(({ id, title, query }) => {
    const again = query.startsWith('GET ') ? 'sundew decoy list' : againBy(id, period.id, realm);
    const gives = (uses.get(id) ?? []).map((one) => `<li>${escapeHtml(one)}</li>`).join('');
    return `<article id="${anchorOf(id)}"><h3>${escapeHtml(title)}</h3><ul class="soft">${gives}</ul><pre tabindex="0"><code>${escapeHtml(query)}</code></pre><p class="from">Again: <code>${escapeHtml(again)}</code></p></article>`;
  });
  const bands =
    tier === 'operator' ? '' : ' They give exact counts, which this report has in bands; only operators can run them.';
  // A bulletin is short, on paper too: its queries are folded away, and open when a link leads to one.
  const listed =
    kind === 'bulletin' ? `<details><summary>All queries</summary>${each.join('\n')}</details>` : each.join('\n');
  return `<section id="queries" aria-labelledby="queries-h"><h2 id="queries-h">Queries</h2><p>Every figure is what one of these gives. In the database they run as they stand, with <code>set search_path = ${realm}, public; set timezone = 'UTC'</code> before them.${bands}</p>${listed}</section>`;
}

/** The command that runs one query again. */
export function againBy(id: string, period: string, realm: string): string {
  return `sundew report --period ${period} --query ${id}${realm === 'simulated' ? ' --simulated' : ''}`;
}
