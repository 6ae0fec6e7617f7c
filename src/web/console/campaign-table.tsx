import { Link } from '@tanstack/react-router';
import type { Campaign } from '../api/types.ts';
import { NETWORK_WORDS } from '../api/words.ts';
import { ClassTag } from '../components/class-tag.tsx';
import { count } from '../components/format.ts';
import { InertText } from '../components/inert-text.tsx';
import { RowsTable } from '../components/rows-table.tsx';
import { SeverityTag } from '../components/severity-tag.tsx';
import { Time } from '../components/time.tsx';

const HEADS = [
  'Severity',
  'Campaign',
  'Class',
  'Networks',
  { word: 'Captures', as: 'number' },
  { word: 'Senders', as: 'number' },
  { word: 'Decoys', as: 'number' },
  'Last seen',
] as const;

/** Campaigns as rows. */
export function CampaignTable({ campaigns }: { readonly campaigns: readonly Campaign[] }) {
  return (
    <RowsTable heads={HEADS}>
      {campaigns.map((campaign) => (
        <Row key={campaign.id} campaign={campaign} />
      ))}
    </RowsTable>
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
