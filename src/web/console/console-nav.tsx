import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { meQuery, statusQuery } from '../api/console-queries.ts';
import { count } from '../components/format.ts';
import { Tag } from '../components/tag.tsx';

/** The pages of the console. */
export function ConsoleNav() {
  const me = useQuery(meQuery);
  const status = useQuery(statusQuery);
  const dead = status.data?.pipelines.reduce((sum, pipeline) => sum + pipeline.deadLetters, 0) ?? 0;
  const appeals = status.data?.openAppeals ?? 0;
  const open = status.data?.goingLive.filter(({ done }) => !done).length ?? 0;
  return (
    <nav className="sd-console-nav" aria-label="Console">
      <ul className="sd-plain">
        <li>
          <Link to="/console" activeOptions={{ exact: true, includeSearch: false }}>
            Overview
          </Link>
        </li>
        {open === 0 ? null : (
          <li>
            <Link to="/console/going-live">
              Going live <Tag tone="blue">{open} left</Tag>
            </Link>
          </li>
        )}
        <li>
          <Link to="/console/warnings">Warnings</Link>
        </li>
        <li>
          <Link to="/console/signals">Signals</Link>
        </li>
        <li>
          <Link to="/console/retractions">Retractions</Link>
        </li>
        <li>
          <Link to="/console/appeals">Appeals {appeals === 0 ? null : <Tag tone="orange">{count(appeals)}</Tag>}</Link>
        </li>
        <li>
          <Link to="/console/captures">Captures</Link>
        </li>
        <li>
          <Link to="/console/campaigns">Campaigns</Link>
        </li>
        <li>
          <Link to="/console/threats">Entries</Link>
        </li>
        <li>
          <Link to="/console/drafts">Drafts</Link>
        </li>
        <li>
          <Link to="/console/decoys">Decoys</Link>
        </li>
        <li>
          <Link to="/console/mail">Mail and IM</Link>
        </li>
        <li>
          <Link to="/console/services">Services</Link>
        </li>
        <li>
          <Link to="/console/subscribers">Subscribers</Link>
        </li>
        <li>
          <Link to="/console/ledger">Ledger</Link>
        </li>
        <li>
          <Link to="/console/dead-letters">
            Dead letters {dead === 0 ? null : <Tag tone="orange">{count(dead)}</Tag>}
          </Link>
        </li>
        {me.data?.role === 'admin' ? (
          <li>
            <Link to="/console/users">Users</Link>
          </li>
        ) : null}
      </ul>
    </nav>
  );
}
