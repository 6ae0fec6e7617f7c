import { expect, test } from 'vitest';
import type { Network } from '../core/network.ts';
import { accountName } from './account-name.ts';

test.each<[Network, string, string]>([
  ['xmpp', 'Dora@decoys.example/phone', 'dora@decoys.example'],
  ['irc', 'Dora!~d@host.example', 'dora'],
  ['oscar', 'Dora Lee 7', 'doralee7'],
  ['msnp', 'Dora@decoys.example;{1234}', 'dora@decoys.example'],
  ['sametime', 'CN=Dora Lee/O=Acme', 'cn=dora lee/o=acme'],
  ['ymsg', 'Dora_Lee', 'dora_lee'],
])('on %s, %s is the account %s', (network, address, account) => {
  expect(accountName(network, address)).toBe(account);
});
