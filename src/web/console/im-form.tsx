import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { imSettingsQuery } from '../api/console-queries.ts';
import { NETWORK_WORDS } from '../api/words.ts';
import { Answer } from '../components/answer.tsx';
import { ImFields } from './im-fields.tsx';

/** The accounts that send alerts by IM, one a network. */
export function ImForm() {
  const im = useQuery(imSettingsQuery);
  const [network, setNetwork] = useState('xmpp');
  return (
    <Answer of={im} what="the IM accounts">
      {({ accounts }) => (
        <div className="sd-stack">
          <p className="sd-soft">An account of its own: never a decoy's, which would give the decoy away.</p>
          <NativeSelect
            label="Network"
            value={network}
            data={accounts.map(({ network: value, configured, state }) => ({
              value,
              label: configured ? `${NETWORK_WORDS[value]} (${state})` : NETWORK_WORDS[value],
            }))}
            onChange={(event) => setNetwork(event.currentTarget.value)}
          />
          {accounts
            .filter((account) => account.network === network)
            .map((account) => (
              <div className="sd-stack" key={account.network}>
                <p className="sd-soft">State: {account.state}.</p>
                <ImFields state={account} />
              </div>
            ))}
        </div>
      )}
    </Answer>
  );
}
