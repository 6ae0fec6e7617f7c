import { expect, test } from 'vitest';
import { decoyConfigOf, EMPTY_DRAFT } from './decoy-draft.ts';

test('an XMPP account without a host leaves the host to its domain', () => {
  const draft = { ...EMPTY_DRAFT, name: 'dora', address: ' dora@decoys.example ', password: 'secret' };
  expect(decoyConfigOf(draft)).toEqual({
    name: 'dora',
    network: 'xmpp',
    mode: 'client',
    address: 'dora@decoys.example',
    password: 'secret',
    tls: 'starttls',
    enabled: true,
  });
});

test('a component has a host and a port and nothing of TLS', () => {
  const draft = {
    ...EMPTY_DRAFT,
    type: 'xmpp-component' as const,
    name: 'many',
    address: 'many.example',
    password: 'shared',
    host: '127.0.0.1',
    port: '5347',
    ca: 'ignored',
  };
  expect(decoyConfigOf(draft)).toEqual({
    name: 'many',
    network: 'xmpp',
    mode: 'component',
    address: 'many.example',
    password: 'shared',
    host: '127.0.0.1',
    port: 5347,
    enabled: true,
  });
});

test('an IRC nick has its channels, SASL only with an account, and no STARTTLS', () => {
  const draft = { ...EMPTY_DRAFT, type: 'irc' as const, name: 'nick', address: 'dora', host: 'irc.example' };
  expect(decoyConfigOf({ ...draft, channels: '#a, #b  #c' })).toEqual({
    name: 'nick',
    network: 'irc',
    address: 'dora',
    host: 'irc.example',
    tls: 'direct',
    channels: ['#a', '#b', '#c'],
    enabled: true,
  });
  expect(decoyConfigOf({ ...draft, account: 'dora', password: 'pw' })).toMatchObject({
    sasl: { account: 'dora', password: 'pw' },
  });
});
