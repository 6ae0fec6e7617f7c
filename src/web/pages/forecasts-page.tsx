import { useQuery } from '@tanstack/react-query';
import { forecastsQuery } from '../api/public-queries.ts';
import type { ForecastScores } from '../api/types.ts';
import { Answer } from '../components/answer.tsx';
import { Empty } from '../components/feedback.tsx';
import { Page } from '../components/page.tsx';
import { Panel } from '../components/panel.tsx';
import { CalibrationChart } from './calibration-chart.tsx';
import { horizonOf } from './horizon.ts';
import '../components/table.css';

/** How right the forecasts were: each one made counts. */
export function ForecastsPage() {
  const forecasts = useQuery(forecastsQuery);
  return (
    <Page
      title="Forecasts"
      lead="When something spreads by itself, its warning says how much of it is to come. Every forecast is kept, and scored when its time has passed."
    >
      <Answer of={forecasts} what="the scores">
        {({ scores }) =>
          scores.length === 0 ? (
            <Empty>No forecast has been made yet: nothing has spread by itself.</Empty>
          ) : (
            <Scores scores={scores} />
          )
        }
      </Answer>
    </Page>
  );
}

function Scores({ scores }: { readonly scores: ForecastScores['scores'] }) {
  const done = scores.filter(({ scored }) => scored > 0);
  return (
    <>
      <Panel title="Scores">
        <div className="sd-table-box">
          <table className="sd-table sd-table-cards">
            <thead>
              <tr>
                <th scope="col">Ahead</th>
                <th scope="col">Scored</th>
                <th scope="col">Waiting</th>
                <th scope="col">Interval held</th>
                <th scope="col">Median error</th>
                <th scope="col">Interval score</th>
              </tr>
            </thead>
            <tbody>
              {scores.map((score) => (
                <Row key={score.aheadMin} score={score} />
              ))}
            </tbody>
          </table>
        </div>
        <p className="sd-soft sd-small">
          Intervals are to hold in 90 of 100 cases. An error of 1 is twice or half of what came. The interval score adds
          width and misses of intervals in doublings: less is better.
        </p>
      </Panel>
      {done.length === 0 ? null : (
        <Panel title="Calibration">
          <CalibrationChart scores={done} />
        </Panel>
      )}
    </>
  );
}

function Row({ score }: { readonly score: ForecastScores['scores'][number] }) {
  const { aheadMin, scored, waiting, held, medianError, intervalScore } = score;
  const known = (text: string): string => (scored === 0 ? '–' : text);
  return (
    <tr>
      <th scope="row">{horizonOf(aheadMin)}</th>
      <td data-label="Scored">{scored}</td>
      <td data-label="Waiting">{waiting}</td>
      <td data-label="Interval held">{known(`${Math.round(held * 100)} %`)}</td>
      <td data-label="Median error">{known(`${medianError.toFixed(2)} doublings`)}</td>
      <td data-label="Interval score">{known(intervalScore.toFixed(2))}</td>
    </tr>
  );
}
