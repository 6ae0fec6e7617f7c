// Wireshark's MSN dissector reads what we write. It splits lines and knows no lengths, so it vouches for the framing of
// commands; payloads without line ends inside are checked against their declared length by the recorded vectors.
import { describe, expect, test } from 'vitest';
import { startNotification, stepNotification } from '../../src/networks/msnp/session/notification.ts';
import { startSwitchboard, stepSwitchboard } from '../../src/networks/msnp/session/switchboard.ts';
import type { MsnpEffect, MsnpInput } from '../../src/networks/msnp/session/types.ts';
import { VECTORS } from '../../src/networks/msnp/testing/vectors.ts';
import { encodeFileContext } from '../../src/networks/msnp/wire/file-context.ts';
import { encodeFrame, takeFrames } from '../../src/networks/msnp/wire/frame.ts';
import { encodeAcceptance, encodeFileInvitation, encodeListening } from '../../src/networks/msnp/wire/invite.ts';
import { encodeDatacast, encodeP2pMessage, encodeText, encodeTyping } from '../../src/networks/msnp/wire/message.ts';
import { acknowledgeP2p, splitP2p } from '../../src/networks/msnp/wire/p2p.ts';
import { encodeFileInvite } from '../../src/networks/msnp/wire/slp.ts';
import { encodeSlpBye, encodeSlpOk, encodeTransportAnswer } from '../../src/networks/msnp/wire/slp-answers.ts';
import { pcapOf, type Segment, tshark } from '../support/pcap.ts';
import { needs } from './peers.ts';

const PORT = 1863;
const DORA = 'dora@im.example';

/** The lines of each segment, as the dissector shows them. */
function dissect(segments: readonly Segment[]): readonly string[] {
  const pcap = pcapOf(PORT, segments);
  expect(tshark(pcap, '-V')).not.toMatch(/malformed/i);
  const protocols = tshark(pcap, '-T', 'fields', '-e', 'frame.protocols').trim().split('\n');
  expect(protocols).toEqual(segments.map(() => 'raw:ip:tcp:msnms'));
  return tshark(pcap, '-O', 'msnms')
    .split(/^Frame \d+:/m)
    .slice(1)
    .map((shown) => shown.slice(shown.indexOf('MSN Messenger Service')));
}

/** Everything that the two machines say, with the server lines that draw it out. */
function conversation(): readonly Segment[] {
  const segments: Segment[] = [];
  const now = new Date('2026-01-01T00:00:00Z');
  const take = (effects: readonly MsnpEffect[]): void => {
    for (const effect of effects) if (effect.type === 'send') segments.push({ from: 'client', bytes: effect.frame });
  };
  const hear = (feed: (input: MsnpInput) => void, ...lines: readonly string[]): void => {
    for (const line of lines) {
      const bytes = Buffer.from(`${line}\r\n`);
      segments.push({ from: 'server', bytes });
      const { frames } = takeFrames(new Uint8Array(), bytes, { from: 'server', maxPayload: 9999 });
      for (const frame of frames) feed({ type: 'frame', frame });
    }
  };
  let state = startNotification({ address: DORA, password: 'x', dialect: 11, clientId: 0 });
  const feed = (input: MsnpInput): void => {
    const [next, effects] = stepNotification(state, input, now);
    state = next;
    take(effects);
  };
  feed({ type: 'connected' });
  hear(feed, 'VER 1 MSNP11', 'CVR 2 7.0 7.0 7.0 x y', 'USR 3 TWN S ct=1');
  feed({ type: 'ticket', ticket: 't=a&p=' });
  hear(feed, `USR 4 OK ${DORA} 1 0`, 'SYN 5 a b 0 0', 'BLP BL', 'CHG 6 NLN 0', 'CHL 0 22210219642164014968');
  const admit = {
    type: 'accept-contact',
    address: 'eve@x.example',
    intent: { act: 'accept-contact', peer: 'eve@x.example' },
  } as const;
  for (const step of ['allow', 'settle', 'unpend'] as const) feed({ ...admit, step });
  feed({ type: 'open-switchboard', intent: { act: 'notify', peer: 'bob@im.example' } });
  const ring = { session: 's', host: 'x', port: 1, cookie: 'c', inviter: 'eve@x.example', name: '' };
  let board = startSwitchboard(DORA, { type: 'answer', ring, intent: { act: 'delivery-handshake' } });
  const feedBoard = (input: MsnpInput): void => {
    const [next, effects] = stepSwitchboard(board, input, now);
    board = next;
    take(effects);
  };
  feedBoard({ type: 'connected' });
  hear(feedBoard, 'IRO 1 1 1 eve@x.example Eve', 'ANS 1 OK');
  feedBoard({ type: 'say', payload: encodeText('hi'), wanted: 'A', intent: { act: 'notify', peer: 'eve@x.example' } });
  hear(feedBoard, 'ACK 2', 'BYE eve@x.example');
  return segments;
}

