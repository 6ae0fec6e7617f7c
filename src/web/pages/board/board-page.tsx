import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { boardQuery } from '../../api/public-queries.ts';
import { Answer } from '../../components/answer.tsx';
import { Loading } from '../../components/feedback.tsx';
import { Page } from '../../components/page.tsx';
import { Panel } from '../../components/panel.tsx';
import { LatestWarnings } from './latest-warnings.tsx';
import { LevelStrip } from './level-strip.tsx';
import { RiverPanel } from './river-panel.tsx';
import { Totals } from './totals.tsx';
import './board-page.css';

const ActivityChart = lazy(() => import('./activity-chart.tsx').then((file) => ({ default: file.ActivityChart })));

/** The public board: threat levels, then the totals and the activity, then the live river. */
export function BoardPage() {
  const board = useQuery(boardQuery);
  return (
    <Page title="Board" lead="Threat levels of instant messaging and peer-to-peer networks, as decoys see them.">
      <Answer of={board} what="the board">
        {(data) => (
          <>
            <LevelStrip levels={data.levels} />
            <Totals totals={data.totals} now={data.now} />
          </>
        )}
      </Answer>
      <div className="sd-board-split">
        <RiverPanel />
        <div className="sd-stack">
          <LatestWarnings />
          <Panel title="Activity, last 6 hours" side={<span className="sd-soft sd-small">touches per 5 min</span>}>
            {board.data === undefined ? null : (
              <Suspense fallback={<Loading what="the chart" />}>
                <ActivityChart activity={board.data.activity} />
              </Suspense>
            )}
          </Panel>
        </div>
      </div>
    </Page>
  );
}
