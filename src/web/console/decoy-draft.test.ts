import { expect, test } from 'vitest';
import { type DecoyDraft, decoyConfigOf, EMPTY_DRAFT, isRequired, TICKED } from './decoy-draft.ts';
import { decoyKindOf } from './decoy-kinds.ts';

const draft = (type: string, values: Readonly<Record<string, string>>): DecoyDraft => ({
  ...EMPTY_DRAFT,
  type,
  name: ' dora ',
  values,
});

test('an XMPP account without a host leaves the host to its domain', () => {
  const values = { address: ' dora@decoys.example ', password: ' secret ' };
  expect(decoyConfigOf(draft('xmpp-client', values))).toEqual({
    name: 'dora',
    network: 'xmpp',
    mode: 'client',
    address: 'dora@decoys.example',
    password: ' secret ',
    tls: 'starttls',
    enabled: true,
  });
});

test('a component has a host and a port and nothing of TLS, whatever was typed for another kind', () => {
  const values = {
    address: 'many.example',
    password: 'shared',
    host: '127.0.0.1',
    port: '5347',
    ca: 'ignored',
    tls: 'none',
  };
  expect(decoyConfigOf(draft('xmpp-component', values))).toEqual({
    name: 'dora',
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
  const values = { address: 'dora', host: 'irc.example', tls: 'starttls' };
  expect(decoyConfigOf(draft('irc', { ...values, channels: '#a, #b  #c' }))).toEqual({
    name: 'dora',
    network: 'irc',
    address: 'dora',
    host: 'irc.example',
    tls: 'direct',
    channels: ['#a', '#b', '#c'],
    enabled: true,
  });
  const signedIn = draft('irc', { ...values, 'sasl.account': 'dora', 'sasl.password': 'pw' });
  expect(decoyConfigOf(signedIn)).toMatchObject({ sasl: { account: 'dora', password: 'pw' } });
});

test('a SASL password is asked for as soon as there is an account', () => {
  const password = decoyKindOf('irc').fields.find(({ key }) => key === 'sasl.password') ?? { key: '', label: '' };
  expect(isRequired(draft('irc', {}), password)).toBe(false);
  expect(isRequired(draft('irc', { 'sasl.account': 'dora' }), password)).toBe(true);
});

test('a Yahoo! id speaks version 10 unless told, and without encryption only by consent', () => {
  const values = { address: 'dora', password: 'secret', host: 'ymsg.example' };
  const config = { name: 'dora', network: 'ymsg', ...values, enabled: true };
  expect(decoyConfigOf(draft('ymsg', values))).toEqual({ ...config, version: 10 });
  expect(decoyConfigOf(draft('ymsg', { ...values, version: '9', insecure: TICKED }))).toEqual({
    ...config,
    version: 9,
    insecure: true,
  });
});
