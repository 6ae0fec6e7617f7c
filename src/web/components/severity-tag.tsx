import type { Severity } from '../api/types.ts';
import { SEVERITIES, SEVERITY_WORDS } from '../api/words.ts';
import { Tag, type Tone } from './tag.tsx';

/** The colour of each severity. */
export const SEVERITY_TONES: Readonly<Record<Severity, Tone>> = {
  info: 'neutral',
  low: 'blue',
  medium: 'yellow',
  high: 'orange',
  critical: 'red',
};

/** A severity: colour, word and its place on the scale of five. */
export function SeverityTag({ severity }: { readonly severity: Severity }) {
  const rank = SEVERITIES.indexOf(severity) + 1;
  return (
    <Tag tone={SEVERITY_TONES[severity]} title={`Severity ${rank} of 5`}>
      <svg width="14" height="10" viewBox="0 0 14 10" aria-hidden="true">
        {SEVERITIES.map((name, at) => (
          <rect
            key={name}
            x={at * 3}
            y={8 - at * 2}
            width="2"
            height={2 + at * 2}
            fill="currentColor"
            opacity={at < rank ? 1 : 0.28}
          />
        ))}
      </svg>
      {SEVERITY_WORDS[severity]}
    </Tag>
  );
}
