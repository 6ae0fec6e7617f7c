import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Warning } from '../api/types.ts';
import { Facts } from '../components/facts.tsx';
import { count } from '../components/format.ts';
import { Panel } from '../components/panel.tsx';
import { Tag } from '../components/tag.tsx';
import { Time } from '../components/time.tsx';
import { ForecastChart } from './forecast-chart.tsx';
import { amountOf, type ForecastRow, intervalOf, type ShownForecast, shownForecast } from './forecast-rows.ts';
import { horizonOf } from './horizon.ts';
import '../components/table.css';

/** How far a warning's campaign is thought to go, and how right that was; nothing where nothing is forecast. */
export function ForecastPanel({ warning }: { readonly warning: Warning }) {
  const { forecast, outlook } = warning;
  const shown = useMemo(() => shownForecast({ forecast, outlook }), [forecast, outlook]);
  if (shown === undefined) return null;
  return (
    <Panel
      title="Forecast"
      side={
        <span className="sd-soft sd-small">
          made <Time at={shown.madeAt} as="minute" />
        </span>
      }
    >
      <p className="sd-small">
        {shown.unit === 'captures'
          ? 'Captures on all decoys in all, since the first.'
          : 'In multiples of what had reached our decoys when the forecast was made.'}
      </p>
      <ForecastChart forecast={shown} />
      <ForecastTable forecast={shown} />
      <div className="sd-forecast-facts">
        <Facts of={factsOf(shown)} />
      </div>
      <p className="sd-soft sd-small">
        Only what spreads by itself is forecast. <Link to="/forecasts">How right forecasts were so far</Link>
        {shown.unit === 'captures' ? (
          '.'
        ) : (
          <>
            {'. Counts and accounts: '}
            <Link to="/console/warnings/$id" params={{ id: warning.id }}>
              in the console
            </Link>
            .
          </>
        )}
      </p>
    </Panel>
  );
}

function ForecastTable({ forecast: { unit, rows } }: { readonly forecast: ShownForecast }) {
  const infected = rows.some((row) => row.infected !== undefined);
  return (
    <div className="sd-table-box">
      <table className="sd-table sd-table-cards">
        <thead>
          <tr>
            <th scope="col">In</th>
            <th scope="col">Expected (90 % interval)</th>
            {infected ? <th scope="col">Infected accounts</th> : null}
            <th scope="col">Came</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.aheadMin}>
              <th scope="row" className="sd-tight">
                {horizonOf(row.aheadMin)}
                <div className="sd-soft sd-small">
                  <Time at={row.at} as="minute" />
                </div>
              </th>
              <td data-label="Expected (90 % interval)">{intervalOf(unit, row)}</td>
              {infected ? <td data-label="Infected accounts">{accountsOf(row)}</td> : null}
              <td data-label="Came">
                <Came row={row} unit={unit} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Came({ row: { came, held }, unit }: { readonly row: ForecastRow; readonly unit: ShownForecast['unit'] }) {
  if (came === undefined) return <span className="sd-soft">not yet</span>;
  return (
    <span className="sd-row">
      {amountOf(unit, came)} <Tag tone={held === true ? 'green' : 'orange'}>{held === true ? 'within' : 'outside'}</Tag>
    </span>
  );
}

const accountsOf = ({ infected }: ForecastRow): string =>
  infected === undefined ? '' : intervalOf('captures', infected);

function factsOf({ unit, peakAt, peak, final, infected }: ShownForecast): Parameters<typeof Facts>[0]['of'] {
  const span =
    peak === undefined ? null : (
      <>
        {' '}
        (<Time at={peak.from} as="minute" /> to <Time at={peak.to} as="minute" />)
      </>
    );
  return [
    [
      'Peak',
      <span key="peak">
        <Time at={peakAt} as="minute" />
        {span}
      </span>,
    ],
    ['When it is over', final === undefined ? undefined : intervalOf(unit, final)],
    ['Infected now', infected === undefined ? undefined : intervalOf('captures', infected.now)],
    [
      'Infected in the end',
      infected === undefined
        ? undefined
        : `${intervalOf('captures', infected.final)} of ${count(infected.population)} accounts`,
    ],
  ];
}
