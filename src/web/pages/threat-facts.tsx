import { Link } from '@tanstack/react-router';
import { TYPE_WORDS, wordFor } from '../api/entry-words.ts';
import type { Threat, ThreatEntry } from '../api/types.ts';
import { networkWord } from '../api/words.ts';
import { Facts } from '../components/facts.tsx';
import { keyed } from '../components/keyed.ts';
import { Panel } from '../components/panel.tsx';
import { SeverityTag } from '../components/severity-tag.tsx';
import { Tag } from '../components/tag.tsx';
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
            ['Not affected', (entry.networksNotAffected ?? []).map(networkWord).join(', ')],
            ['First seen', entry.firstSeen],
            ['Last seen', entry.lastSeen],
            ['Sightings', threat.sightings],
            ['Type', wordFor(TYPE_WORDS, entry.type)],
            ['Severity, why', entry.severityReason],
            ['TLP', entry.tlp.toUpperCase()],
            ['Source', entry.source],
            ['Credits', (entry.credits ?? []).join(', ')],
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
      <Sources entry={entry} />
      {entry.references.length === 0 ? null : (
        <Panel title="References">
          <ol className="sd-list sd-small">
            {keyed(entry.references).map(([key, reference]) => (
              <li key={key}>{reference}</li>
            ))}
          </ol>
        </Panel>
      )}
    </div>
  );
}

/** Where it was brought in from. */
function Sources({ entry: { sources = [] } }: { readonly entry: ThreatEntry }) {
  if (sources.length === 0) return null;
  return (
    <Panel title="Imported from">
      <ul className="sd-plain sd-stack">
        {sources.map(({ name, origin, ref, tlp, confidence }) => (
          <li key={`${origin} ${ref}`}>
            {name} <Tag>TLP {tlp.toUpperCase()}</Tag>
            <div className="sd-soft sd-small">
              {origin} <code>{ref}</code>, confidence {confidence} of 100
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
