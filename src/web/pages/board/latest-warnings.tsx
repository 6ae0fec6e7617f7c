import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { warningsQuery } from '../../api/public-queries.ts';
import { Answer } from '../../components/answer.tsx';
import { Empty } from '../../components/feedback.tsx';
import { Panel } from '../../components/panel.tsx';
import { SeverityTag } from '../../components/severity-tag.tsx';
import { Time } from '../../components/time.tsx';
import './latest-warnings.css';

const LATEST = 5;
const REFRESH_MS = 15_000;

/** The newest warnings, for those who do not watch the river. */
export function LatestWarnings() {
  const warnings = useQuery({ ...warningsQuery({ limit: LATEST }), refetchInterval: REFRESH_MS });
  return (
    <Panel title="Latest warnings" side={<Link to="/warnings">All</Link>}>
      <Answer of={warnings} what="the warnings">
        {(page) =>
          page.warnings.length === 0 ? (
            <Empty>None so far.</Empty>
          ) : (
            <ul className="sd-plain sd-latest">
              {page.warnings.map((warning) => (
                <li key={warning.id}>
                  <Link to="/warnings/$id" params={{ id: warning.id }}>
                    {warning.title}
                  </Link>
                  <div className="sd-row sd-small sd-soft">
                    <SeverityTag severity={warning.severity} />
                    <Time at={warning.updatedAt} as="ago" />
                    <span>{warning.growth}</span>
                    <span>{warning.id}</span>
                  </div>
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
    </Panel>
  );
}
