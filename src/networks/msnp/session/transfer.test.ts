import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CaptureId } from '../../../core/capture.ts';
import { MAX_FILE_BYTES } from '../../../core/file-inbox.ts';
import { encodeFileContext } from '../wire/file-context.ts';
import { encodeFtpBlock, encodeFtpLine } from '../wire/ftp.ts';
import { decodeMime } from '../wire/mime.ts';
import { decodeP2p, P2P_FILE_DATA, type P2pChunk, splitP2p } from '../wire/p2p.ts';
import { decodeSlp, encodeFileInvite } from '../wire/slp.ts';
import { encodeSlpBye } from '../wire/slp-answers.ts';
import { FileDesk } from './file-desk.ts';
import { FTP_TOKEN } from './ftp-invitation.ts';
import { type FtpEffect, FtpSession } from './msnftp.ts';
import { P2P_TOKEN } from './p2p-reception.ts';
import { Reception } from './reception.ts';
import type { ReceptionEffects } from './reception-types.ts';

const NOW = new Date('2026-01-01T00:00:00Z');
const later = (ms: number): Date => new Date(NOW.getTime() + ms);
const PEER = { id: 'worm@example.com' };
const CAUSE = 'c1' as CaptureId;
const CALL = { from: PEER.id, to: 'dora@im.test', branch: '{B}', callId: '{C}' };
const CONTENT = Buffer.from(`MZ${'x'.repeat(3000)}`);

/** What is said, as an SLP method or the identifier that is acknowledged; what is emitted, with its content. */
function told(effects: ReceptionEffects): readonly unknown[] {
  return effects.map((effect) => {
    if (effect.type === 'emit') return [effect.draft.kind, effect.draft.meta?.refused ?? effect.raw.length];
    if (effect.type !== 'say') return effect.type;
    const { body, headers } = decodeMime(effect.payload);
    if (headers.get('p2p-dest') === undefined) return [effect.intent.act, 'invitation'];
    const { chunk, ackId } = decodeP2p(body);
    return [effect.intent.act, chunk.length === 0 ? ackId : decodeSlp(chunk).method];
  });
}

function p2p(desk = new FileDesk(), size = CONTENT.length) {
  const reception = new Reception({ own: 'dora@im.test', desk, fetches: true });
  const context = encodeFileContext({ name: 'a.exe', size });
  const [invite] = splitP2p(encodeFileInvite({ ...CALL, session: 7, context }), { identifier: 40, ackId: 1 }, 2000);
  if (invite === undefined) throw new Error('no chunk');
  const hearing = { peer: PEER, cause: CAUSE, offered: { name: 'a.exe', size } };
  const hear = (chunk: P2pChunk, now = NOW): ReceptionEffects =>
    chunk.session === 0
      ? reception.hear({ type: 'slp', slp: decodeSlp(chunk.chunk), last: chunk }, hearing, now)
      : reception.hear({ type: 'data', chunk }, hearing, now);
  return { reception, hear, invite, hearing };
}

const dataOf = (content: Uint8Array): P2pChunk[] =>
  splitP2p(content, { identifier: 50, ackId: 2 }, 1100, { session: 7, flags: P2P_FILE_DATA, footer: 2 });
const [BYE] = splitP2p(encodeSlpBye(CALL), { identifier: 60, ackId: 3 });

