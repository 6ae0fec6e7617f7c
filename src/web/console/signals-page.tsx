import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { signalsQuery } from '../api/console-queries.ts';
import type { SignalList } from '../api/types.ts';
import { Answer } from '../components/answer.tsx';
import { Empty } from '../components/feedback.tsx';
import { InertText } from '../components/inert-text.tsx';
import { Page } from '../components/page.tsx';
import { RowsTable } from '../components/rows-table.tsx';
import { Tag } from '../components/tag.tsx';
import { Time } from '../components/time.tsx';
import { useRealm } from './use-realm.ts';

type Signal = SignalList['signals'][number];
const TONES = { up: 'green', down: 'red', off: 'neutral' } as const;
const HEADS = ['Time', 'Rule', 'What', 'How sure', 'Campaigns'] as const;

/** What captures together say, newest first: outbreaks in counts, what is new, what came back, what fell silent. */
export function SignalsPage() {
  const signals = useQuery(signalsQuery(useRealm()));
  return (
    <Page
      title="Signals"
      lead="What captures together say and no single campaign does. Analysts see this, nobody is told of it."
    >
      <Answer of={signals} what="the signals">
        {({ signals: rows }) =>
          rows.length === 0 ? (
            <Empty>None so far.</Empty>
          ) : (
            <RowsTable heads={HEADS}>
              {rows.map((one) => (
                <Row key={one.id} signal={one} />
              ))}
            </RowsTable>
          )
        }
      </Answer>
    </Page>
  );
}

function Row({ signal }: { readonly signal: Signal }) {
  return (
    <tr>
      <td className="sd-tight" data-label="Time">
        <Time at={signal.at} />
      </td>
      <td className="sd-tight" data-label="Rule">
        <span className="sd-row">
          {signal.rule} {signal.firm ? null : <Tag tone="yellow">not yet sure</Tag>}
          {signal.link === undefined ? null : <Tag tone={TONES[signal.link.state]}>link {signal.link.state}</Tag>}
        </span>
      </td>
      <td className="sd-wide" data-label="What">
        <InertText text={signal.reason} max={400} />
      </td>
      <td data-label="How sure">
        <div className="sd-small">{signal.wrong}</div>
        <div className="sd-soft sd-small">Measured on {signal.data}</div>
      </td>
      <td className="sd-tight" data-label="Campaigns">
        {signal.campaigns.map((campaign) => (
          <div key={campaign}>
            <Link to="/console/campaigns/$id" params={{ id: campaign }}>
              {campaign.slice(0, 8)}
            </Link>
          </div>
        ))}
      </td>
    </tr>
  );
}
