import { Link } from '@tanstack/react-router';
import type { Campaign } from '../api/types.ts';
import { NETWORK_WORDS } from '../api/words.ts';
import { ClassTag } from '../components/class-tag.tsx';
import { Facts } from '../components/facts.tsx';
import { count } from '../components/format.ts';
import { Panel } from '../components/panel.tsx';
import { SeverityTag } from '../components/severity-tag.tsx';
import { Time } from '../components/time.tsx';

/** A campaign's exact figures. */
export function CampaignFacts({ campaign }: { readonly campaign: Campaign }) {
  return (
    <Panel title="Facts">
      <Facts
        of={[
          ['Class', <ClassTag key="class" value={campaign.class} />],
          ['Severity', <SeverityTag key="severity" severity={campaign.severity} />],
          ['Networks', campaign.networks.map((network) => NETWORK_WORDS[network]).join(', ')],
          [
            'Captures',
            <Link key="captures" to="/console/captures" search={{ campaign: campaign.id }}>
              {count(campaign.captures)}
            </Link>,
          ],
          ['Senders', count(campaign.senders)],
          ['Senders with the decoy on their list', count(campaign.contacts)],
          ['Decoys', count(campaign.decoys)],
          ['First seen', <Time key="first" at={campaign.firstSeen} />],
          ['Last seen', <Time key="last" at={campaign.lastSeen} as="ago" />],
          [
            'Threats',
            campaign.threats.length === 0 ? (
              'none known'
            ) : (
              <span key="threats" className="sd-row">
                {campaign.threats.map((id) => (
                  <Link key={id} to="/threats/$id" params={{ id }}>
                    {id.slice(0, 40)}
                  </Link>
                ))}
              </span>
            ),
          ],
        ]}
      />
    </Panel>
  );
}
