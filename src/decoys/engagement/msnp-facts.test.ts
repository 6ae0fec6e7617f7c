import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CaptureId } from '../../core/capture.ts';
import type { Act, Level } from '../../core/link.ts';
import { encodeFileContext } from '../../networks/msnp/wire/file-context.ts';
import { encodeFrame } from '../../networks/msnp/wire/frame.ts';
import { encodeAcceptance, encodeFileInvitation, encodeListening } from '../../networks/msnp/wire/invite.ts';
import { encodeDatacast, encodeP2pMessage, encodeText } from '../../networks/msnp/wire/message.ts';
import { acknowledgeP2p, type P2pChunk, splitP2p } from '../../networks/msnp/wire/p2p.ts';
import { encodeFileInvite } from '../../networks/msnp/wire/slp.ts';
import { encodeSlpBye, encodeSlpOk, encodeTransportAnswer } from '../../networks/msnp/wire/slp-answers.ts';
import { Contacts } from './contacts.ts';
import { createGate } from './gate.ts';
import { msnpFacts } from './msnp-facts.ts';

const CAUSE = '00000000-0000-8000-8000-000000000001' as CaptureId;

function ruleOf(frame: Uint8Array, act: Act, peer?: string, level: Level = 'observe'): string {
  const contacts = new Contacts();
  contacts.remember({
    ...{ v: 1, id: CAUSE, at: '2026-01-01T00:00:00Z', network: 'msnp', sensor: 's', decoy: 'd', simulated: true },
    ...{ kind: 'connection', peer: { id: 'worm@x.test' }, meta: {} },
  });
  const gate = createGate({
    role: 'decoy',
    network: 'msnp',
    address: 'dora@im.test',
    level: () => level,
    contacts,
    isDecoy: () => false,
    said: { saidToday: () => false, remember: () => undefined },
    now: () => new Date(),
  });
  const to = peer === undefined ? {} : { peer, cause: CAUSE };
  return gate.rule(frame, { act, ...to }).rule;
}

const line = (command: string, ...args: string[]): Uint8Array => encodeFrame(command, args);
const ANS = line('ANS', '1', 'dora@im.test', 'cookie', 'session');
const soap = (action: string): Uint8Array =>
  Buffer.from(`POST /rsi HTTP/1.1\r\nHost: x\r\nSOAPAction: "http://x.test/${action}"\r\n\r\n`);

