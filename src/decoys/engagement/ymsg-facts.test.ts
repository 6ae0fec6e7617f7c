import { describe, expect, test } from 'vitest';
import { encodePacket } from '../../networks/ymsg/wire/packet.ts';
import { type Pair, pair } from '../../networks/ymsg/wire/pairs.ts';
import { SERVICE } from '../../networks/ymsg/wire/services.ts';
import { ymsgFacts } from './ymsg-facts.ts';

const frame = (service: number, ...pairs: readonly Pair[]): Uint8Array => encodePacket({ service, pairs });
const message = frame(SERVICE.MESSAGE, pair(1, 'me'), pair(5, 'ann'), pair(14, 'hi'));

describe('facts of YMSG frames', () => {
  test.each<[string, Uint8Array]>([
    ['the handshake', frame(SERVICE.HANDSHAKE)],
    ['a request of a challenge', frame(SERVICE.AUTH, pair(1, 'me'))],
    ['a keep-alive', frame(SERVICE.KEEP_ALIVE, pair(0, 'me'))],
    ['a farewell', frame(SERVICE.LOGOFF, pair(0, 'me'))],
  ])('%s is harmless', (_, bytes) => {
    expect(ymsgFacts(bytes)).toEqual({ facts: { peers: [], channels: [], words: [], harmless: true } });
  });

  test('every recipient and every text of a message is seen, behind a harmless packet too', () => {
    const two = frame(SERVICE.MESSAGE, pair(5, 'ann'), pair(5, 'bob'), pair(14, 'a'), pair(14, 'b'));
    expect(ymsgFacts(Buffer.concat([frame(SERVICE.KEEP_ALIVE, pair(0, 'me')), two]))).toEqual({
      facts: { peers: ['ann', 'bob'], channels: [], words: ['a', 'b'], harmless: false },
    });
  });

  test.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array(0)],
    ['half a packet', message.subarray(0, -1)],
    ['bytes behind a packet', Buffer.concat([message, Buffer.from('x')])],
    ['typing', frame(SERVICE.NOTIFY, pair(5, 'ann'), pair(49, 'TYPING'))],
    ['an added buddy', frame(SERVICE.ADD_BUDDY, pair(7, 'ann'))],
    ['a joined conference', frame(SERVICE.CONFERENCE_LOGON, pair(57, 'room'))],
    ['a recipient in a keep-alive', frame(SERVICE.KEEP_ALIVE, pair(0, 'me'), pair(5, 'ann'))],
    ['a message to nobody', frame(SERVICE.MESSAGE, pair(14, 'hi'))],
    ['an unknown service', frame(0x999)],
    ['too many packets', Buffer.concat(Array.from({ length: 17 }, () => frame(SERVICE.HANDSHAKE)))],
  ])('%s has none', (_, bytes) => {
    expect(ymsgFacts(bytes)).toHaveProperty('problem');
  });
});
