import { Link } from '@tanstack/react-router';
import type { Warning } from '../api/types.ts';
import { NETWORK_WORDS } from '../api/words.ts';
import { ClassTag } from '../components/class-tag.tsx';
import { SeverityTag } from '../components/severity-tag.tsx';
import { Tag } from '../components/tag.tsx';
import { Time } from '../components/time.tsx';

/** One warning of a list. */
export function WarningRow({ warning }: { readonly warning: Warning }) {
  return (
    <tr>
      <td className="sd-tight" data-label="Severity">
        <SeverityTag severity={warning.severity} />
      </td>
      <td className="sd-wide">
        <Link to="/warnings/$id" params={{ id: warning.id }}>
          {warning.title}
        </Link>
        <div className="sd-soft sd-small">{warning.reasons[0]}</div>
      </td>
      <td data-label="Networks">{warning.networks.map((network) => NETWORK_WORDS[network]).join(', ')}</td>
      <td className="sd-tight" data-label="Class">
        <ClassTag value={warning.class} />
      </td>
      <td className="sd-tight" data-label="Growth">
        <Tag tone={warning.growth === 'growing' ? 'orange' : 'neutral'}>{warning.growth}</Tag>
      </td>
      <td className="sd-tight" data-label="Decoys">
        {warning.decoys}
      </td>
      <td className="sd-tight" data-label="Updated">
        <Time at={warning.updatedAt} as="ago" />
      </td>
    </tr>
  );
}
