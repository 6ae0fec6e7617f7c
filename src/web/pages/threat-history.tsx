import type { Threat } from '../api/types.ts';
import { Panel } from '../components/panel.tsx';
import { Time } from '../components/time.tsx';
import '../components/table.css';

/** Who changed a threat's entry, when and why. */
export function ThreatHistory({ threat }: { readonly threat: Threat }) {
  return (
    <Panel title="Revision history">
      <div className="sd-table-box">
        <table className="sd-table">
          <thead>
            <tr>
              <th scope="col">Revision</th>
              <th scope="col">When</th>
              <th scope="col">By</th>
              <th scope="col">Reason</th>
            </tr>
          </thead>
          <tbody>
            {threat.revisions.map((revision) => (
              <tr key={revision.revision}>
                <td className="sd-number">{revision.revision}</td>
                <td className="sd-tight">
                  <Time at={revision.at} />
                </td>
                <td>{revision.author}</td>
                <td>{revision.reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
