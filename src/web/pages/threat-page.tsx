import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { threatQuery } from '../api/public-queries.ts';
import { Answer } from '../components/answer.tsx';
import { IndicatorTable } from '../components/indicator-table.tsx';
import { Page } from '../components/page.tsx';
import { Panel } from '../components/panel.tsx';
import { SeverityTag } from '../components/severity-tag.tsx';
import { StatusTag } from '../components/status-tag.tsx';
import { Tag } from '../components/tag.tsx';
import { ThreatDetail } from './threat-detail.tsx';
import { ThreatFacts } from './threat-facts.tsx';
import { ThreatGraph } from './threat-graph.tsx';
import { ThreatHistory } from './threat-history.tsx';
import { ThreatWriteUp } from './threat-write-up.tsx';

const route = getRouteApi('/threats/$id');

/** One threat's page of the knowledge base. */
export function ThreatPage() {
  const { id } = route.useParams();
  const threat = useQuery(threatQuery(id));
  return (
    <Answer of={threat} what="the threat">
      {(data) => (
        <Page
          title={data.entry.name}
          lead={
            <span className="sd-row">
              <SeverityTag severity={data.entry.severity} />
              <StatusTag status={data.entry.status} />
              <Tag>{data.entry.type}</Tag>
              {data.entry.confirmed ? <Tag tone="green">confirmed</Tag> : <Tag>unconfirmed</Tag>}
            </span>
          }
          actions={
            <Link to="/console/threats/$id/edit" params={{ id }}>
              Edit
            </Link>
          }
        >
          <div className="sd-split">
            <div className="sd-stack">
              {data.mergedInto === undefined ? null : (
                <p role="note">
                  This entry was merged into{' '}
                  <Link to="/threats/$id" params={{ id: data.mergedInto }}>
                    {data.mergedInto}
                  </Link>
                  .
                </p>
              )}
              <ThreatWriteUp entry={data.entry} />
              <ThreatDetail entry={data.entry} />
              <ThreatGraph id={data.id} />
              <Panel title="Indicators">
                <IndicatorTable indicators={data.indicators} />
              </Panel>
              <ThreatHistory threat={data} />
            </div>
            <ThreatFacts threat={data} />
          </div>
        </Page>
      )}
    </Answer>
  );
}
