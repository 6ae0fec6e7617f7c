import type { ThreatSummary } from '../api/types.ts';
import { Tag, type Tone } from './tag.tsx';

const TONES: Readonly<Record<ThreatSummary['status'], Tone>> = {
  emerging: 'red',
  active: 'orange',
  declining: 'yellow',
  dormant: 'neutral',
  historic: 'neutral',
};

/** Where a threat is in its life. */
export function StatusTag({ status }: { readonly status: ThreatSummary['status'] }) {
  return <Tag tone={TONES[status]}>{status}</Tag>;
}
