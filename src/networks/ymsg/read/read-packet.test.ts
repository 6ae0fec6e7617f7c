import { describe, expect, test } from 'vitest';
import { FROM, read, readBytes } from '../testing/reading.ts';
import { vector } from '../testing/vectors.ts';
import { type Pair, pair } from '../wire/pairs.ts';
import { SERVICE, STATUS } from '../wire/services.ts';

describe('a packet of the reference becomes', () => {
  test('a message', () => {
    expect(readBytes(vector('IM with UTF-8 and a link'))).toEqual([
      {
        kind: 'message',
        peer: { id: 'worm', verifiedBy: 'own-server' },
        text: 'é http://203.0.113.5/pic.scr',
        meta: { service: 'message', status: 1 },
      },
    ]);
  });

  test('two offline messages with the time they were sent', () => {
    const drafts = readBytes(vector('two offline IMs'));
    expect(drafts).toMatchObject([
      {
        kind: 'message',
        peer: { id: 'worm' },
        text: 'one',
        sentAt: '2026-11-23T05:23:16.000Z',
        meta: { offline: true },
      },
      { kind: 'message', peer: { id: 'bot2' }, text: 'two', sentAt: '2026-11-23T05:23:17.000Z' },
    ]);
    expect(new Set(drafts.map(({ native }) => native)).size).toBe(2);
  });

  test('a contact request of version 10 and of version 16', () => {
    expect(readBytes(vector('add request'))).toMatchObject([
      { kind: 'contact-request', peer: { id: 'worm' }, text: 'add me', sentAt: '2026-11-23T05:23:14.000Z' },
    ]);
    expect(readBytes(vector('add request of version 16'))).toMatchObject([
      { kind: 'contact-request', peer: { id: 'worm', name: 'Jane Doe' }, text: 'add me' },
    ]);
  });

  test('a file offer with the address of the sender’s own web server', () => {
    expect(readBytes(vector('file offer from the sender’s own web server'))).toMatchObject([
      {
        kind: 'file-offer',
        peer: { id: 'worm', address: '192.0.2.10:80' },
        text: 'my pics',
        file: { name: 'pic.scr', size: 45_056 },
        meta: { url: 'http://192.0.2.10:80/Messenger.worm.1?K=lc9lu2u8', protocol: 'MSG1.0' },
      },
    ]);
  });

  test('a file offer of version 16', () => {
    expect(readBytes(vector('file offer of version 16'))).toMatchObject([
      {
        kind: 'file-offer',
        peer: { id: 'worm' },
        file: { name: 'pic.scr', size: 45_056 },
        meta: { transfer: 'ABCDEFGHIJKLMNOPQRSTU$$', count: 1 },
      },
    ]);
  });

  test('a conference invitation with the fellow victims', () => {
    expect(readBytes(vector('conference invitation'))).toMatchObject([
      {
        kind: 'group-invite',
        peer: { id: 'worm' },
        conversation: 'worm-77',
        text: 'join http://203.0.113.5/',
        meta: { invited: ['decoy1', 'victim2'], present: ['victim3'] },
      },
    ]);
  });

  test('typing', () => {
    expect(readBytes(vector('typing'))).toMatchObject([{ kind: 'typing', peer: { id: 'worm' }, meta: { state: 1 } }]);
  });
});

