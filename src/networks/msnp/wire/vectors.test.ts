// The worked vectors: recorded from a private server and official-style clients, checked with two implementations.
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { VECTORS } from '../testing/vectors.ts';
import { answerChallenge, answerSalt, PRODUCT_11, PRODUCT_OLD } from './challenge.ts';
import { readListNotice } from './contact-list.ts';
import { decodeFileContext, encodeFileContext } from './file-context.ts';
import { encodeFrame, type FrameLimits, type MsnpFrame, takeFrame, takeFrames } from './frame.ts';
import { decodeImFormat } from './im-format.ts';
import { decodeInvitation, encodeFileInvitation, FILE_TRANSFER_GUID } from './invite.ts';
import { encodeDatacast, encodeP2pMessage, encodeText } from './message.ts';
import { decodeMime, mediaTypeOf, textOf } from './mime.ts';
import { decodeP2p, P2P_ACK, splitP2p } from './p2p.ts';
import { decodePercent } from './percent.ts';
import { decodeSlp, encodeFileInvite } from './slp.ts';

const SERVER: FrameLimits = { from: 'server', maxPayload: 65_536 };
const CLIENT: FrameLimits = { from: 'client', maxPayload: 65_536 };

const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));
const hex = (data: Uint8Array): string => Buffer.from(data).toString('hex');
const sha = (data: Uint8Array | string): string => createHash('sha256').update(data).digest('hex').slice(0, 16);

function frameOf(vector: keyof typeof VECTORS, limits = SERVER): MsnpFrame {
  const taken = takeFrame(bytes(VECTORS[vector]), limits);
  if (taken === undefined) throw new Error(`${vector} is not complete`);
  expect(taken.rest.length).toBe(0);
  return taken.frame;
}

const payloadOf = (vector: keyof typeof VECTORS, limits = SERVER): Uint8Array =>
  frameOf(vector, limits).payload ?? new Uint8Array();

const INVITE = encodeFileInvite({
  from: 'worm@example.com',
  to: 'decoy1@example.com',
  branch: '{CDE28DAF-B67C-4B2D-8186-D3F46EEF0916}',
  callId: '{F87327A8-741F-4FEF-AB63-45D06F51A0C2}',
  session: 180_646_677,
  context: encodeFileContext({ name: 'photo.pif', size: 45_056 }),
});

