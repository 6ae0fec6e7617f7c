import type { DecoyStatus } from '../api/types.ts';
import { DecoyRow } from './decoy-row.tsx';
import '../components/table.css';

/** Decoys as rows. */
export function DecoyTable({ decoys }: { readonly decoys: readonly DecoyStatus[] }) {
  return (
    <div className="sd-panel">
      <div className="sd-table-box">
        <table className="sd-table sd-table-cards">
          <thead>
            <tr>
              <th scope="col">Decoy</th>
              <th scope="col">State</th>
              <th scope="col">Level</th>
              <th scope="col" className="sd-right">
                Captures
              </th>
              <th scope="col">Last capture</th>
              <th scope="col">
                <span className="sd-hidden">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {decoys.map((decoy) => (
              <DecoyRow key={decoy.name} decoy={decoy} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
