import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { underReviewQuery } from '../api/public-queries.ts';
import { ClassTag } from '../components/class-tag.tsx';
import { Panel } from '../components/panel.tsx';
import { SeverityTag } from '../components/severity-tag.tsx';
import { Tag } from '../components/tag.tsx';
import { Time } from '../components/time.tsx';

/** Threats that have no entry yet: what may be told of them before an analyst has finished. */
export function UnderReview() {
  const { data } = useQuery(underReviewQuery);
  if (data === undefined || data.drafts.length === 0) return null;
  return (
    <Panel title="Under review" side={<span className="sd-soft sd-small">new, not yet an entry</span>}>
      <ul className="sd-plain sd-stack sd-list-box">
        {data.drafts.map(({ warning, title, at, severity, class: verdict, template }) => (
          <li key={warning}>
            <SeverityTag severity={severity} /> <ClassTag value={verdict} />{' '}
            <Link to="/warnings/$id" params={{ id: warning }}>
              {title}
            </Link>{' '}
            <span className="sd-soft">
              <Time at={at} />
            </span>{' '}
            {template === undefined ? <Tag>text held back</Tag> : null}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