describe('the gate on MSN', () => {
  test('lets a decoy sign on, stay, and enter what it was rung to', () => {
    expect(ruleOf(line('CHG', '6', 'NLN', '0'), 'presence')).toBe('observe.own-server');
    expect(ruleOf(line('BLP', '6', 'AL'), 'presence')).toBe('observe.own-server');
    expect(ruleOf(Buffer.from('GET /login HTTP/1.1\r\nHost: x\r\n\r\n'), 'sign-on')).toBe('observe.own-server');
    expect(ruleOf(soap('DeleteMessages'), 'acknowledge')).toBe('observe.own-server');
    expect(ruleOf(ANS, 'delivery-handshake', 'worm@x.test')).toBe('observe.delivery-handshake');
  });

  test.each([
    ['ANS under another name', ANS, 'sign-on', undefined],
    ['ANS to who did not ring', ANS, 'delivery-handshake', 'other@x.test'],
    ['a message as a handshake', encodeFrame('MSG', [2, 'A'], encodeText('hi')), 'delivery-handshake', 'worm@x.test'],
    ['a nudge as a handshake', encodeFrame('MSG', [2, 'A'], encodeDatacast(1)), 'delivery-handshake', 'worm@x.test'],
    ['a message as keep-alive', encodeFrame('MSG', [2, 'U'], encodeText('hi')), 'keep-alive', undefined],
    ['a call', line('CAL', '2', 'worm@x.test'), 'sign-on', undefined],
    ['a switchboard of its own', line('XFR', '9', 'SB'), 'sign-on', undefined],
    ['a contact', line('ADC', '8', 'AL', 'N=worm@x.test'), 'presence', undefined],
    ['asking back', line('ADC', '8', 'FL', 'N=worm@x.test', 'F=w'), 'accept-contact', 'worm@x.test'],
    [
      'asking back in the old way',
      line('ADD', '8', 'FL', 'worm@x.test', 'worm@x.test'),
      'accept-contact',
      'worm@x.test',
    ],
    ['a name of its own choice', line('ADD', '8', 'AL', 'worm@x.test', 'hello'), 'accept-contact', 'worm@x.test'],
    ['a block', line('ADC', '8', 'BL', 'N=worm@x.test'), 'accept-contact', 'worm@x.test'],
    ['letting in another', line('ADC', '8', 'AL', 'N=other@x.test'), 'accept-contact', 'worm@x.test'],
    ['a removal from the reverse list', line('REM', '8', 'RL', 'worm@x.test'), 'accept-contact', 'worm@x.test'],
    ['a removal', line('REM', '8', 'RL', 'worm@x.test'), 'presence', undefined],
    ['a block of all', line('BLP', '6', 'BL'), 'presence', undefined],
    ['a name', line('PRP', '7', 'MFN', 'Dora'), 'presence', undefined],
    ['two commands in one', Buffer.from('PNG\r\nPNG\r\n'), 'keep-alive', undefined],
    ['half a command', Buffer.from('PNG'), 'keep-alive', undefined],
    ['an offline message', soap('Store'), 'acknowledge', undefined],
  ] as const)('keeps back %s', (_, frame, act, peer) => {
    for (const level of ['observe', 'accept', 'respond-scripted'] as const) {
      expect(ruleOf(frame, act, peer, level)).toMatch(/^(?:default-deny|frame-check|never\.first)$/);
    }
  });

  test('a message is taken for its words', () => {
    expect(msnpFacts(encodeFrame('MSG', [2, 'A'], encodeText('hi ü')))).toMatchObject({ facts: { words: ['hi ü'] } });
    expect(msnpFacts(Buffer.from('\u0000\u0001\r\n'))).toMatchObject({ problem: expect.any(String) as string });
  });
});

