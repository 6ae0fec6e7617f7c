import { Link } from '@tanstack/react-router';
import type { Warning } from '../api/types.ts';
import { NETWORK_WORDS } from '../api/words.ts';
import { Facts } from '../components/facts.tsx';
import { Panel } from '../components/panel.tsx';
import { Time } from '../components/time.tsx';

const GROWTH: Readonly<Record<Warning['growth'], string>> = {
  new: 'New: first seen just now',
  growing: 'Growing: more senders than expected',
  steady: 'Steady',
  fading: 'Fading',
};

const PROPAGATION: Readonly<Record<NonNullable<Warning['propagation']>, string>> = {
  'self-propagating': 'By itself: whoever is hit hits others',
  broadcast: 'By a list: few work through many',
};

const URGENCY: Readonly<Record<NonNullable<Warning['urgency']>, string>> = {
  immediate: 'Immediate: act now',
  expected: 'Expected: act soon',
  future: 'Future: be aware',
  past: 'Past: it is over',
};

/** Why a warning was raised, and how big what it is about is. */
export function WarningFacts({ warning }: { readonly warning: Warning }) {
  const { threat, campaign } = warning;
  return (
    <div className="sd-stack">
      <Panel title="Why this was raised">
        <ul className="sd-list">
          {warning.reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      </Panel>
      <Rules warning={warning} />
      <Signals warning={warning} />
      <Panel title="Facts">
        <Facts
          of={[
            ['Warning', `${warning.id}, revision ${warning.revision}`],
            ['First seen', <Time key="at" at={warning.at} as="minute" />],
            ['Updated', <Time key="updated" at={warning.updatedAt} as="ago" />],
            ['Networks', <Networks key="networks" warning={warning} />],
            ['Growth', GROWTH[warning.growth]],
            ['Urgency', warning.urgency === undefined ? undefined : URGENCY[warning.urgency]],
            ['Spreads', warning.propagation === undefined ? undefined : PROPAGATION[warning.propagation]],
            ['Decoys touched', warning.decoys],
            ['Senders', warning.senders],
            ['Captures', warning.captures],
            [
              'Threat',
              threat === undefined ? undefined : (
                <Link key="threat" to="/threats/$id" params={{ id: threat.id }}>
                  {threat.name}
                </Link>
              ),
            ],
            [
              'Campaign',
              campaign === undefined ? undefined : (
                <Link key="campaign" to="/console/campaigns/$id" params={{ id: campaign }}>
                  {campaign.slice(0, 8)}
                </Link>
              ),
            ],
          ]}
        />
        {campaign === undefined ? (
          <p className="sd-soft sd-small">Counts are given in bands, so that no decoy can be told from them.</p>
        ) : null}
        <p className="sd-small">
          <Link to="/appeal" search={{ what: warning.id }}>
            Is something of yours listed wrongly?
          </Link>
        </p>
      </Panel>
    </div>
  );
}

/** By which rules, how often each is wrong, and on what that was measured. */
function Rules({ warning }: { readonly warning: Warning }) {
  const { rules } = warning;
  if (rules === undefined || rules.length === 0) return null;
  return (
    <Panel title="By which rule, and how often it is wrong">
      <ul className="sd-list">
        {rules.map((rule) => (
          <li key={rule.id}>
            {rule.says}. {rule.wrong}
            <div className="sd-soft sd-small">Measured on {rule.data}</div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** For analysts. */
function Signals({ warning }: { readonly warning: Warning }) {
  const { signals } = warning;
  if (signals === undefined || signals.length === 0) return null;
  return (
    <Panel title="What captures together say">
      <ul className="sd-list">
        {signals.map((signal) => (
          <li key={signal.id}>
            <Time at={signal.at} as="minute" /> {signal.reason}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Networks({ warning }: { readonly warning: Warning }) {
  return (
    <span className="sd-row">
      {warning.networks.map((network) => (
        <Link key={network} to="/warnings" search={{ network }}>
          {NETWORK_WORDS[network]}
        </Link>
      ))}
    </span>
  );
}
