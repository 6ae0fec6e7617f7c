import { Link } from '@tanstack/react-router';
import type { NetworkLevel } from '../../api/types.ts';
import { NETWORK_WORDS } from '../../api/words.ts';
import { plural } from '../../components/format.ts';
import { LevelMark } from '../../components/level-mark.tsx';
import { Time } from '../../components/time.tsx';
import { useNow } from '../../components/use-now.ts';
import { dayBefore } from './day-before.ts';

/** One network: how bad, why, since when, and the warnings behind it. */
export function LevelCard({ level }: { readonly level: NetworkLevel }) {
  const now = useNow();
  return (
    <article className={`sd-level-card sd-level-${level.level}`}>
      <div className="sd-level-card-head">
        <h2>{NETWORK_WORDS[level.network]}</h2>
        <LevelMark level={level.level} />
      </div>
      <p className="sd-level-card-reason" title={level.reason}>
        {level.reason}
      </p>
      <div className="sd-level-card-foot">
        <span>
          since <Time at={level.since} as="ago" />
        </span>
        <Link to="/warnings" search={{ network: level.network, since: dayBefore(now.toISOString()) }}>
          {plural(level.warnings24h, 'warning')}
        </Link>
      </div>
    </article>
  );
}