describe('receiving over P2P', () => {
  test('answers the offer when the gate agrees, acknowledges the whole, and then keeps it', () => {
    const { reception, hear, invite } = p2p();
    expect(told(hear(invite))).toEqual([['accept-file', 40]]);
    expect(told(hear(dataOf(CONTENT)[0] ?? invite))).toEqual([]); // nobody agreed yet
    expect(told(reception.allowed(P2P_TOKEN))).toEqual([['accept-file', '200'], 'set-timer']);
    const answers = dataOf(CONTENT).map((chunk) => told(hear(chunk)));
    expect(answers).toEqual([[], [], [['transfer', 50]]]);
    expect(told(reception.allowed(P2P_TOKEN))).toEqual([['file', CONTENT.length]]);
    if (BYE !== undefined) expect(told(hear(BYE))).toEqual([['transfer', 60]]);
    expect(told(reception.allowed(P2P_TOKEN))).toEqual([]);
    expect(told(reception.closed())).toEqual([]);
  });

  test.each([
    ['a gap', (chunks: P2pChunk[]) => chunks.slice(0, 1).concat(chunks.slice(2))],
    ['an overlap', (chunks: P2pChunk[]) => chunks.slice(0, 1).concat(chunks)],
    ['another message in between', (chunks: P2pChunk[]) => chunks.map((one, at) => ({ ...one, identifier: 50 + at }))],
  ])('ends a transfer with %s by BYE, and tells how far it came', (_, spoil) => {
    const { reception, hear, invite } = p2p();
    hear(invite);
    reception.allowed(P2P_TOKEN);
    const answers = spoil(dataOf(CONTENT)).flatMap((chunk) => told(hear(chunk)));
    expect(answers).toEqual([['transfer', 'BYE']]);
    const [file] = reception.allowed(P2P_TOKEN);
    expect(file).toMatchObject({ type: 'emit', draft: { kind: 'file', meta: { truncated: true } } });
  });

  test('is for the one who offered, in the session that was offered', () => {
    const { reception, hear, invite } = p2p();
    hear(invite);
    reception.allowed(P2P_TOKEN);
    const [first] = dataOf(CONTENT);
    if (first === undefined) throw new Error('no chunk');
    const other = { peer: { id: 'other@example.com' } };
    expect(reception.hear({ type: 'data', chunk: first }, other, NOW)).toEqual([]);
    expect(told(hear({ ...first, session: 8 }))).toEqual([]);
    expect(told(reception.closed())).toEqual([]);
  });

  test('ends what drips too slowly, by the clock and at the next byte', () => {
    for (const by of ['timer', 'data'] as const) {
      const { reception, hear, invite } = p2p();
      hear(invite);
      reception.allowed(P2P_TOKEN);
      const [first, second] = dataOf(CONTENT);
      if (first === undefined || second === undefined) throw new Error('no chunks');
      hear(first);
      expect(told(reception.timer(later(60_000)))).toEqual([]);
      const effects = by === 'timer' ? reception.timer(later(301_000)) : hear(second, later(301_000));
      expect(told(effects)).toEqual([['transfer', 'BYE']]);
      expect(told(reception.allowed(P2P_TOKEN))).toEqual([['file', 1100]]);
    }
  });

  test('one file at a time, over all conversations; a refusal of the gate frees the place', () => {
    const desk = new FileDesk();
    const [one, two] = [p2p(desk), p2p(desk)];
    one.hear(one.invite);
    expect(told(two.hear(two.invite))).toEqual([]);
    one.reception.denied(P2P_TOKEN);
    expect(told(one.reception.allowed(P2P_TOKEN))).toEqual([]);
    expect(told(two.hear(two.invite))).toEqual([['accept-file', 40]]);
    two.reception.closed();
    expect(told(one.hear(one.invite))).toEqual([['accept-file', 40]]);
  });

  test('takes nothing up without a capture, over the cap, or with ids that no client writes', () => {
    const { reception, invite, hearing } = p2p();
    const slp = decodeSlp(invite.chunk);
    const hear = (more: object, of = slp): ReceptionEffects =>
      reception.hear({ type: 'slp', slp: of, last: invite }, { ...hearing, ...more }, NOW);
    expect(hear({ cause: undefined })).toEqual([]);
    expect(hear({ offered: undefined })).toEqual([]);
    expect(hear({ offered: { name: 'a.exe', size: MAX_FILE_BYTES + 1 } })).toEqual([]);
    expect(hear({ peer: { id: 'a\r\nb@c.d' } })).toEqual([]);
    expect(hear({}, { ...slp, headers: new Map([...slp.headers, ['call-id', 'hello there']]) })).toEqual([]);
  });
});

describe('taking up an offer of the old style', () => {
  const offered = { name: 'a.exe', size: 9 };
  const listening = { type: 'listening', cookie: '5', host: '198.51.100.7', port: 6891, authCookie: '1' } as const;

  test('asks where to fetch it, and fetches it there', () => {
    const { reception } = p2p();
    const hearing = { peer: PEER, cause: CAUSE, offered };
    expect(told(reception.hear({ type: 'invitation', cookie: '5' }, hearing, NOW))).toEqual([
      ['accept-file', 'invitation'],
    ]);
    expect(told(reception.allowed(FTP_TOKEN))).toEqual(['set-timer']);
    for (const wrong of [{ ...listening, cookie: '6' }, listening]) {
      const peer = wrong.cookie === '6' ? PEER : { id: 'other@example.com' };
      expect(reception.hear(wrong, { peer, cause: CAUSE }, NOW)).toEqual([]);
    }
    expect(reception.hear(listening, { peer: PEER, cause: 'c2' as CaptureId }, NOW)).toEqual([
      {
        type: 'fetch',
        at: { host: '198.51.100.7', port: 6891, authCookie: '1' },
        peer: PEER,
        file: offered,
        intent: { act: 'transfer', peer: PEER.id, cause: 'c2' },
      },
    ]);
    expect(reception.hear(listening, { peer: PEER, cause: CAUSE }, NOW)).toEqual([]); // once
  });

  test('never at a service of the system, nor after a minute, a change of mind or a refusal', () => {
    const end: readonly ((reception: Reception) => unknown)[] = [
      (reception) => reception.timer(later(61_000)),
      (reception) => reception.hear({ type: 'cancelled', cookie: '5' }, { peer: PEER }, NOW),
      (reception) => reception.denied(FTP_TOKEN),
    ];
    for (const over of end) {
      const { reception } = p2p();
      const hearing = { peer: PEER, cause: CAUSE, offered };
      reception.hear({ type: 'invitation', cookie: '5' }, hearing, NOW);
      over(reception);
      expect(reception.hear(listening, hearing, NOW)).toEqual([]);
      expect(told(reception.hear({ type: 'invitation', cookie: '6' }, hearing, NOW))).toHaveLength(1);
      expect(reception.hear({ ...listening, cookie: '6', port: 25 }, hearing, NOW)).toEqual([]);
    }
  });
});

