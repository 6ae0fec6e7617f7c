import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mayDialPeer } from './peer-address.ts';

const FAR = { ownServerIsLoopback: false };
const HERE = { ownServerIsLoopback: true };

describe('an address that a peer names', () => {
  test.each(['8.8.8.8', '1.1.1.1', '99.255.255.255', '172.15.0.1', '172.32.0.1', '223.255.255.254'])(
    'may be dialled: %s',
    (address) => {
      expect(mayDialPeer(address, FAR)).toBe(true);
      expect(mayDialPeer(address, HERE)).toBe(true);
    },
  );

  test.each([
    ...['0.0.0.0', '10.0.0.1', '100.64.0.1', '169.254.169.254', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
    ...['192.0.2.1', '198.18.0.1', '198.51.100.7', '203.0.113.5', '224.0.0.1', '239.1.1.1', '255.255.255.255'],
    ...['', 'localhost', 'evil.example', '::1', '::ffff:10.0.0.1', '[::1]', '2001:db8::1'],
    ...['127.1', '2130706433', '0x7f.0.0.1', '0177.0.0.1', '010.1.1.1', '256.1.1.1', '1.2.3', '1.2.3.4.5', ' 8.8.8.8'],
  ])('is never dialled: %j', (address) => {
    expect(mayDialPeer(address, FAR)).toBe(false);
    expect(mayDialPeer(address, HERE)).toBe(false);
  });

  test('is this machine only where the own server is', () => {
    for (const address of ['127.0.0.1', '127.255.255.254']) {
      expect(mayDialPeer(address, FAR)).toBe(false);
      expect(mayDialPeer(address, HERE)).toBe(true);
    }
  });

  test('whatever it is, is answered', () => {
    fc.assert(
      fc.property(fc.string(), fc.boolean(), (address, ownServerIsLoopback) => {
        expect(typeof mayDialPeer(address, { ownServerIsLoopback })).toBe('boolean');
      }),
    );
  });
});
