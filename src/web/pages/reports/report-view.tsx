import type { Report } from '../../api/types.ts';
import { Panel } from '../../components/panel.tsx';
import { ReportTableView } from './report-table.tsx';
import { comparisonText, figureText } from './report-text.ts';

type Section = Report['sections'][number];

/** A report as the reader may see it; every figure leads to the query that gives it. */
export function ReportView({ report }: { readonly report: Report }) {
  const { sections, queries, period, before, until, madeAt, tier, running } = report;
  const minute = (time: string): string => `${time.slice(0, 16).replace('T', ' ')} UTC`;
  return (
    <>
      <p className="sd-soft">
        {period.label}: {minute(period.from)} to {minute(until)}, compared with {before.label}. Made {minute(madeAt)}.{' '}
        {tier === 'operator' ? 'You are signed in: counts are exact.' : 'Counts are in bands.'}
        {running ? ' The period is not over.' : ''}
      </p>
      <nav aria-label="Sections of the report">
        <ol className="sd-report-contents">
          {sections.map(({ id, title }) => (
            <li key={id}>
              <a href={`#report-${id}`}>{title}</a>
            </li>
          ))}
        </ol>
      </nav>
      {sections.map((section) => (
        <div key={section.id} id={`report-${section.id}`}>
          <SectionView section={section} />
        </div>
      ))}
      <Panel title="Queries">
        <p className="sd-soft sd-small">
          Every figure is what one of these gives; they give exact counts, and operators can run them: sundew report
          --period {period.id} --query ID.
        </p>
        {queries.map(({ id, title, query }) => (
          <article key={id} id={`query-${id}`} className="sd-report-query">
            <h3>
              {title} <span className="sd-soft sd-small">{id}</span>
            </h3>
            <pre>{query}</pre>
          </article>
        ))}
      </Panel>
    </>
  );
}

function SectionView({ section }: { readonly section: Section }) {
  const { number, title, text, figures, tables, lists } = section;
  return (
    <Panel title={`${number}. ${title}`}>
      <div className="sd-prose">
        {text.map((one) => (
          <p key={one}>{one}</p>
        ))}
      </div>
      {figures.length === 0 ? null : (
        <ul className="sd-plain sd-report-figures">
          {figures.map((figure) => (
            <li key={figure.id}>
              <strong>{figureText(figure.value, figure)}</strong>
              <span>{figure.label}</span>
              <span className="sd-soft sd-small">{comparisonText(figure)}</span>
              <QueryLink query={figure.query} of={figure.label} />
            </li>
          ))}
        </ul>
      )}
      {tables.map((table) => (
        <div key={table.id} className="sd-report-part">
          <h3>{table.title}</h3>
          <ReportTableView table={table} />
          <QueryLink query={table.query} of={table.title} />
        </div>
      ))}
      {lists.map((list) => (
        <div key={list.title} className="sd-report-part">
          <h3>{list.title}</h3>
          <ul className="sd-list">
            {list.items.map((item) => (
              <li key={item}>{item}</li>
            ))}
          </ul>
        </div>
      ))}
    </Panel>
  );
}

function QueryLink({ query, of }: { readonly query: string; readonly of: string }) {
  return (
    <a className="sd-small" href={`#query-${query}`} aria-label={`Query of ${of}`}>
      query
    </a>
  );
}