describe('fetching by MSNFTP', () => {
  const request = { own: 'dora@im.test', authCookie: '93', file: { name: 'a.exe', size: 9 } };
  const shown = (effects: readonly FtpEffect[]): readonly unknown[] =>
    effects
      .filter(({ type }) => type !== 'set-timer')
      .map((effect) => {
        if (effect.type === 'send') return Buffer.from(effect.frame).toString().trimEnd();
        return effect.type === 'received' ? [effect.received.content.length, effect.received.meta] : effect.type;
      });
  const SENDER = Buffer.concat([
    encodeFtpLine('VER', ['MSNFTP']),
    encodeFtpLine('FIL', [CONTENT.length]),
    encodeFtpBlock({ end: false, data: CONTENT.subarray(0, 2045) }),
    encodeFtpBlock({ end: false, data: CONTENT.subarray(2045) }),
  ]);

  test('says each line in its turn, a byte at a time', () => {
    const session = new FtpSession(request);
    const effects = [...session.step({ type: 'connected' }, NOW)];
    for (const byte of SENDER) effects.push(...session.step({ type: 'bytes', bytes: Uint8Array.of(byte) }, NOW));
    expect(shown(effects)).toEqual([
      'VER MSNFTP',
      'USR dora@im.test 93',
      'TFR',
      'BYE 16777989',
      [CONTENT.length, {}],
      'close',
    ]);
    expect(session.step({ type: 'bytes', bytes: SENDER }, NOW)).toEqual([]);
  });

  test.each([
    ['a size over the cap', 'VER MSNFTP\r\nFIL 9999999\r\n', [[0, { refused: 'size' }], 'CCL', 'close']],
    ['no size', 'VER MSNFTP\r\nFIL x\r\n', [[0, { refused: 'size' }], 'CCL', 'close']],
    ['another protocol', 'VER MSNP8\r\n', ['CCL', 'close']],
    ['a file before its turn', 'FIL 9\r\n', ['CCL', 'close']],
    ['noise', 'SSH-2.0-OpenSSH\r\n', ['malformed', 'CCL', 'close']],
    ['a picture', 'VER MSNFTP\r\nFIL 6\r\n\0\x06\0GIF89a', [[0, { refused: 'media' }], 'close']],
    ['a change of mind', 'VER MSNFTP\r\nFIL 6\r\n\0\x02\0MZ\x01\0\0', [[2, { truncated: true }], 'close']],
  ])('ends at %s', (_, bytes, end) => {
    const session = new FtpSession(request);
    session.step({ type: 'connected' }, NOW);
    const effects = shown(session.step({ type: 'bytes', bytes: Buffer.from(bytes, 'latin1') }, NOW));
    expect(effects.slice(-end.length)).toEqual(end);
    expect(session.step({ type: 'closed' }, NOW)).toEqual([]);
  });

  test('whatever comes, the answers are a receiver\u2019s words alone, and the end comes', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 80 }),
      fc
        .constantFrom('VER MSNFTP\r\n', 'FIL 5\r\n', '\0\x02\0MZ', '\x01\0\0', 'BYE 1\r\n')
        .map((one) => Buffer.from(one, 'latin1')),
    );
    fc.assert(
      fc.property(fc.array(bytes, { maxLength: 12 }), (all) => {
        const session = new FtpSession(request);
        const effects = [...session.step({ type: 'connected' }, NOW)];
        for (const one of all) effects.push(...session.step({ type: 'bytes', bytes: one }, NOW));
        effects.push(
          ...session.step({ type: 'timer', timer: 'transfer' }, NOW),
          ...session.step({ type: 'closed' }, NOW),
        );
        for (const effect of effects) {
          if (effect.type !== 'send') continue;
          expect(Buffer.from(effect.frame).toString()).toMatch(
            /^(?:VER MSNFTP|USR dora@im\.test 93|TFR|CCL|BYE 16777989)\r\n$/,
          );
        }
        expect(effects.filter(({ type }) => type === 'close')).toHaveLength(1);
      }),
    );
  });
});
