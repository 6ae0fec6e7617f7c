import { Link } from '@tanstack/react-router';
import type { Threat } from '../api/types.ts';
import { networkWord } from '../api/words.ts';
import { Facts } from '../components/facts.tsx';
import { Panel } from '../components/panel.tsx';
import { SeverityTag } from '../components/severity-tag.tsx';
import { Time } from '../components/time.tsx';

/** A threat's facts, its ATT&CK techniques, its warnings and its references (as text: they are not ours to send people to). */
export function ThreatFacts({ threat }: { readonly threat: Threat }) {
  const { entry, warnings } = threat;
  return (
    <div className="sd-stack">
      <Panel title="Facts">
        <Facts
          of={[
            ['Also called', entry.aliases.join(', ')],
            ['Networks', entry.networks.map(networkWord).join(', ')],
            ['First seen', entry.firstSeen],
            ['Last seen', entry.lastSeen],
            ['Sightings', threat.sightings],
            ['Severity, why', entry.severityReason],
            ['TLP', entry.tlp.toUpperCase()],
            ['Source', entry.source],
          ]}
        />
      </Panel>
      <Panel title="Warnings">
        {warnings.length === 0 ? <p className="sd-soft">None so far.</p> : null}
        <ul className="sd-plain sd-stack">
          {warnings.map((warning) => (
            <li key={warning.id}>
              <Link to="/warnings/$id" params={{ id: warning.id }}>
                {warning.title}
              </Link>
              <div className="sd-row sd-small">
                <SeverityTag severity={warning.severity} /> <Time at={warning.at} as="ago" />
              </div>
            </li>
          ))}
        </ul>
      </Panel>
      {entry.techniques.length === 0 ? null : (
        <Panel title="ATT&CK techniques">
          <ul className="sd-list">
            {entry.techniques.map(({ id, name }) => (
              <li key={id}>
                <code>{id}</code> {name}
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {entry.references.length === 0 ? null : (
        <Panel title="References">
          <ol className="sd-list sd-small">
            {entry.references.map((reference) => (
              <li key={reference}>{reference}</li>
            ))}
          </ol>
        </Panel>
      )}
    </div>
  );
}
