import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { campaignQuery, capturesQuery } from '../api/console-queries.ts';
import { Answer } from '../components/answer.tsx';
import { Empty } from '../components/feedback.tsx';
import { InertText } from '../components/inert-text.tsx';
import { Page } from '../components/page.tsx';
import { Panel } from '../components/panel.tsx';
import { CampaignFacts } from './campaign-facts.tsx';
import { CampaignRelations, CampaignWordings } from './campaign-history.tsx';
import { CaptureTable } from './capture-table.tsx';
import { RetractAction } from './retract-action.tsx';
import { useRealm } from './use-realm.ts';

const LATEST = 20;
const route = getRouteApi('/console/campaigns/$id');

/** One campaign and its latest captures. */
export function CampaignPage() {
  const { id } = route.useParams();
  const realm = useRealm();
  const campaign = useQuery(campaignQuery(id, realm));
  const captures = useQuery(capturesQuery({ realm, campaign: id, limit: LATEST }));
  return (
    <Page
      title={campaign.data?.title.slice(0, 200) ?? 'Campaign'}
      lead={<code>{id}</code>}
      actions={<Link to="/console/campaigns">All campaigns</Link>}
    >
      <Answer of={campaign} what="the campaign">
        {(data) => (
          <>
            <div className="sd-split">
              <Panel title="Template" side={<span className="sd-soft sd-small">inert</span>}>
                <InertText as="block" text={data.inferred?.text ?? data.template} />
              </Panel>
              <div className="sd-stack">
                <CampaignFacts campaign={data} />
                <Panel title="Retraction">
                  <RetractAction target={id} realm={realm} retracted={data.retracted} />
                </Panel>
              </div>
            </div>
            <CampaignWordings campaign={data} />
            <CampaignRelations campaign={data} />
          </>
        )}
      </Answer>
      <h2>Latest captures</h2>
      <Answer of={captures} what="its captures">
        {(page) =>
          page.captures.length === 0 ? <Empty>No captures.</Empty> : <CaptureTable captures={page.captures} />
        }
      </Answer>
      <p>
        <Link to="/console/captures" search={{ campaign: id }}>
          All captures of this campaign
        </Link>
      </p>
    </Page>
  );
}
