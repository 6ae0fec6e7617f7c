import { Link } from '@tanstack/react-router';
import type { ThreatSummary } from '../api/types.ts';
import { networkWord } from '../api/words.ts';
import { SeverityTag } from '../components/severity-tag.tsx';
import { StatusTag } from '../components/status-tag.tsx';
import { Tag } from '../components/tag.tsx';

const MAX_SUMMARY = 180;

/** One threat of a list. */
export function ThreatRow({ threat }: { readonly threat: ThreatSummary }) {
  const { summary } = threat;
  return (
    <tr>
      <td className="sd-wide">
        <Link to="/threats/$id" params={{ id: threat.id }}>
          {threat.name}
        </Link>
        {threat.confirmed ? null : (
          <>
            {' '}
            <Tag>unconfirmed</Tag>
          </>
        )}
        <div className="sd-soft sd-small">
          {summary.length > MAX_SUMMARY ? `${summary.slice(0, MAX_SUMMARY).trimEnd()} …` : summary}
        </div>
      </td>
      <td className="sd-tight" data-label="Type">
        {threat.type}
      </td>
      <td data-label="Networks">{threat.networks.map(networkWord).join(', ')}</td>
      <td className="sd-tight" data-label="Severity">
        <SeverityTag severity={threat.severity} />
      </td>
      <td className="sd-tight" data-label="Status">
        <StatusTag status={threat.status} />
      </td>
      <td className="sd-tight sd-number" data-label="First seen">
        {threat.firstSeen}
      </td>
      <td className="sd-tight" data-label="Sightings">
        {threat.sightings}
      </td>
    </tr>
  );
}
