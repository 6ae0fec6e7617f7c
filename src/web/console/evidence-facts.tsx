import type { CaptureDetail } from '../api/types.ts';
import { Facts } from '../components/facts.tsx';
import { count } from '../components/format.ts';
import { Panel } from '../components/panel.tsx';
import { Tag } from '../components/tag.tsx';
import { Time } from '../components/time.tsx';

/** Where the evidence stands in the journal and whether it verifies. */
export function EvidenceFacts({ evidence }: { readonly evidence: CaptureDetail['evidence'] }) {
  return (
    <Panel title="Evidence">
      <Facts
        of={[
          ['Journal entry', count(evidence.seq)],
          ['Written', <Time key="at" at={evidence.at} />],
          [
            'Chain',
            evidence.verified ? (
              <Tag key="ok" tone="green">
                verified
              </Tag>
            ) : (
              <Tag key="bad" tone="red">
                does not verify
              </Tag>
            ),
          ],
          ['Content', evidence.erased ? 'erased, the chain still holds' : 'kept, encrypted'],
          ['Commitment', <code key="commitment">{evidence.commitment}</code>],
        ]}
      />
    </Panel>
  );
}