describe('MSNP vectors', () => {
  test.each([
    ['M1', 'VER', ['1', 'MSNP11', 'CVR0'], CLIENT],
    ['M2', 'ADC', ['0', 'RL', 'N=worm@example.com', 'F=Worm%20Name'], SERVER],
    [
      'M3',
      'RNG',
      [
        '3f1932f7f9e94f7138a9961f06b01cd',
        '127.0.0.1:1864',
        'CKI',
        '6578bbbd2c0b81370409',
        'worm@example.com',
        'Worm%20Name',
      ],
      SERVER,
    ],
  ] as const)('%s reads as its command and is written byte for byte', (name, command, args, limits) => {
    expect(frameOf(name, limits)).toMatchObject({ command, args });
    expect(hex(encodeFrame(command, args))).toBe(VECTORS[name]);
  });

  test('M2 is a contact request', () => {
    expect(readListNotice(frameOf('M2'))).toEqual({ address: 'worm@example.com', name: 'Worm Name', lists: 8 });
  });

  test('M4 is a text of 38 characters and 39 bytes', () => {
    const frame = frameOf('M4');
    expect(decodePercent(frame.args[1] ?? '')).toBe('Worm é');
    const message = decodeMime(frame.payload ?? new Uint8Array());
    expect(textOf(message)).toBe('lol café http://198.51.100.7/photo.pif');
    expect(decodeImFormat(message.headers.get('x-mms-im-format') ?? '')).toEqual({ font: 'Arial', colour: '000000' });
    const again = encodeText(textOf(message), 'FN=Arial; EF=; CO=0; CS=0; PF=22');
    expect(hex(encodeFrame('MSG', ['worm@example.com', 'Worm%20%C3%A9'], again))).toBe(VECTORS.M4);
  });

  test('M5 is a nudge', () => {
    expect(mediaTypeOf(decodeMime(payloadOf('M5')).headers)).toBe('text/x-msnmsgr-datacast');
    expect(hex(encodeFrame('MSG', ['worm@example.com', 'Worm'], encodeDatacast(1)))).toBe(VECTORS.M5);
  });

  test('M6 and M7 are a file offer in two chunks', () => {
    expect([INVITE.length, sha(INVITE)]).toEqual([1197, 'c1bcfaa91245e679']);
    const chunks = splitP2p(INVITE, { identifier: 0x0ac4_7447, ackId: 0x0ac5_6e77 });
    const [m6 = new Uint8Array(), m7 = new Uint8Array()] = chunks.map((chunk) =>
      encodeFrame('MSG', ['worm@example.com', 'Worm'], encodeP2pMessage('decoy1@example.com', chunk)),
    );
    expect([m6.length, sha(m6)]).toEqual([1275, '8788d1d6edb5f9c0']);
    expect(hex(m7)).toBe(VECTORS.M7);
    const first = decodeP2p(decodeMime(takeFrame(m6, SERVER)?.frame.payload ?? m6).body);
    expect(first).toMatchObject({ total: 1197n, offset: 0n, identifier: 0x0ac4_7447, ackId: 0x0ac5_6e77 });
    const last = decodeP2p(decodeMime(payloadOf('M7')).body);
    expect(Buffer.concat([first.chunk, last.chunk]).equals(INVITE)).toBe(true);
  });

  test('the file offer names its file', () => {
    const { method, headers, fields } = decodeSlp(INVITE);
    expect(method).toBe('INVITE');
    expect(headers.get('call-id')).toBe('{F87327A8-741F-4FEF-AB63-45D06F51A0C2}');
    expect([fields.get('euf-guid'), fields.get('sessionid')]).toEqual([FILE_TRANSFER_GUID, '180646677']);
    const context = fields.get('context') ?? '';
    expect(sha(Buffer.from(context, 'base64'))).toBe('064a52f35e835578');
    expect(decodeFileContext(context)).toMatchObject({
      name: 'photo.pif',
      size: 45_056n,
      type: 1,
      unterminated: false,
    });
  });

  test('M8 acknowledges', () => {
    const ack = decodeP2p(decodeMime(payloadOf('M8', CLIENT)).body);
    expect(ack).toMatchObject({ flags: P2P_ACK, ackId: 0x0ac4_7447, ackUniqueId: 0x0ac5_6e77, ackTotal: 1197n });
    expect(hex(encodeFrame('MSG', [2, 'D'], encodeP2pMessage('worm@example.com', ack)))).toBe(VECTORS.M8);
  });

  test('M9 is a file offer of the old style', () => {
    const payload = encodeFileInvitation({ cookie: 33_267, name: 'photo.pif', size: 45_056 });
    const frame = encodeFrame('MSG', ['worm@example.com', 'Worm'], payload);
    expect([payload.length, frame.length, sha(frame)]).toEqual([293, 324, '8d36a11a42c0d0aa']);
    expect(decodeInvitation(decodeMime(payload).body)).toMatchObject({
      command: 'INVITE',
      cookie: '33267',
      guid: FILE_TRANSFER_GUID,
      file: { name: 'photo.pif', size: 45_056 },
      connectivity: 'N',
    });
  });

  test('MD5 log-in and challenges', () => {
    expect(answerSalt('1013928519.693957190', 'Password1')).toBe('51e3a75e2f9fcb9ea2f7ee349c9caaa2');
    expect(answerChallenge('15570131571988941333', PRODUCT_OLD, 9)).toBe('ca90e6a7c94a14aae7b3ae0f6018433e');
    const challenge = '22210219642164014968';
    expect(answerChallenge(challenge, PRODUCT_11, 11)).toBe('85ecb0db8f32113df79ce0892b9a102c');
    const others = [
      [{ id: 'PROD0119GSJUC$18', key: 'ILTXC!4IXB5FB*PX' }, 'a400af809ac86fbdf6deec7286fc06b8'],
      [{ id: 'PROD0120PW!CCV9@', key: 'C1BX{V4W}Q3*10SM' }, '6e92a312bf6b70ee58e75a1e3315695c'],
    ] as const;
    for (const [product, answer] of others) expect(answerChallenge(challenge, product, 15)).toBe(answer);
  });
});