const context = encodeFileContext({ name: 'photo.pif', size: 45_056 });
const offer = encodeFileInvite({ from: 'eve@x.example', to: DORA, branch: '{B}', callId: '{C}', session: 7, context });
const call = { from: DORA, to: 'eve@x.example', branch: '{B}', callId: '{C}' };
const PAYLOADS: readonly Uint8Array[] = [
  encodeText('lol café', 'FN=Arial; EF=; CO=0; CS=0; PF=22'),
  encodeTyping('eve@x.example'),
  encodeDatacast(1),
  encodeDatacast(2, '<msnobj Creator="eve@x.example"/>'),
  encodeFileInvitation({ cookie: 1, name: 'photo.pif', size: 45_056 }),
  ...splitP2p(offer, { identifier: 1, ackId: 2 }).map((chunk) => encodeP2pMessage(DORA, chunk)),
  // What a decoy says to receive a file.
  encodeAcceptance('1'),
  encodeListening({ cookie: '1', host: '198.51.100.7', port: 6891, authCookie: '93301' }),
  ...[encodeSlpOk(call, 7), encodeTransportAnswer(call), encodeSlpBye(call)]
    .flatMap((message) => splitP2p(message, { identifier: 3, ackId: 4 }))
    .flatMap((chunk) => [chunk, acknowledgeP2p(chunk, 5)])
    .map((chunk) => encodeP2pMessage('eve@x.example', chunk)),
];

describe.skipIf(needs('tshark'))('Wireshark reads', () => {
  test('every command that a session sends, as its line', () => {
    const segments = conversation();
    const shown = dissect(segments);
    const commands = segments.filter(({ from }) => from === 'client').map(({ bytes }) => Buffer.from(bytes).toString());
    expect(new Set(commands.map((text) => text.slice(0, 3)))).toEqual(
      new Set(['VER', 'CVR', 'USR', 'SYN', 'BLP', 'CHG', 'QRY', 'ADC', 'REM', 'XFR', 'ANS', 'MSG', 'OUT']),
    );
    for (const [at, { bytes }] of segments.entries()) {
      const [line = ''] = Buffer.from(bytes).toString().split('\r\n');
      expect(shown[at]).toContain(line);
    }
  });

  test('every payload that we write, header by header, and every recorded vector', () => {
    const messages = PAYLOADS.map((payload) => encodeFrame('MSG', ['eve@x.example', 'Eve'], payload));
    const vectors = Object.values(VECTORS).map((hex) => new Uint8Array(Buffer.from(hex, 'hex')));
    const all = [...messages, ...vectors];
    const shown = dissect(all.map((bytes) => ({ from: 'server', bytes })));
    for (const [at, bytes] of all.entries()) {
      const head = Buffer.from(bytes).toString('latin1').split('\r\n\r\n')[0] ?? '';
      const lines = head.split('\r\n').filter((line) => /^[ -~]+$/.test(line));
      for (const line of lines) expect(shown[at]).toContain(line);
    }
  });
});
