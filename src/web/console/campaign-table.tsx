import { Link } from '@tanstack/react-router';
import type { Campaign } from '../api/types.ts';
import { NETWORK_WORDS } from '../api/words.ts';
import { ClassTag } from '../components/class-tag.tsx';
import { count } from '../components/format.ts';
import { InertText } from '../components/inert-text.tsx';
import { SeverityTag } from '../components/severity-tag.tsx';
import { Time } from '../components/time.tsx';
import '../components/table.css';

/** Campaigns as rows. */
export function CampaignTable({ campaigns }: { readonly campaigns: readonly Campaign[] }) {
  return (
    <div className="sd-panel">
      <div className="sd-table-box">
        <table className="sd-table sd-table-cards">
          <thead>
            <tr>
              <th scope="col">Severity</th>
              <th scope="col">Campaign</th>
              <th scope="col">Class</th>
              <th scope="col">Networks</th>
              <th scope="col" className="sd-right">
                Captures
              </th>
              <th scope="col" className="sd-right">
                Senders
              </th>
              <th scope="col" className="sd-right">
                Decoys
              </th>
              <th scope="col">Last seen</th>
            </tr>
          </thead>
          <tbody>
            {campaigns.map((campaign) => (
              <Row key={campaign.id} campaign={campaign} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function Row({ campaign }: { readonly campaign: Campaign }) {
  return (
    <tr>
      <td className="sd-tight" data-label="Severity">
        <SeverityTag severity={campaign.severity} />
      </td>
      <td className="sd-wide sd-title">
        <Link to="/console/campaigns/$id" params={{ id: campaign.id }}>
          <InertText text={campaign.title} max={120} />
        </Link>
      </td>
      <td className="sd-tight" data-label="Class">
        <ClassTag value={campaign.class} />
      </td>
      <td data-label="Networks">{campaign.networks.map((network) => NETWORK_WORDS[network]).join(', ')}</td>
      <td className="sd-right" data-label="Captures">
        <Link to="/console/captures" search={{ campaign: campaign.id }}>
          {count(campaign.captures)}
        </Link>
      </td>
      <td className="sd-right" data-label="Senders">
        {count(campaign.senders)}
      </td>
      <td className="sd-right" data-label="Decoys">
        {count(campaign.decoys)}
      </td>
      <td className="sd-tight" data-label="Last seen">
        <Time at={campaign.lastSeen} as="ago" />
      </td>
    </tr>
  );
}
