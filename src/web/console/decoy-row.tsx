import { Link } from '@tanstack/react-router';
import type { DecoyStatus } from '../api/types.ts';
import { NETWORK_WORDS } from '../api/words.ts';
import { count } from '../components/format.ts';
import { Tag, type Tone } from '../components/tag.tsx';
import { Time } from '../components/time.tsx';
import { DecoyActions } from './decoy-actions.tsx';

const TONES: Readonly<Record<DecoyStatus['state'], Tone>> = {
  connecting: 'blue',
  online: 'green',
  offline: 'orange',
  stopped: 'red',
  disabled: 'neutral',
};

/** One decoy: where it is, how it is doing and, when it is not, why. */
export function DecoyRow({ decoy }: { readonly decoy: DecoyStatus }) {
  return (
    <tr>
      <td className="sd-wide">
        <strong>{decoy.name}</strong> {decoy.simulated ? <Tag tone="yellow">simulated</Tag> : null}
        <div className="sd-soft sd-small">
          {NETWORK_WORDS[decoy.network]}
          {decoy.mode === undefined ? '' : ` ${decoy.mode}`} · <code>{decoy.address}</code>
        </div>
        {decoy.problem === undefined ? null : <div className="sd-small sd-problem">{decoy.problem}</div>}
      </td>
      <td className="sd-tight" data-label="State">
        <Tag tone={TONES[decoy.state]}>{decoy.state}</Tag>{' '}
        <span className="sd-soft sd-small">
          <Time at={decoy.since} as="ago" />
        </span>
      </td>
      <td className="sd-tight" data-label="Level">
        {decoy.level}
      </td>
      <td className="sd-right" data-label="Captures">
        <Link
          to="/console/captures"
          search={{ decoy: decoy.address, realm: decoy.simulated ? 'simulated' : 'live' }}
          aria-label={`${decoy.captures} captures of ${decoy.name}`}
        >
          {count(decoy.captures)}
        </Link>
      </td>
      <td className="sd-tight" data-label="Last capture">
        {decoy.lastCapture === undefined ? '' : <Time at={decoy.lastCapture} as="ago" />}
      </td>
      <td className="sd-decoy-actions">{decoy.simulated ? null : <DecoyActions decoy={decoy} />}</td>
    </tr>
  );
}
