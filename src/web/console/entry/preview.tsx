import type { ThreatEntry } from '../../api/types.ts';
import { ThreatDetail } from '../../pages/threat-detail.tsx';
import { ThreatWriteUp } from '../../pages/threat-write-up.tsx';

/** How the entry will read, for a last look before it is stored or published. */
export function Preview({ entry }: { readonly entry: ThreatEntry }) {
  return (
    <details className="sd-panel sd-entry-preview">
      <summary>Look at it as readers will</summary>
      <div className="sd-stack">
        <ThreatWriteUp entry={entry} />
        <ThreatDetail entry={entry} />
      </div>
    </details>
  );
}