describe('a packet is read as', () => {
  test.each<[string, number, number, Pair[], object]>([
    [
      'a buzz',
      SERVICE.MESSAGE,
      1,
      [...FROM, pair(14, '<ding>')],
      { kind: 'nudge', peer: { id: 'worm', name: 'Worm' } },
    ],
    [
      'a message in Windows-1252 with markup',
      SERVICE.MESSAGE,
      1,
      [...FROM, { key: 14, value: Uint8Array.from(Buffer.from('<font size="9">\u001b[1mgr\u00fcn', 'latin1')) }],
      { kind: 'message', text: 'grün', meta: { charset: 'windows-1252', formatting: true } },
    ],
    [
      'a message that lacks key 4, by its own word',
      SERVICE.MESSAGE,
      1,
      [pair(1, 'worm'), pair(14, 'hi')],
      { peer: { id: 'worm', verifiedBy: 'self-asserted' } },
    ],
    [
      'a message from another network',
      SERVICE.MESSAGE,
      1,
      [...FROM, pair(241, '2'), pair(14, 'hi')],
      { peer: { verifiedBy: 'federated' }, meta: { federated: 2 } },
    ],
    ['a failed delivery', SERVICE.MESSAGE, STATUS.NOT_SENT, [...FROM, pair(14, 'hi')], { kind: 'backscatter' }],
    [
      'an invitation to watch a webcam',
      SERVICE.NOTIFY,
      1,
      [...FROM, pair(49, 'WEBCAMINVITE'), pair(14, ' ')],
      { kind: 'call', meta: { application: 'webcam' } },
    ],
    [
      'an unknown notice',
      SERVICE.NOTIFY,
      1,
      [...FROM, pair(49, 'GAME')],
      { kind: 'unknown', meta: { application: 'GAME' } },
    ],
    [
      'a denied request',
      SERVICE.NEW_CONTACT,
      STATUS.ADD_DENIED,
      [pair(3, 'worm'), pair(14, 'no')],
      { kind: 'contact-change', text: 'no' },
    ],
    [
      'an invitation to a chat room',
      SERVICE.CHAT_INVITE,
      1,
      [pair(118, 'decoy1'), pair(119, 'worm'), pair(104, 'Romance:1'), pair(117, 'come'), pair(129, '1600')],
      { kind: 'group-invite', peer: { id: 'worm' }, conversation: 'Romance:1', text: 'come', meta: { roomId: '1600' } },
    ],
    [
      'a text in a chat room',
      SERVICE.CHAT_COMMENT,
      1,
      [pair(104, 'Romance:1'), pair(109, 'worm'), pair(117, 'hi all')],
      { kind: 'message', peer: { id: 'worm' }, conversation: 'Romance:1', text: 'hi all' },
    ],
    [
      'a text in a conference',
      SERVICE.CONFERENCE_MESSAGE,
      1,
      [pair(57, 'room'), pair(3, 'worm'), pair(14, 'hi')],
      { kind: 'message', peer: { id: 'worm' }, conversation: 'room', text: 'hi' },
    ],
    [
      'a file in the service’s store, named by its link alone, with text behind a 06',
      SERVICE.FILE_TRANSFER,
      1,
      [...FROM, pair(14, 'see\u0006junk'), pair(20, 'http://files.test/store/a%20b.scr?t=1'), pair(38, '604800')],
      {
        kind: 'file-offer',
        text: 'see',
        file: { name: 'a%20b.scr' },
        peer: { id: 'worm', name: 'Worm', verifiedBy: 'own-server' },
        meta: { stored: true, expires: 604_800 },
      },
    ],
    [
      'where a file is to come from',
      SERVICE.FILE_INFO_15,
      1,
      [...FROM, pair(249, '1'), pair(250, '192.0.2.7'), pair(251, 'token')],
      { kind: 'transfer-request', peer: { address: '192.0.2.7' } },
    ],
    ['a file offer taken back', SERVICE.FILE_OFFER_15, 1, [...FROM, pair(222, '2')], { kind: 'transfer-request' }],
    ['peer details of a file', SERVICE.P2P_FILE, 1, [...FROM, pair(13, '2')], { kind: 'transfer-request' }],
    [
      'a decoration',
      SERVICE.P2P_FILE,
      1,
      [...FROM, pair(49, 'IMVIRONMENT'), pair(63, 'doodle;11')],
      { kind: 'unknown', meta: { imvironment: 'doodle;11' } },
    ],
    [
      'a peer-to-peer probe with the sender’s address',
      SERVICE.PEER_TO_PEER,
      1,
      [...FROM, pair(12, Buffer.from('192.0.2.9').toString('base64')), pair(49, 'PEERTOPEER'), pair(13, '0')],
      { kind: 'probe', peer: { id: 'worm', address: '192.0.2.9' } },
    ],
    [
      'a status line with a link',
      SERVICE.LOGON,
      1,
      [pair(0, 'decoy1'), pair(7, 'friend'), pair(10, '99'), pair(19, 'my pics http://203.0.113.5/'), pair(47, '0')],
      { kind: 'presence', peer: { id: 'friend' }, text: 'my pics http://203.0.113.5/' },
    ],
    [
      'words of the server',
      SERVICE.SYSTEM_MESSAGE,
      1,
      [pair(14, 'bye')],
      { kind: 'service-notice', peer: { id: 'ymsg.test' } },
    ],
    [
      'an unknown service of somebody',
      0x3e8,
      1,
      [...FROM, pair(14, 'x')],
      { kind: 'unknown', meta: { service: '0x3e8' } },
    ],
  ])('%s', (_, service, status, pairs, expected) => {
    expect(read(service, status, ...pairs)).toMatchObject([expected]);
  });

  test.each<[string, number, number, Pair[]]>([
    ['mere presence', SERVICE.LOGON, 1, [pair(7, 'friend'), pair(10, '0')]],
    ['the second copy of an invitation', SERVICE.CONFERENCE_INVITE, 11, [pair(50, 'worm'), pair(57, 'r')]],
    ['the answer to an upload', SERVICE.FILE_TRANSFER, 4, [pair(4, 'worm')]],
    ['an unknown service of nobody', 0x3e8, 1, [pair(7, 'x')]],
    ['the decoy’s own doing', SERVICE.MESSAGE, 1, [pair(4, 'Decoy1'), pair(14, 'x')]],
  ])('nothing: %s', (_, service, status, pairs) => {
    expect(read(service, status, ...pairs)).toEqual([]);
  });
});
