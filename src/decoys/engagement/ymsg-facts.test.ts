import { describe, expect, test } from 'vitest';
import { encodeRequest } from '../../networks/http/message.ts';
import { encodePacket } from '../../networks/ymsg/wire/packet.ts';
import { type Pair, pair } from '../../networks/ymsg/wire/pairs.ts';
import { SERVICE } from '../../networks/ymsg/wire/services.ts';
import { ymsgFacts } from './ymsg-facts.ts';

const frame = (service: number, ...pairs: readonly Pair[]): Uint8Array => encodePacket({ service, pairs });
const message = frame(SERVICE.MESSAGE, pair(1, 'me'), pair(5, 'ann'), pair(14, 'hi'));

/** An answer to an add request. */
const grant = (...answer: readonly Pair[]): Uint8Array => {
  const pairs = answer.length === 0 ? [pair(13, '1')] : answer;
  return frame(SERVICE.AUTHORISATION, pair(1, 'me'), pair(5, 'ann'), pair(241, '0'), ...pairs, pair(334, '0'));
};

describe('facts of YMSG frames', () => {
  test.each<[string, Uint8Array]>([
    ['the handshake', frame(SERVICE.HANDSHAKE)],
    ['a request of a challenge', frame(SERVICE.AUTH, pair(1, 'me'))],
    ['a keep-alive', frame(SERVICE.KEEP_ALIVE, pair(0, 'me'))],
    ['a farewell', frame(SERVICE.LOGOFF, pair(0, 'me'))],
    [
      'the answer with a crumb',
      frame(SERVICE.AUTH_RESPONSE, pair(1, 'me'), pair(277, 'y'), pair(278, 't'), pair(307, 'h')),
    ],
  ])('%s is harmless', (_, bytes) => {
    expect(ymsgFacts(bytes)).toEqual({
      facts: {
        peers: [],
        channels: [],
        words: [],
        harmless: true,
        acts: ['sign-on', 'sign-off', 'keep-alive', 'acknowledge', 'presence'],
      },
    });
  });

  test('every recipient and every text of a message is seen, behind a harmless packet too', () => {
    const two = frame(SERVICE.MESSAGE, pair(5, 'ann'), pair(5, 'bob'), pair(14, 'a'), pair(14, 'b'));
    expect(ymsgFacts(Buffer.concat([frame(SERVICE.KEEP_ALIVE, pair(0, 'me')), two]))).toEqual({
      facts: {
        peers: ['ann', 'bob'],
        channels: [],
        words: ['a', 'b'],
        harmless: false,
        acts: ['say', 'notify', 'command-reply'],
      },
    });
  });

  test('a grant of an add request is that and nothing else', () => {
    expect(ymsgFacts(grant())).toEqual({
      facts: { peers: ['ann'], channels: [], words: [], harmless: false, acts: ['accept-contact'] },
    });
    expect(ymsgFacts(Buffer.concat([grant(), message]))).toMatchObject({ facts: { acts: [] } });
  });

  test.each(['get', 'login'])('the request pwtoken_%s may sign on and do nothing else', (which) => {
    const url = new URL(`http://127.0.0.1:5050/config/pwtoken_${which}?src=ymsgr&x=%20`);
    const bytes = encodeRequest({ method: 'GET', url, headers: [['User-Agent', 'Mozilla/5.0']] });
    expect(ymsgFacts(bytes)).toEqual({
      facts: { peers: [], channels: [], words: [], harmless: true, acts: ['sign-on'] },
    });
    expect(ymsgFacts(Buffer.concat([bytes, Buffer.from('x')]))).toHaveProperty('problem');
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
    ['a denial of an add request', grant(pair(13, '2'))],
    ['a grant and a denial in one', grant(pair(13, '1'), pair(13, '2'))],
    ['a grant with words', grant(pair(13, '1'), pair(14, 'hi'))],
    ['a grant to nobody', frame(SERVICE.AUTHORISATION, pair(1, 'me'), pair(13, '1'))],
    ['another request', Buffer.from('GET /file?pwtoken HTTP/1.1\r\nHost: x\r\n\r\n')],
    ['half a request', Buffer.from('GET /pwtoken_get?a HTTP/1.1\r\nHost: x\r\n')],
    ['too many packets', Buffer.concat(Array.from({ length: 17 }, () => frame(SERVICE.HANDSHAKE)))],
  ])('%s has none', (_, bytes) => {
    expect(ymsgFacts(bytes)).toHaveProperty('problem');
  });
});
