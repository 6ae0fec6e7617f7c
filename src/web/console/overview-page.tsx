import { useQuery } from '@tanstack/react-query';
import { statusQuery } from '../api/console-queries.ts';
import { Answer } from '../components/answer.tsx';
import { Facts } from '../components/facts.tsx';
import { Page } from '../components/page.tsx';
import { Panel } from '../components/panel.tsx';
import { Time } from '../components/time.tsx';
import { EngagementPanel } from './engagement-panel.tsx';
import { GoingLiveSummary } from './going-live-summary.tsx';
import { PipelineTable } from './pipeline-table.tsx';
import { PurgePanel } from './purge-panel.tsx';

/** What an operator wants to know first. */
export function OverviewPage() {
  const status = useQuery(statusQuery);
  return (
    <Page title="Overview">
      <Answer of={status} what="the state">
        {(data) => (
          <div className="sd-split">
            <div className="sd-stack">
              <Panel title="Pipelines">
                <PipelineTable pipelines={data.pipelines} />
              </Panel>
              {data.goingLive.every(({ done }) => done) ? null : <GoingLiveSummary steps={data.goingLive} />}
            </div>
            <div className="sd-stack">
              <EngagementPanel engagement={data.engagement} />
              <Panel title="This Sundew">
                <Facts
                  of={[
                    ['Version', data.version],
                    ['Running since', <Time key="started" at={data.startedAt} as="ago" />],
                    ['Store', `PostgreSQL ${data.store.version}, ${data.store.kind}`],
                    ['Board shows', data.simulated ? 'simulated data' : 'live data'],
                  ]}
                />
              </Panel>
              {data.pipelines.some(({ realm }) => realm === 'simulated') ? <PurgePanel /> : null}
            </div>
          </div>
        )}
      </Answer>
    </Page>
  );
}
