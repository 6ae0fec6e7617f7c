import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isSundewError } from '../../../core/error.ts';
import { takeResponse } from '../../http/message.ts';
import { readListEntry, readListNotice } from './contact-list.ts';
import { decodeFileContext, encodeFileContext } from './file-context.ts';
import { encodeFrame, takeFrame } from './frame.ts';
import { decodeImFormat } from './im-format.ts';
import { decodeInvitation, encodeFileInvitation } from './invite.ts';
import { splitText } from './message.ts';
import { decodeMime, encodeMime, textOf } from './mime.ts';
import { encodeNotices, encodeOfflineMessage, readNotices, readOfflineMessage } from './offline.ts';
import { decodeP2p, encodeP2p } from './p2p.ts';
import { loginUrlOf, readTicket } from './passport.ts';
import { decodePercent, encodePercent } from './percent.ts';
import { decodeSlp } from './slp.ts';
import { readAttributes, readLeaves } from './small-xml.ts';

const anyBytes = fc.uint8Array({ maxLength: 400 });
const word = fc.stringMatching(/^[!-~]{1,20}$/);
const u32 = fc.integer({ min: 0, max: 0xffff_ffff });
const wellFormed = fc.string({ unit: 'grapheme' });
const limits = { from: 'server', maxPayload: 65_536 } as const;

/** A value or an error with a code; nothing else may come out. */
function total(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    if (!isSundewError(error)) throw error;
  }
}

describe('MSNP decoders', () => {
  test('are total on any bytes and any text', () => {
    const readers: ((bytes: Uint8Array, text: string) => unknown)[] = [
      (bytes) => takeFrame(bytes, limits),
      (bytes) => takeFrame(Buffer.concat([Buffer.from('MSG a b 9\r\n'), bytes]), limits),
      (bytes) => textOf(decodeMime(bytes)),
      (bytes) => decodeP2p(bytes),
      (bytes) => decodeSlp(Buffer.concat([Buffer.from('INVITE MSNMSGR:a MSNSLP/1.0\r\n'), bytes])),
      (bytes) => decodeSlp(bytes),
      (bytes) => decodeInvitation(bytes),
      (bytes) => decodeFileContext(Buffer.from(bytes).toString('base64')),
      (_, text) => decodeFileContext(text),
      (_, text) => decodePercent(text),
      (_, text) => decodeImFormat(text),
      (_, text) => readLeaves(text),
      (_, text) => readLeaves(`<MD><M>${text}`),
      (_, text) => readAttributes(`<msnobj a="${text}"`),
      (_, text) => readNotices(text),
      (_, text) => readOfflineMessage(text),
      (bytes, text) => takeResponse(bytes, text.length % 2 === 0),
      (bytes) =>
        takeResponse(
          Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'), bytes]),
          true,
        ),
    ];
    fc.assert(
      fc.property(anyBytes, fc.string(), (bytes, text) => {
        for (const read of readers) total(() => read(bytes, text));
      }),
    );
  });

  test('lists are read from any arguments in every dialect', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 9 }), fc.integer({ min: 2, max: 12 }), (args, dialect) => {
        const frame = { command: 'LST', args, payload: undefined, bytes: new Uint8Array() };
        readListEntry(frame, dialect);
        readListNotice({ ...frame, command: 'ADC' });
        readListNotice({ ...frame, command: 'ADD' });
      }),
    );
  });

  test('frames come back as they were written', () => {
    const payload = fc.option(anyBytes, { nil: undefined });
    fc.assert(
      fc.property(fc.array(word, { minLength: 2, maxLength: 6 }), payload, (args, body) => {
        const command = body === undefined ? 'ILN' : 'MSG';
        const frame = takeFrame(encodeFrame(command, args, body), limits)?.frame;
        expect(frame).toMatchObject({ command, args: body === undefined ? args : [...args, String(body.length)] });
        expect(Buffer.from(frame?.payload ?? []).equals(body ?? new Uint8Array())).toBe(true);
      }),
    );
  });

  test('P2P chunks come back as they were written', () => {
    const chunk = fc.record(
      {
        session: u32,
        identifier: u32,
        offset: fc.bigInt(0n, 1n << 40n),
        total: fc.constant((1n << 63n) - 1n),
        flags: u32,
        ackId: u32,
        ackUniqueId: u32,
        ackTotal: fc.bigInt(0n, 1n << 40n),
        chunk: anyBytes,
        footer: u32,
      },
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(chunk, (value) => {
        expect(decodeP2p(encodeP2p(value))).toEqual(value);
      }),
    );
  });

  test('names, texts, offers and bodies come back as they were written', () => {
    fc.assert(
      fc.property(wellFormed, anyBytes, (text, body) => {
        expect(decodePercent(encodePercent(text))).toBe(text.toWellFormed());
        expect(splitText(text).join('')).toBe(text);
        expect(Buffer.from(decodeMime(encodeMime([['A', 'b']], body)).body).equals(body)).toBe(true);
      }),
    );
    const name = fc.stringMatching(/^[a-zé😀]{1,40}\.[a-z]{3}$/u);
    fc.assert(
      fc.property(name, fc.nat(), (file, size) => {
        expect(decodeFileContext(encodeFileContext({ name: file, size }))).toMatchObject({
          name: file,
          size: BigInt(size),
        });
        const invitation = encodeFileInvitation({ cookie: 1, name: file, size });
        expect(decodeInvitation(decodeMime(invitation).body).file).toEqual({ name: file, size });
      }),
    );
  });
});

