import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSundewError } from '../core/error.ts';
import { parseAddress } from './address.ts';
import { CHANNEL_KINDS, type ChannelKind } from './channel.ts';

const ACTIVE: Partial<Record<ChannelKind, RegExp>> = {
  email: /[\p{Cc}\p{Cf}\s<>,;"]/u,
  sametime: /[\p{Cc}\p{Cf}<>"&]/u, // names of the directory have blanks
};

describe('parseAddress', () => {
  it.each([
    ['email', ' Ann.Lee+x@Readers.EXAMPLE ', 'Ann.Lee+x@readers.example', 'ann.lee+x@readers.example'],
    ['email', 'ann@bücher.example', 'ann@xn--bcher-kva.example', 'ann@xn--bcher-kva.example'],
    ['xmpp', 'Bob@IM.Example/phone', 'bob@im.example', 'bob@im.example'],
    ['xmpp', 'xmpp:bob@localhost', 'bob@localhost', 'bob@localhost'],
    ['oscar', ' Bob Lee ', 'boblee', 'boblee'],
    ['oscar', '123 456 789', '123456789', '123456789'],
    ['msnp', 'Bob.Lee@Hotmail.Example', 'bob.lee@hotmail.example', 'bob.lee@hotmail.example'],
    ['ymsg', 'Bob_Lee@Yahoo.com', 'bob_lee', 'bob_lee'],
    ['sametime', ' CN=Bob Lee/O=Example ', 'CN=Bob Lee/O=Example', 'cn=bob lee/o=example'],
  ] as const)('brings the %s address %j to one form', (channel, raw, address, key) => {
    expect(parseAddress(channel, raw)).toEqual({ address, key });
  });

  it.each([
    ['email', 'ann'],
    ['email', '@readers.example'],
    ['email', 'ann@localhost'],
    ['email', 'ann@192.0.2.1'],
    ['email', 'ann@[192.0.2.1]'],
    ['email', '"ann b"@readers.example'],
    ['email', 'ann@readers.example\r\nBcc: all@victims.example'],
    ['email', 'ann@readers.example,eve@readers.example'],
    ['email', '<ann@readers.example>'],
    ['email', 'a..b@readers.example'],
    ['email', `${'a'.repeat(65)}@readers.example`],
    ['email', `ann@${'a.'.repeat(130)}example`],
    ['xmpp', 'im.example'],
    ['xmpp', "o'hara@im.example"],
    ['xmpp', 'a\u202Eb@im.example'],
    ['xmpp', 'a b@im.example'],
    ['xmpp', `${'a'.repeat(400)}@im.example`],
    ['oscar', 'x'],
    ['oscar', '1234'],
    ['oscar', 'bob\u0000lee'],
    ['msnp', 'bob'],
    ['msnp', 'a/b@hotmail.example'],
    ['msnp', 'bob@hotmail.example 1\r\nOUT'],
    ['ymsg', 'bob@elsewhere.example'],
    ['ymsg', 'bob\u00c0\u0080'],
    ['sametime', ''],
    ['sametime', 'a\nb'],
    ['sametime', 'a'.repeat(256)],
  ] as const)('refuses the %s address %j', (channel, raw) => {
    expect(() => parseAddress(channel, raw)).toThrow(expect.objectContaining({ code: 'SUBSCRIBER_INVALID' }));
  });

  it('answers any text with an address free of anything active, or with SUBSCRIBER_INVALID', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.emailAddress(),
      fc.tuple(fc.string(), fc.domain()).map((p) => p.join('@')),
    );
    fc.assert(
      fc.property(fc.constantFrom(...CHANNEL_KINDS), texts, (channel, text) => {
        try {
          const { address, key } = parseAddress(channel, text);
          expect(address).not.toMatch(ACTIVE[channel] ?? /[\p{Cc}\p{Cf}\s<>"&]/u);
          expect(parseAddress(channel, address)).toEqual({ address, key });
        } catch (error) {
          if (!isSundewError(error, 'SUBSCRIBER_INVALID')) throw error;
        }
      }),
      { numRuns: 500 },
    );
  });
});
