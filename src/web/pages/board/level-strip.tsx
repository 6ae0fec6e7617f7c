import type { NetworkLevel } from '../../api/types.ts';
import { THREAT_LEVELS } from '../../api/words.ts';
import { Empty } from '../../components/feedback.tsx';
import { LevelCard } from './level-card.tsx';
import './level-strip.css';

/** A card for each network, the worst first. */
export function LevelStrip({ levels }: { readonly levels: readonly NetworkLevel[] }) {
  if (levels.length === 0) return <Empty>No network is being watched yet.</Empty>;
  const sorted = levels.toSorted((a, b) => THREAT_LEVELS.indexOf(b.level) - THREAT_LEVELS.indexOf(a.level));
  return (
    <section aria-label="Threat level of each network">
      <ul className="sd-plain sd-level-strip">
        {sorted.map((level) => (
          <li key={level.network}>
            <LevelCard level={level} />
          </li>
        ))}
      </ul>
    </section>
  );
}
