import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isSundewError } from '../../../core/error.ts';
import { VECTORS } from '../testing/vectors.ts';
import { isAddress } from './address.ts';
import { encodeFrame, takeFrame } from './frame.ts';
import { encodeFtpBlock, encodeFtpLine, FTP_TAKEN, MAX_FTP_LINE_BYTES, takeFtpBlock, takeFtpLine } from './ftp.ts';
import { decodeInvitation, encodeAcceptance, encodeListening } from './invite.ts';
import { encodeP2pMessage } from './message.ts';
import { decodeMime } from './mime.ts';
import { acknowledgeP2p, decodeP2p } from './p2p.ts';
import { decodeSlp } from './slp.ts';
import {
  addressOfHeader,
  encodeSlpBye,
  encodeSlpOk,
  encodeTransportAnswer,
  readCall,
  readSession,
} from './slp-answers.ts';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const hex = (bytes: string): Uint8Array => new Uint8Array(Buffer.from(bytes, 'hex'));
const coded = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return isSundewError(error) ? error.code : error;
  }
};
const CALL = { from: 'decoy1@example.com', to: 'worm@example.com', branch: '{CDE28DAF-B67C}', callId: '{F87327A8}' };

describe('what a receiver of files says over P2P', () => {
  test('the acknowledgement of vector M7 is vector M8', () => {
    const { frame } = takeFrame(hex(VECTORS.M7), { from: 'server', maxPayload: 8192 }) ?? {};
    const chunk = decodeP2p(decodeMime(frame?.payload ?? new Uint8Array()).body);
    const payload = encodeP2pMessage('worm@example.com', acknowledgeP2p(chunk, 0x0ac4_7457));
    expect(Buffer.from(encodeFrame('MSG', [2, 'D'], payload)).toString('hex')).toBe(VECTORS.M8);
  });

  // The order of headers and bodies: the MSNSLP pages of hypothetic.org.
  test('200 OK, word for word', () => {
    expect(text(encodeSlpOk(CALL, 180_646_677))).toBe(
      'MSNSLP/1.0 200 OK\r\nTo: <msnmsgr:worm@example.com>\r\nFrom: <msnmsgr:decoy1@example.com>\r\n' +
        'Via: MSNSLP/1.0/TLP ;branch={CDE28DAF-B67C}\r\nCSeq: 1 \r\nCall-ID: {F87327A8}\r\nMax-Forwards: 0\r\n' +
        'Content-Type: application/x-msnmsgr-sessionreqbody\r\nContent-Length: 25\r\n\r\nSessionID: 180646677\r\n\r\n\0',
    );
  });

  test('BYE, word for word', () => {
    expect(text(encodeSlpBye(CALL))).toBe(
      'BYE MSNMSGR:worm@example.com MSNSLP/1.0\r\nTo: <msnmsgr:worm@example.com>\r\n' +
        'From: <msnmsgr:decoy1@example.com>\r\nVia: MSNSLP/1.0/TLP ;branch={CDE28DAF-B67C}\r\nCSeq: 0 \r\n' +
        'Call-ID: {F87327A8}\r\nMax-Forwards: 0\r\nContent-Type: application/x-msnmsgr-sessionclosebody\r\n' +
        'Content-Length: 3\r\n\r\n\r\n\0',
    );
  });

  test('a proposal to connect directly is answered with nothing to connect to', () => {
    const { method, fields } = decodeSlp(encodeTransportAnswer(CALL));
    expect([method, Object.fromEntries(fields)]).toEqual([
      '200',
      {
        bridge: 'TCPv1',
        listening: 'false',
        nonce: '{00000000-0000-0000-0000-000000000000}',
        'ipv4internal-addrs': '0.0.0.0',
        'ipv4internal-port': '0',
      },
    ]);
  });

  test('ids are sent back only as clients write them', () => {
    const slp = decodeSlp(encodeSlpOk(CALL, 7));
    expect(readCall(slp, CALL.from, CALL.to)).toEqual(CALL);
    expect(readSession(slp)).toBe(7);
    expect(addressOfHeader(slp.headers.get('to'))).toBe('worm@example.com');
    expect(addressOfHeader('worm@example.com')).toBe('');
    const words = decodeSlp(Buffer.from(text(encodeSlpOk({ ...CALL, callId: '{hello you}' }, 7))));
    expect(readCall(words, CALL.from, CALL.to)).toBeUndefined();
    expect(readCall(slp, CALL.from, 'a@b\r\nX: y')).toBeUndefined();
    for (const session of ['0', '4294967296', '-1', 'x']) {
      expect(readSession(decodeSlp(Buffer.from(`MSNSLP/1.0 200 OK\r\n\r\nSessionID: ${session}\r\n`)))).toBeUndefined();
    }
    expect(['a@b.c', 'a b@c', 'a@b\n', '@b', 'a<@b'].map(isAddress)).toEqual([true, false, false, false, false]);
  });
});

