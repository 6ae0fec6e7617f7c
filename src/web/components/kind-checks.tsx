import { Checkbox } from '@mantine/core';
import type { MessageKind } from '../api/types.ts';
import { MESSAGE_KIND_NOTES, MESSAGE_KIND_WORDS, MESSAGE_KINDS } from '../api/words.ts';
import './network-checks.css';

interface KindChecksProps {
  readonly value: readonly MessageKind[];
  readonly onChange: (value: readonly MessageKind[]) => void;
}

/** What shall come; at least one. */
export function KindChecks({ value, onChange }: KindChecksProps) {
  return (
    <fieldset className="sd-checks">
      <legend>What shall come</legend>
      <div className="sd-checks-wide">
        {MESSAGE_KINDS.map((kind) => (
          <Checkbox
            key={kind}
            size="sm"
            label={MESSAGE_KIND_WORDS[kind]}
            classNames={{ description: 'sd-check-note' }}
            description={MESSAGE_KIND_NOTES[kind]}
            checked={value.includes(kind)}
            onChange={(event) =>
              onChange(event.currentTarget.checked ? [...value, kind] : value.filter((each) => each !== kind))
            }
          />
        ))}
      </div>
    </fieldset>
  );
}
