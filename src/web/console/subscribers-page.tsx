import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { sendJson, withQuery } from '../api/client.ts';
import { subscribersQuery } from '../api/console-queries.ts';
import type { Realm, SubscriberList } from '../api/types.ts';
import { MESSAGE_KIND_WORDS, NETWORK_WORDS } from '../api/words.ts';
import { Answer } from '../components/answer.tsx';
import { ConfirmButton } from '../components/confirm-button.tsx';
import { Empty } from '../components/feedback.tsx';
import { count } from '../components/format.ts';
import { Page } from '../components/page.tsx';
import { RowsTable } from '../components/rows-table.tsx';
import { SeverityTag } from '../components/severity-tag.tsx';
import { Tag, type Tone } from '../components/tag.tsx';
import { Time } from '../components/time.tsx';
import { BulletinsPanel } from './bulletins-panel.tsx';
import { useRealm } from './use-realm.ts';

const HEADS = [
  'Address',
  'Channel',
  'State',
  'Gets',
  { word: 'Delivered', as: 'number' },
  'Last delivery',
  'Acknowledged',
  { word: 'Actions', as: 'hidden' },
] as const;

type Subscriber = SubscriberList['subscribers'][number];
const TONES: Readonly<Record<Subscriber['state'], Tone>> = {
  requested: 'yellow',
  confirmed: 'green',
  stopped: 'neutral',
};

/** Who gets warnings and bulletins, and what has gone to them. */
export function SubscribersPage() {
  const realm = useRealm();
  const subscribers = useQuery(subscribersQuery(realm));
  return (
    <Page
      title="Subscribers"
      lead="Who asked for warnings and bulletins. Only those who pressed the button in their message get any."
      actions={<Link to="/subscribe">Subscribe an address</Link>}
    >
      <Answer of={subscribers} what="the subscribers">
        {({ subscribers: list }) =>
          list.length === 0 ? (
            <Empty>Nobody has subscribed yet.</Empty>
          ) : (
            <RowsTable heads={HEADS}>
              {list.map((subscriber) => (
                <Row key={subscriber.id} subscriber={subscriber} realm={realm} />
              ))}
            </RowsTable>
          )
        }
      </Answer>
      <BulletinsPanel realm={realm} />
    </Page>
  );
}

function Row({ subscriber, realm }: { readonly subscriber: Subscriber; readonly realm: Realm }) {
  const { acknowledged } = subscriber;
  return (
    <tr>
      <td data-label="Address">{subscriber.address}</td>
      <td data-label="Channel">{subscriber.channel}</td>
      <td className="sd-tight" data-label="State">
        <Tag tone={TONES[subscriber.state]}>{subscriber.state}</Tag>{' '}
        <span className="sd-soft sd-small">
          <Time at={subscriber.since} as="ago" />
        </span>
      </td>
      <td data-label="Gets">
        <Gets subscriber={subscriber} />
      </td>
      <td className="sd-right" data-label="Delivered">
        {count(subscriber.delivered)}
      </td>
      <td className="sd-tight" data-label="Last delivery">
        {subscriber.lastDelivery === undefined ? '' : <Time at={subscriber.lastDelivery} as="ago" />}
      </td>
      <td className="sd-tight" data-label="Acknowledged">
        {acknowledged === undefined ? (
          ''
        ) : (
          <>
            {acknowledged.warning}{' '}
            <span className="sd-soft sd-small">
              <Time at={acknowledged.at} as="ago" />
            </span>
          </>
        )}
      </td>
      <td className="sd-right">
        <Erase subscriber={subscriber} realm={realm} />
      </td>
    </tr>
  );
}

/** Warnings with what limits them, then bulletins. */
function Gets({ subscriber }: { readonly subscriber: Subscriber }) {
  const { kinds, networks, minSeverity } = subscriber;
  const which = networks.length === 0 ? 'all networks' : networks.map((network) => NETWORK_WORDS[network]).join(', ');
  return kinds.map((kind) => (
    <div key={kind}>
      {MESSAGE_KIND_WORDS[kind]}
      {kind === 'warnings' ? (
        <>
          {' '}
          from <SeverityTag severity={minSeverity} /> <span className="sd-soft sd-small">{which}</span>
        </>
      ) : null}
    </div>
  ));
}

function Erase({ subscriber, realm }: { readonly subscriber: Subscriber; readonly realm: Realm }) {
  const client = useQueryClient();
  const erase = async () => {
    await sendJson<unknown>('DELETE', withQuery(`/api/v1/subscribers/${encodeURIComponent(subscriber.id)}`, { realm }));
    await client.invalidateQueries({ queryKey: ['subscribers'] });
    await client.invalidateQueries({ queryKey: ['status'] });
  };
  return (
    <ConfirmButton
      size="compact-sm"
      label="Erase …"
      title={`Erase ${subscriber.address}?`}
      action="Erase"
      onConfirm={erase}
    >
      <p>The address and what was delivered to it are deleted for good. Nothing more goes there unless it asks anew.</p>
    </ConfirmButton>
  );
}
