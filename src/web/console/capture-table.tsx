import { Link } from '@tanstack/react-router';
import type { CaptureRow } from '../api/types.ts';
import { KIND_WORDS, NETWORK_WORDS } from '../api/words.ts';
import { ClassTag } from '../components/class-tag.tsx';
import { InertText } from '../components/inert-text.tsx';
import { SeverityTag } from '../components/severity-tag.tsx';
import { Time } from '../components/time.tsx';
import '../components/table.css';

const MAX_LINE = 220;

/** Captures as rows; the time leads to the capture. */
export function CaptureTable({ captures }: { readonly captures: readonly CaptureRow[] }) {
  return (
    <div className="sd-panel">
      <div className="sd-table-box">
        <table className="sd-table sd-table-cards">
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">Network</th>
              <th scope="col">Kind</th>
              <th scope="col">Peer</th>
              <th scope="col">Decoy</th>
              <th scope="col">What came</th>
              <th scope="col">Class</th>
              <th scope="col">Severity</th>
            </tr>
          </thead>
          <tbody>
            {captures.map((capture) => (
              <Row key={capture.id} capture={capture} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function Row({ capture }: { readonly capture: CaptureRow }) {
  return (
    <tr>
      <td className="sd-tight" data-label="Time">
        <Link to="/console/captures/$id" params={{ id: capture.id }}>
          <Time at={capture.at} />
        </Link>
      </td>
      <td className="sd-tight" data-label="Network">
        {NETWORK_WORDS[capture.network]}
      </td>
      <td className="sd-tight" data-label="Kind">
        {KIND_WORDS[capture.kind]}
      </td>
      <td className="sd-medium" data-label="Peer">
        <InertText text={capture.peer} max={80} />
      </td>
      <td className="sd-medium" data-label="Decoy">
        <InertText text={capture.decoy} max={80} />
      </td>
      <td className="sd-wide">
        {capture.file === undefined ? null : (
          <div>
            <span className="sd-soft sd-small">file </span>
            <InertText text={capture.file} max={120} />
          </div>
        )}
        {capture.text === undefined ? null : <InertText text={capture.text} max={MAX_LINE} />}
      </td>
      <td className="sd-tight" data-label="Class">
        <ClassTag value={capture.class} /> <span className="sd-soft sd-small">{Math.round(capture.score * 100)} %</span>
      </td>
      <td className="sd-tight" data-label="Severity">
        <SeverityTag severity={capture.severity} />
      </td>
    </tr>
  );
}
