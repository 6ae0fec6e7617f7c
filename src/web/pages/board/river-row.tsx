import { Link } from '@tanstack/react-router';
import type { Severity, ThreatLevel, Touch, Warning } from '../../api/types.ts';
import { KIND_WORDS, NETWORK_WORDS } from '../../api/words.ts';
import { ClassTag } from '../../components/class-tag.tsx';
import { hasWords } from '../../components/inert.ts';
import { InertText } from '../../components/inert-text.tsx';
import { SeverityTag } from '../../components/severity-tag.tsx';
import { Time } from '../../components/time.tsx';
import type { RiverEntry } from './river.ts';

const LEVEL_OF: Readonly<Record<Severity, ThreatLevel>> = {
  info: 'green',
  low: 'green',
  medium: 'yellow',
  high: 'orange',
  critical: 'red',
};
const MAX_LINE = 240;

/** One entry of the river. */
export function RiverRow({ entry }: { readonly entry: RiverEntry }) {
  return entry.kind === 'touch' ? <TouchRow touch={entry.touch} /> : <WarningRow warning={entry.warning} />;
}

function TouchRow({ touch }: { readonly touch: Touch }) {
  return (
    <li className="sd-river-row">
      <span className="sd-river-time">
        <Time at={touch.at} as="minute" />
      </span>
      <span className="sd-river-network">{NETWORK_WORDS[touch.network]}</span>
      <span className="sd-river-body">
        {KIND_WORDS[touch.kind]}
        {touch.warning === undefined ? null : (
          <>
            {' · '}
            <Link to="/warnings/$id" params={{ id: touch.warning }}>
              {touch.warning}
            </Link>
          </>
        )}
        {touch.text === undefined || !hasWords(touch.text) ? null : (
          <span className="sd-river-text">
            <InertText text={touch.text} max={MAX_LINE} />
          </span>
        )}
      </span>
      <ClassTag value={touch.class} severity={touch.severity} />
    </li>
  );
}

function WarningRow({ warning }: { readonly warning: Warning }) {
  return (
    <li className={`sd-river-row sd-river-warning sd-level-${LEVEL_OF[warning.severity]}`}>
      <span className="sd-river-time">
        <Time at={warning.updatedAt} as="minute" />
      </span>
      <span className="sd-river-network">{warning.networks.map((network) => NETWORK_WORDS[network]).join(', ')}</span>
      <span className="sd-river-body">
        <span className="sd-hidden">Warning: </span>
        <Link to="/warnings/$id" params={{ id: warning.id }}>
          {warning.title}
        </Link>
        <span className="sd-river-text">{warning.reasons[0]}</span>
      </span>
      <SeverityTag severity={warning.severity} />
    </li>
  );
}
