import { describe, expect, test } from 'vitest';
import type { CaptureId } from '../../core/capture.ts';
import type { Act, Level } from '../../core/link.ts';
import { encodeFrame } from '../../networks/msnp/wire/frame.ts';
import { encodeDatacast, encodeText } from '../../networks/msnp/wire/message.ts';
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