describe('invitations of the old style', () => {
  // Fields in the order of the hypothetic.org pages.
  test('ACCEPT, word for word', () => {
    expect(text(encodeAcceptance('33267'))).toBe(
      'MIME-Version: 1.0\r\nContent-Type: text/x-msmsgsinvite; charset=UTF-8\r\n\r\nInvitation-Command: ACCEPT\r\n' +
        'Invitation-Cookie: 33267\r\nLaunch-Application: FALSE\r\nRequest-Data: IP-Address:\r\n\r\n',
    );
  });

  test('the sender tells where it listens', () => {
    const { body } = decodeMime(
      encodeListening({ cookie: '5', host: '198.51.100.7', port: 6891, authCookie: '93301' }),
    );
    expect(decodeInvitation(body)).toMatchObject({
      command: 'ACCEPT',
      cookie: '5',
      address: { host: '198.51.100.7', port: 6891 },
      authCookie: '93301',
    });
  });
});

describe('MSNFTP', () => {
  test.each([
    ['VER MSNFTP', '564552204d534e4654500d0a', 'VER', ['MSNFTP']],
    ['a size', '46494c2034353035360d0a', 'FIL', ['45056']],
    ['no argument', '5446520d0a', 'TFR', []],
    ['a bare line end', '43434c0a', 'CCL', []],
  ])('reads %s', (_, bytes, command, args) => {
    const whole = hex(bytes);
    expect(takeFtpLine(whole)).toEqual({ line: { command, args }, rest: new Uint8Array() });
    for (let cut = 0; cut < whole.length; cut += 1) expect(takeFtpLine(whole.subarray(0, cut))).toBeUndefined();
  });

  test('writes what a receiver says', () => {
    expect(text(encodeFtpLine('USR', ['decoy1@example.com', '93301']))).toBe('USR decoy1@example.com 93301\r\n');
    expect(text(encodeFtpLine('BYE', [FTP_TAKEN]))).toBe('BYE 16777989\r\n');
    expect(coded(() => encodeFtpLine('USR', ['a b']))).toBe('INPUT_INVALID');
  });

  test('refuses lines that are none or too long', () => {
    expect(coded(() => takeFtpLine(Buffer.from('hello\r\n')))).toBe('WIRE_MALFORMED');
    expect(coded(() => takeFtpLine(Buffer.alloc(MAX_FTP_LINE_BYTES, 'A')))).toBe('WIRE_TOO_LARGE');
    expect(takeFtpLine(Buffer.alloc(MAX_FTP_LINE_BYTES - 1, 'A'))).toBeUndefined();
  });

  test.each([
    ['data', '0003004d5a90', false, '4d5a90'],
    ['the end', '010000', true, ''],
    ['a long block', `00fd07${'aa'.repeat(2045)}`, false, 'aa'.repeat(2045)],
  ])('reads a block: %s', (_, bytes, end, data) => {
    const whole = hex(bytes);
    expect(takeFtpBlock(whole)).toEqual({ block: { end, data: hex(data) }, rest: new Uint8Array() });
    for (let cut = 0; cut < whole.length; cut += 1) expect(takeFtpBlock(whole.subarray(0, cut))).toBeUndefined();
    expect(coded(() => takeFtpBlock(Uint8Array.of(2)))).toBe('WIRE_MALFORMED');
  });

  test('any block comes back as it was written, and any bytes are answered', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.uint8Array({ maxLength: 3000 }), (end, data) => {
        expect(takeFtpBlock(encodeFtpBlock({ end, data }))).toEqual({ block: { end, data }, rest: new Uint8Array() });
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        for (const answer of [coded(() => takeFtpLine(bytes)), coded(() => takeFtpBlock(bytes))]) {
          expect(answer === undefined || typeof answer === 'object' || /^WIRE_/.test(String(answer))).toBe(true);
        }
      }),
    );
  });
});