describe('the gate on files over MSN', () => {
  const CALL = { from: 'dora@im.test', to: 'worm@x.test', branch: '{B}', callId: '{C}' };
  const p2p = (message: Uint8Array, more: Partial<P2pChunk> = {}, to = 'worm@x.test'): Uint8Array => {
    const [chunk] = splitP2p(message, { identifier: 4, ackId: 5 }, 2000);
    if (chunk === undefined) throw new Error('no chunk');
    return encodeFrame('MSG', [2, 'D'], encodeP2pMessage(to, { ...chunk, ...more }));
  };
  const [offer] = splitP2p(Buffer.from('x'), { identifier: 9, ackId: 8 });
  if (offer === undefined) throw new Error('no chunk');
  const ack = encodeFrame('MSG', [2, 'D'], encodeP2pMessage('worm@x.test', acknowledgeP2p(offer, 3)));
  const ok = encodeSlpOk(CALL, 7);
  const accept = encodeFrame('MSG', [2, 'N'], encodeAcceptance('33267'));
  const fetching = (text: string): Uint8Array => Buffer.from(`${text}\r\n`);

  test.each([
    ['the acknowledgement of an offer', ack, 'accept-file'],
    ['the acknowledgement of data', ack, 'transfer'],
    ['200 OK', p2p(ok), 'accept-file'],
    ['the refusal of a direct connection', p2p(encodeTransportAnswer(CALL)), 'transfer'],
    ['BYE', p2p(encodeSlpBye(CALL)), 'transfer'],
    ['ACCEPT', accept, 'accept-file'],
    ['MSNFTP: VER', fetching('VER MSNFTP'), 'transfer'],
    ['MSNFTP: USR', fetching('USR dora@im.test 93301'), 'transfer'],
    ['MSNFTP: TFR', fetching('TFR'), 'transfer'],
    ['MSNFTP: BYE', fetching('BYE 16777989'), 'transfer'],
    ['MSNFTP: CCL', fetching('CCL'), 'transfer'],
    ['a contact let in', line('ADC', '8', 'AL', 'N=worm@x.test'), 'accept-contact'],
    ['a contact let in, old', line('ADD', '8', 'AL', 'worm@x.test', 'worm@x.test'), 'accept-contact'],
    ['a contact settled', line('ADC', '8', 'RL', 'N=worm@x.test'), 'accept-contact'],
    ['a contact no longer pending', line('REM', '8', 'PL', 'worm@x.test'), 'accept-contact'],
  ] as const)('lets %s go at accept and never at observe', (_, frame, act) => {
    expect(ruleOf(frame, act, 'worm@x.test', 'observe')).toBe('default-deny');
    expect(ruleOf(frame, act, 'worm@x.test', 'accept')).toBe(
      act === 'accept-contact' ? 'accept.contact' : 'accept.file',
    );
    expect(ruleOf(frame, act, 'other@x.test', 'accept')).toMatch(/^(?:frame-check|never\.first)$/);
    for (const other of ['sign-on', 'keep-alive', 'delivery-handshake'] as const) {
      expect(ruleOf(frame, other, 'worm@x.test', 'accept')).toBe('frame-check');
    }
  });

  const words = Buffer.from(Buffer.from(ok).toString().replace('Max-Forwards: 0', 'Max-Forwards: hello, who are you?'));
  const listening = Buffer.from(Buffer.from(encodeTransportAnswer(CALL)).toString().replace('false', 'true!'));
  const addressed = Buffer.from(Buffer.from(encodeTransportAnswer(CALL)).toString().replace('0.0.0.0', '10.1.2.3'));
  const invite = encodeFileInvite({ ...CALL, session: 7, context: encodeFileContext({ name: 'a', size: 1 }) });
  test.each([
    ['an offer of its own', p2p(invite)],
    ['words in a 200 OK', p2p(words)],
    ['words behind a 200 OK', p2p(Buffer.concat([ok, Buffer.from('hello')]))],
    ['a direct connection', p2p(listening)],
    ['an address', p2p(addressed)],
    ['data', p2p(ok, { session: 7 })],
    ['half a message', p2p(ok, { total: 9999n })],
    ['an acknowledgement with words', p2p(Buffer.from('hello'), { flags: 2 })],
    ['a footer', p2p(ok, { footer: 2 })],
    ['P2P to another', p2p(encodeSlpOk({ ...CALL, to: 'other@x.test' }, 7), {}, 'other@x.test')],
    ['an invitation', encodeFrame('MSG', [2, 'N'], encodeFileInvitation({ cookie: 1, name: 'a', size: 1 }))],
    [
      'a port of its own',
      encodeFrame('MSG', [2, 'N'], encodeListening({ cookie: '1', host: '10.0.0.1', port: 1, authCookie: '1' })),
    ],
    ['words behind ACCEPT', encodeFrame('MSG', [2, 'N'], Buffer.concat([encodeAcceptance('1'), Buffer.from('hi')]))],
    ['a size of its own', fetching('FIL 5')],
    ['two lines at once', fetching('VER MSNFTP\r\nTFR')],
    ['words as MSNFTP', fetching('USR hello you')],
  ] as const)('keeps back %s', (_, frame) => {
    for (const act of ['accept-file', 'transfer'] as const) {
      expect(ruleOf(frame, act, 'worm@x.test', 'respond-scripted')).toBe('frame-check');
    }
  });

  test('reads any bytes as P2P and MSNFTP', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => {
        for (const frame of [
          bytes,
          encodeFrame('MSG', [2, 'D'], encodeP2pMessage('w@x.test', { ...offer, chunk: bytes })),
        ]) {
          expect(Object.keys(msnpFacts(frame))).toHaveLength(1);
        }
      }),
    );
  });
});
