import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { reportPeriodsQuery, reportQuery } from '../api/public-queries.ts';
import type { ReportPeriodList } from '../api/types.ts';
import { Answer } from '../components/answer.tsx';
import { Empty } from '../components/feedback.tsx';
import { Page } from '../components/page.tsx';
import { ReportView } from './reports/report-view.tsx';
import './reports/reports.css';

const FORMS = [
  { value: 'report', label: 'Report, thirteen sections' },
  { value: 'bulletin', label: 'Bulletin, in short' },
];

/** The reports of quarters and months: a period is chosen, its report shown below. */
export function ReportsPage() {
  const periods = useQuery(reportPeriodsQuery);
  return (
    <Page
      title="Reports"
      lead="What a quarter or a month brought: counted by frozen queries, beside the period before, with what is missing said."
    >
      <Answer of={periods} what="the periods">
        {({ periods: list }) =>
          list.length === 0 ? (
            <Empty>There is no report yet: nothing was captured, or only today.</Empty>
          ) : (
            <Chosen periods={list} />
          )
        }
      </Answer>
    </Page>
  );
}

function Chosen({ periods }: { readonly periods: ReportPeriodList['periods'] }) {
  const search = useSearch({ from: '/reports' });
  const navigate = useNavigate({ from: '/reports' });
  // Unless told, the newest period that is over; while none is, the running one.
  const period = search.period ?? periods.find(({ running }) => !running)?.id ?? periods[0]?.id ?? '';
  const bulletin = search.form === 'bulletin';
  const report = useQuery(reportQuery(period, bulletin));
  const options = periods.map(({ id, label, running }) => ({
    value: id,
    label: running ? `${label} (running)` : label,
  }));
  const known = options.some(({ value }) => value === period);
  const file = (format: string): string =>
    `/api/v1/reports/${encodeURIComponent(period)}?format=${format}${bulletin ? '&bulletin=true' : ''}`;
  return (
    <>
      <div className="sd-filters">
        <NativeSelect
          label="Period"
          data={known ? options : [{ value: period, label: period }, ...options]}
          value={period}
          onChange={(event) => void navigate({ search: { ...search, period: event.currentTarget.value } })}
        />
        <NativeSelect
          label="Form"
          data={FORMS}
          value={bulletin ? 'bulletin' : 'report'}
          onChange={(event) => {
            const form = event.currentTarget.value === 'bulletin' ? 'bulletin' : undefined;
            void navigate({ search: { ...search, form } });
          }}
        />
        <p className="sd-report-files">
          Download: <a href={file('html')}>HTML</a> <a href={file('markdown')}>Markdown</a>{' '}
          <a href={file('json')} download={`sundew-${bulletin ? 'bulletin' : 'report'}-${period}.json`}>
            JSON
          </a>
        </p>
      </div>
      <Answer of={report} what="the report">
        {(data) => <ReportView report={data} />}
      </Answer>
    </>
  );
}
