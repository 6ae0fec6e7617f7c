import type { Severity, VerdictClass } from '../api/types.ts';
import { CLASS_WORDS, SEVERITY_WORDS } from '../api/words.ts';
import { SEVERITY_TONES } from './severity-tag.tsx';
import { Tag } from './tag.tsx';

interface ClassTagProps {
  readonly value: VerdictClass;
  /** Where no severity stands beside it: shown as the tag's colour. */
  readonly severity?: Severity;
}

/** What analysis took it for. */
export function ClassTag({ value, severity }: ClassTagProps) {
  if (severity === undefined) return <Tag>{CLASS_WORDS[value]}</Tag>;
  return (
    <Tag tone={SEVERITY_TONES[severity]} title={`Severity: ${SEVERITY_WORDS[severity]}`}>
      {CLASS_WORDS[value]}
    </Tag>
  );
}
