import { Link } from '@tanstack/react-router';
import type { Realm } from '../api/types.ts';
import './realm-switch.css';

const WORDS: Readonly<Record<Realm, string>> = { live: 'Live', simulated: 'Simulated' };

interface RealmSwitchProps {
  readonly realm: Realm;
  readonly realms: readonly Realm[];
}

/** Live or simulated, while both exist. It leads to the overview: what is open belongs to the other realm. */
export function RealmSwitch({ realm, realms }: RealmSwitchProps) {
  return (
    <nav className="sd-realms" aria-label="Realm">
      {realms.map((each) => (
        <Link
          key={each}
          to="/console"
          search={{ realm: each }}
          className={`sd-realm ${each === realm ? 'sd-realm-on' : ''}`}
          activeProps={{ 'aria-current': undefined }}
          aria-current={each === realm ? 'true' : undefined}
        >
          {WORDS[each]}
        </Link>
      ))}
    </nav>
  );
}
