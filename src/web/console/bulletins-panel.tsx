import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { bulletinsQuery } from '../api/console-queries.ts';
import type { BulletinList, Realm } from '../api/types.ts';
import { MESSAGE_KIND_WORDS } from '../api/words.ts';
import { Answer } from '../components/answer.tsx';
import { Empty } from '../components/feedback.tsx';
import { count } from '../components/format.ts';
import { RowsTable } from '../components/rows-table.tsx';
import { Time } from '../components/time.tsx';

const HEADS = [
  ...['Period', 'Bulletin', 'Made'],
  ...(['Sent', 'Waiting', 'Not sent'] as const).map((word) => ({ word, as: 'number' as const })),
] as const;

/** The bulletins that were published, and what became of their messages. */
export function BulletinsPanel({ realm }: { readonly realm: Realm }) {
  const bulletins = useQuery(bulletinsQuery(realm));
  return (
    <section className="sd-stack" aria-labelledby="bulletins">
      <h2 id="bulletins">Bulletins sent</h2>
      <Answer of={bulletins} what="the bulletins">
        {({ bulletins: list }) =>
          list.length === 0 ? (
            <Empty>None yet: a bulletin is made a day after its month or quarter is over.</Empty>
          ) : (
            <RowsTable heads={HEADS}>
              {list.map((bulletin) => (
                <Row key={bulletin.id} bulletin={bulletin} />
              ))}
            </RowsTable>
          )
        }
      </Answer>
    </section>
  );
}

function Row({ bulletin }: { readonly bulletin: BulletinList['bulletins'][number] }) {
  const { period, kind, madeAt, edition, sent, waiting, unsent } = bulletin;
  return (
    <tr>
      <td data-label="Period">
        <Link to="/reports" search={{ period, ...(kind === 'monthly' ? { form: 'bulletin' } : {}) }}>
          {period}
        </Link>
      </td>
      <td data-label="Bulletin">
        {MESSAGE_KIND_WORDS[kind]}
        {edition > 1 ? <span className="sd-soft sd-small"> made {edition} times</span> : null}
      </td>
      <td className="sd-tight" data-label="Made">
        <Time at={madeAt} as="ago" />
      </td>
      <td className="sd-right" data-label="Sent">
        {count(sent)}
      </td>
      <td className="sd-right" data-label="Waiting">
        {count(waiting)}
      </td>
      <td className="sd-right" data-label="Not sent">
        {count(unsent)}
      </td>
    </tr>
  );
}