describe('MSNP decoders of hostile fields', () => {
  test('percent escapes that are none stay', () => {
    expect(decodePercent('100%')).toBe('100%');
    expect(decodePercent('%G1%4')).toBe('%G1%4');
    expect(decodePercent('%c0%af%41')).toBe('��A');
    expect(decodePercent('a%0d%0ab')).toBe('a\r\nb');
  });

  test('lists of every dialect', () => {
    const frame = (line: string): Parameters<typeof readListEntry>[0] => {
      const taken = takeFrame(Buffer.from(`${line}\r\n`), limits);
      if (taken === undefined) throw new Error('not complete');
      return taken.frame;
    };
    const worm = { address: 'worm@example.com', name: 'Worm' };
    expect(readListEntry(frame('LST N=worm@example.com F=Worm 16 '), 11)).toEqual({ ...worm, lists: 16 });
    expect(readListEntry(frame('LST N=worm@example.com F=Worm C=ab 11 1 g'), 12)).toEqual({ ...worm, lists: 11 });
    expect(readListEntry(frame('LST N=worm@example.com 8'), 10)).toEqual({ ...worm, name: '', lists: 8 });
    expect(readListEntry(frame('LST worm@example.com Worm 8 0'), 8)).toEqual({ ...worm, lists: 8 });
    expect(readListEntry(frame('LST 3 RL 1 1 1 worm@example.com Worm'), 7)).toEqual({ ...worm, lists: 8 });
    expect(readListEntry(frame('LST 3 RL 1 0 0'), 7)).toBeUndefined();
    expect(readListNotice(frame('ADD 0 RL 12 worm@example.com Worm'))).toEqual({ ...worm, lists: 8 });
    expect(readListNotice(frame('REM 0 RL worm@example.com'))).toEqual({ ...worm, name: '', lists: 8 });
    expect(readListNotice(frame('ADC 8 AL N=worm@example.com'))).toBeUndefined();
  });

  test('XML with a DTD gives nothing, and no entity grows', () => {
    expect(readLeaves('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')).toEqual([]);
    expect(readNotices('too-large')).toBeUndefined();
    expect(readNotices('<MD><M><I>../../x</I></M></MD>')).toEqual([]);
  });

  test('offline messages and their notices come back as they were written', () => {
    const sender = 'eve@x.test';
    expect(readNotices(encodeNotices([{ id: 'a-1', sender, at: 'now' }]))).toEqual([{ id: 'a-1', sender }]);
    const soap = encodeOfflineMessage({
      sender,
      text: 'hi <ü>',
      at: '2026-01-01T00:00:00.000Z',
      address: '203.0.113.5',
    });
    expect(readOfflineMessage(soap)).toMatchObject({
      text: 'hi <ü>',
      sentAt: '2026-01-01T00:00:00.000Z',
      senderAddress: '203.0.113.5',
    });
  });

  test.each([
    ["HTTP/1.1 200 OK\r\nAuthentication-Info: Passport1.4 da-status=success,from-PP='t=a&p='\r\n", 'ticket'],
    ['HTTP/1.1 401 No\r\nWWW-Authenticate: Passport1.4 da-status=failed\r\n', 'refused'],
    ['HTTP/1.1 302 Found\r\nLocation: https://other.test/\r\n', 'redirect'],
    ['HTTP/1.1 500 Oops\r\n', 'unreadable'],
    ["HTTP/1.1 200 OK\r\nAuthentication-Info: Passport1.4 from-PP='a b'\r\n", 'unreadable'],
  ])('a log-in answer %j is a %s', (head, type) => {
    const response = takeResponse(Buffer.from(`${head}\r\n`), true);
    expect(response === undefined ? undefined : readTicket(response).type).toBe(type);
  });

  test('a nexus answer gives its log-in URL, with a scheme', () => {
    const nexus = 'HTTP/1.1 200 OK\r\nPassporturls: DARealm=x,DALogin=login.test/sp,DAReg=y\r\n\r\n';
    const response = takeResponse(Buffer.from(nexus), true);
    expect(response === undefined ? undefined : loginUrlOf(response)).toBe('https://login.test/sp');
  });

  test('HTTP bodies: by length, by chunks, to the end, cut short', () => {
    const text = (head: string, ended: boolean): string | undefined => {
      const response = takeResponse(Buffer.from(`HTTP/1.1 200 OK\r\n${head}`), ended);
      return response === undefined ? undefined : Buffer.from(response.body).toString();
    };
    expect(text('Content-Length: 3\r\n\r\nabc', false)).toBe('abc');
    expect(text('Content-Length: 3\r\n\r\nab', false)).toBeUndefined();
    expect(() => text('Content-Length: 3\r\n\r\nab', true)).toThrow(/cut short/);
    expect(text('Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n', false)).toBe('abc');
    expect(text('\r\nrest', true)).toBe('rest');
    expect(() => text(`X: ${'a'.repeat(300_000)}`, false)).toThrow(/256 KiB/);
  });
});
