import { Checkbox } from '@mantine/core';
import type { Network } from '../api/types.ts';
import { NETWORK_WORDS, NETWORKS } from '../api/words.ts';
import './network-checks.css';

interface NetworkChecksProps {
  readonly value: readonly Network[];
  readonly onChange: (value: readonly Network[]) => void;
}

/** Any number of networks; none chosen means all. */
export function NetworkChecks({ value, onChange }: NetworkChecksProps) {
  return (
    <fieldset className="sd-checks">
      <legend>Networks (none chosen: all)</legend>
      <div>
        {NETWORKS.map((network) => (
          <Checkbox
            key={network}
            size="sm"
            label={NETWORK_WORDS[network]}
            checked={value.includes(network)}
            onChange={(event) =>
              onChange(event.currentTarget.checked ? [...value, network] : value.filter((each) => each !== network))
            }
          />
        ))}
      </div>
    </fieldset>
  );
}