describe('MSNP framing', () => {
  test.each(Object.entries(VECTORS))('%s cut short anywhere is not yet a frame', (name, vector) => {
    const limits = name === 'M1' || name === 'M8' ? CLIENT : SERVER;
    const whole = bytes(vector);
    for (let cut = 0; cut < whole.length; cut += 1) expect(takeFrame(whole.subarray(0, cut), limits)).toBeUndefined();
  });

  test('a byte at a time gives the same frames as all at once', () => {
    const { M1: _, M8: __, ...fromServer } = VECTORS;
    const stream = bytes(
      `${Object.values(fromServer).join('')}${hex(Buffer.from('ADL 6 OK\r\nGCF 0 3\r\nabcUBX a@b 0\r\nUUX 5 0\r\n'))}`,
    );
    const together = takeFrames(new Uint8Array(), stream, SERVER);
    const single: MsnpFrame[] = [];
    let open: Uint8Array = new Uint8Array();
    for (const byte of stream) {
      const taken = takeFrames(open, Uint8Array.of(byte), SERVER);
      single.push(...taken.frames);
      open = taken.rest;
    }
    const plain = (frames: readonly MsnpFrame[]): unknown =>
      frames.map(({ command, args, payload }) => [command, args, payload === undefined ? undefined : hex(payload)]);
    expect(plain(single)).toEqual(plain(together.frames));
    expect(single.map(({ command }) => command)).toEqual([
      'ADC',
      'RNG',
      'MSG',
      'MSG',
      'MSG',
      'ADL',
      'GCF',
      'UBX',
      'UUX',
    ]);
    expect(single.map(({ payload }) => payload?.length)).toEqual([
      undefined,
      undefined,
      152,
      69,
      240,
      undefined,
      3,
      0,
      undefined,
    ]);
  });

  test.each([
    ['a line that never ends', 'x'.repeat(8300), 'WIRE_TOO_LARGE'],
    ['a payload over the maximum', 'MSG a b 65537\r\n', 'WIRE_TOO_LARGE'],
    ['a length that is none', 'MSG a b 1e3\r\n', 'WIRE_MALFORMED'],
    ['a length with a sign', 'MSG a b -1\r\n', 'WIRE_MALFORMED'],
    ['a length of eight digits', 'NOT 12345678\r\n', 'WIRE_MALFORMED'],
    ['no command', ':::: @@@\r\n', 'WIRE_MALFORMED'],
    ['arguments without end', `NLN ${'a '.repeat(600)}\r\n`, 'WIRE_TOO_LARGE'],
  ])('%s is refused', (_, text, code) => {
    const { frames, broken } = takeFrames(new Uint8Array(), Buffer.from(`QNG 60\r\n${text}`), SERVER);
    expect(frames.map(({ command }) => command)).toEqual(['QNG']);
    expect(broken?.code).toBe(code);
  });

  test('an argument cannot end its line', () => {
    expect(() => encodeFrame('PRP', [1, 'MFN', 'a\r\nOUT'])).toThrow(/line end/);
    expect(() => encodeFrame('CAL', [1, 'a b'])).toThrow(/blank/);
  });
});
