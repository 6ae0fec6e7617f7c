import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Capture, CaptureId } from '../../core/capture.ts';
import { ACTS, type Act, type Intent, LEVELS, type Level } from '../../core/link.ts';
import { NETWORKS, type Network } from '../../core/network.ts';
import { Contacts } from './contacts.ts';
import { createGate, type EngagementGate } from './gate.ts';
import { lintPhrase, PHRASES } from './phrases.ts';
import { RULES } from './rules.ts';
import type { SaidBook } from './said.ts';

const PEER = 'bot7@spam.example';
const DAY = 24 * 60 * 60_000;
const bytes = (text: string): Uint8Array => Buffer.from(text);
const id = (text: string): CaptureId => text as CaptureId;

function capture(of: Omit<Partial<Capture>, 'id' | 'peer'> & { id: string; peer?: string }): Capture {
  return {
    v: 1,
    at: '2026-01-01T00:00:00.000Z',
    network: 'xmpp',
    sensor: 's',
    decoy: 'dora@decoys.example',
    meta: {},
    simulated: false,
    kind: 'message',
    ...of,
    id: id(of.id),
    peer: { id: of.peer ?? PEER },
  };
}

function memoryBook(): SaidBook {
  const said = new Map<string, number>();
  return {
    saidToday: (decoy, peer, now) => now.getTime() - (said.get(decoy + peer) ?? -Infinity) < DAY,
    remember: (decoy, peer, now) => void said.set(decoy + peer, now.getTime()),
  };
}

interface Setup {
  readonly gate: EngagementGate;
  readonly contacts: Contacts;
  nowMs: number;
}

function decoyGate(level: Level, network: Network = 'xmpp'): Setup {
  const contacts = new Contacts();
  const setup = { contacts, nowMs: 0 };
  const gate = createGate({
    role: 'decoy',
    network,
    address: network === 'irc' ? 'dora' : 'dora@decoys.example',
    level: () => level,
    contacts,
    channels: ['#Own'],
    isDecoy: (address) => address.startsWith('erik@'),
    said: memoryBook(),
    now: () => new Date(setup.nowMs),
  });
  return Object.assign(setup, { gate });
}

const STREAM = "<?xml version='1.0'?><stream:stream xmlns='jabber:client' to='decoys.example' version='1.0'>";
const XMPP_ALLOWED: readonly [Act, string][] = [
  ['sign-on', STREAM],
  ['sign-on', "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"],
  ['sign-on', "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='SCRAM-SHA-256'>biwsbj1kb3Jh</auth>"],
  ['sign-on', "<iq type='set' id='b'><bind xmlns='urn:x'><resource>home</resource></bind></iq>"],
  ['sign-on', "<iq type='get' id='roster'><query xmlns='jabber:iq:roster'/></iq>"],
  ['acknowledge', "<iq type='result' id='push-1' to='dora@decoys.example'/>"],
  ['presence', '<presence/>'],
  ['keep-alive', "<iq type='get' id='1' to='decoys.example'><ping xmlns='urn:xmpp:ping'/></iq>"],
  ['keep-alive', "<iq type='result' id='1' to='dora@decoys.example/home'/>"],
  ['keep-alive', "<r xmlns='urn:xmpp:sm:3'/>"],
  ['keep-alive', ' '],
  ['acknowledge', "<a xmlns='urn:xmpp:sm:3' h='4'/>"],
  ['sign-off', "<presence type='unavailable'/></stream:stream>"],
];
const XMPP_DENIED: readonly [Act, string][] = [
  ['presence', `<presence to='${PEER}'/>`],
  ['presence', "<presence type='subscribed'/>"],
  ['sign-on', `<iq type='set' id='r'><query xmlns='jabber:iq:roster'><item jid='${PEER}'/></query></iq>`],
  ['sign-on', `<iq type='set' id='r'><r:query xmlns:r='jabber:iq:roster'><r:item jid='${PEER}'/></r:query></iq>`],
  ['sign-on', `<iq type='s&#101;t' id='r'><query xmlns='jabber:iq:r&#111;ster'/></iq>`],
  [
    'sign-on',
    `<iq type='get' id='r'><query xmlns='jabber:iq:roster'/></iq><iq type='set'><query xmlns='jabber:iq:roster'/></iq>`,
  ],
  ['keep-alive', '<message><body>hi</body></message>'],
  ['keep-alive', `<message to="${PEER}"/>`],
  ['keep-alive', `<iq type='result' id='1' to='${PEER}'/>`],
  ['keep-alive', `<iq type='result' id='1' to='${PEER.replace('@', '&#64;')}'/>`],
  ['keep-alive', `<iq id='1' a='>' type='result' to='${PEER}'/>`],
  ['keep-alive', `<c:iq xmlns:c='jabber:client' to='${PEER}'/>`],
  ['keep-alive', `<r/><message to='${PEER}'/>`],
  ['keep-alive', '<mess'],
  ['keep-alive', "age to='x@y'/>"],
  ['keep-alive', "<iq type='get' id='1'>"],
  ['keep-alive', `<!-- <r/> --><message to='${PEER}'/>`],
  ['keep-alive', `<![CDATA[x]]>`],
  ['keep-alive', '<unheard-of/>'],
  ['say', `<message to='${PEER}'><body>ok</body></message>`],
  ['answer-probe', `<iq type='result' to='${PEER}'/>`],
  ['error-reply', `<iq type='error' to='${PEER}'/>`],
  ['accept-contact', `<presence type='subscribed' to='${PEER}'/>`],
  ['notify', `<message to='${PEER}'><body>alert</body></message>`],
  ['command-reply', `<message to='${PEER}'><body>alert</body></message>`],
];
const IRC_ALLOWED: readonly [Act, string][] = [
  ['sign-on', 'CAP LS 302\r\nNICK dora\r\nUSER dora 0 * :dora\r\n'],
  ['sign-on', 'AUTHENTICATE PLAIN\r\n'],
  ['keep-alive', 'PONG :irc.example\r\n'],
  ['join-own-channel', 'JOIN #own\r\n'],
  ['sign-off', 'QUIT :bye\r\n'],
];
const IRC_DENIED: readonly [Act, string][] = [
  ['keep-alive', 'PRIVMSG bot :hi\r\n'],
  ['keep-alive', 'PONG x\r\nNOTICE bot :hi\r\n'],
  ['keep-alive', 'PONG x\rPRIVMSG bot :hi\r\n'],
  ['keep-alive', ':dora PRIVMSG bot :hi\r\n'],
  ['keep-alive', '@a=b :dora privmsg bot :hi\r\n'],
  ['keep-alive', '@a=b TAGMSG bot\r\n'],
  ['keep-alive', 'PONG x'],
  ['keep-alive', 'JOIN #own\r\n'],
  ['join-own-channel', 'JOIN #other\r\n'],
  ['join-own-channel', 'JOIN #own,#other\r\n'],
  ['join-own-channel', 'JOIN 0\r\n'],
  ['keep-alive', 'MODE #own +o bot\r\n'],
  ['keep-alive', 'WHOIS bot\r\n'],
  ['keep-alive', 'INVITE bot #own\r\n'],
  ['answer-probe', 'NOTICE bot :\u0001VERSION x\u0001\r\n'],
  ['say', 'PRIVMSG bot :ok\r\n'],
];

describe('at observe', () => {
  it.each(XMPP_ALLOWED)('lets %s through: %s', (act, frame) => {
    expect(decoyGate('observe').gate.rule(bytes(frame), { act })).toMatchObject({ allowed: true });
  });
  it.each(XMPP_DENIED)('denies %s: %s, whatever the intent claims', (act, frame) => {
    const { gate, contacts } = decoyGate('observe');
    contacts.remember(capture({ id: 'c' }));
    for (const intent of [{ act }, { act, peer: PEER }, { act, peer: PEER, cause: id('c') }]) {
      expect(gate.rule(bytes(frame), intent)).toMatchObject({ allowed: false });
    }
  });
  it.each(IRC_ALLOWED)('lets %s through on IRC: %s', (act, frame) => {
    expect(decoyGate('observe', 'irc').gate.rule(bytes(frame), { act })).toMatchObject({ allowed: true });
  });
  it.each(IRC_DENIED)('denies %s on IRC: %s', (act, frame) => {
    const { gate, contacts } = decoyGate('observe', 'irc');
    contacts.remember(capture({ id: 'c', peer: 'bot!b@h' }));
    for (const intent of [{ act }, { act, peer: 'bot!b@h' }, { act, peer: 'bot', cause: id('c') }]) {
      expect(gate.rule(bytes(frame), intent)).toMatchObject({ allowed: false });
    }
  });
  it('denies every act towards a peer on every network, for any frame (I-04)', () => {
    const intent = fc.record<Intent>({
      act: fc.constantFrom(...ACTS),
      peer: fc.constant(PEER),
      cause: fc.constant(id('c')),
    });
    fc.assert(
      fc.property(fc.constantFrom(...NETWORKS), intent, fc.string({ unit: 'binary' }), (network, wanted, frame) => {
        const { gate, contacts } = decoyGate('observe', network);
        contacts.remember(capture({ id: 'c' }));
        return !gate.rule(bytes(frame), wanted).allowed;
      }),
    );
  });
  it('denies any XMPP frame with a stanza for someone else (I-04)', () => {
    const noise = fc.stringMatching(/^[ <>/='"a-z]{0,12}$/);
    fc.assert(
      fc.property(noise, noise, fc.constantFrom('message', 'iq', 'presence'), (before, after, name) => {
        const frame = bytes(`${before}<${name} type='x' to='${PEER}'/>${after}`);
        return !decoyGate('observe').gate.rule(frame, { act: 'keep-alive' }).allowed;
      }),
    );
  });
});

describe('at raised levels', () => {
  const accept = bytes(`<presence type='subscribed' to='${PEER}'/>`);
  it('never speaks first: a peer act needs an earlier capture of the same pair (I-03)', () => {
    const { gate, contacts } = decoyGate('accept');
    const act = 'accept-contact';
    expect(gate.rule(accept, { act, peer: PEER })).toMatchObject({ allowed: false, rule: 'never.first' });
    expect(gate.rule(accept, { act, peer: PEER, cause: id('none') })).toMatchObject({ allowed: false });
    contacts.remember(capture({ id: 'other', peer: 'other@x.example' }));
    expect(gate.rule(accept, { act, peer: PEER, cause: id('other') })).toMatchObject({ allowed: false });
    contacts.remember(capture({ id: 'c', kind: 'contact-request' }));
    expect(gate.rule(accept, { act, peer: PEER, cause: id('c') })).toEqual({ allowed: true, rule: 'accept.contact' });
    const elsewhere = bytes("<presence type='subscribed' to='victim@x.example'/>");
    expect(gate.rule(elsewhere, { act, peer: PEER, cause: id('c') })).toMatchObject({ allowed: false });
  });
  it.each<Omit<Partial<Capture>, 'id' | 'peer'> & { name: string }>([
    { name: 'errors', kind: 'backscatter' },
    { name: 'the server', kind: 'service-notice' },
    { name: 'rooms', conversation: 'room@muc.example' },
    { name: 'notices', meta: { notice: true } },
    { name: 'malformed bytes', kind: 'malformed' },
  ])('never answers $name (I-07)', ({ name: _, ...of }) => {
    const { gate, contacts } = decoyGate('respond-minimal');
    contacts.remember(capture({ id: 'c', ...of }));
    const frame = bytes(`<message to='${PEER}'><body>ok</body></message>`);
    expect(gate.rule(frame, { act: 'say', peer: PEER, cause: id('c') })).toMatchObject({
      allowed: false,
      rule: 'never.automatic',
    });
  });
  it('never answers a decoy of ours (I-07)', () => {
    const { gate, contacts } = decoyGate('respond-minimal');
    contacts.remember(capture({ id: 'c', peer: 'erik@decoys.example' }));
    const frame = bytes("<message to='erik@decoys.example'><body>ok</body></message>");
    expect(gate.rule(frame, { act: 'say', peer: 'erik@decoys.example', cause: id('c') })).toMatchObject({
      rule: 'never.own-decoy',
    });
  });
  it('says one reviewed line a peer and day, and nothing else (I-05)', () => {
    const setup = decoyGate('respond-minimal');
    setup.contacts.remember(capture({ id: 'c' }));
    const say = (text: string): unknown =>
      setup.gate.rule(bytes(`<message to='${PEER}'><body>${text}</body></message>`), {
        act: 'say',
        peer: PEER,
        cause: id('c'),
      });
    expect(say('send me the file')).toMatchObject({ rule: 'never.unreviewed' });
    expect(say('ok</body><body>ok')).toMatchObject({ allowed: false });
    expect(say('ok')).toMatchObject({ allowed: true, rule: 'respond.say' });
    expect(say('ok')).toMatchObject({ rule: 'never.twice' });
    setup.nowMs = DAY;
    expect(say('ok')).toMatchObject({ allowed: true });
  });
  it('answers no words at accept', () => {
    const { gate, contacts } = decoyGate('accept', 'irc');
    contacts.remember(capture({ id: 'c', peer: 'bot!b@h', kind: 'probe' }));
    const intent: Intent = { act: 'answer-probe', peer: 'bot!b@h', cause: id('c') };
    expect(gate.rule(bytes('NOTICE bot :hello\r\n'), intent)).toMatchObject({ allowed: false });
  });
});

describe('a notifier', () => {
  const gate = createGate({
    role: 'notifier',
    network: 'xmpp',
    address: 'alerts@own.example',
    mayNotify: (address) => address === 'ann@sub.example',
    mayAnswer: (address) => address === 'bob@sub.example',
  });
  const to = (address: string): Uint8Array =>
    bytes(`<message to='${address}' type='chat'><body>alert</body></message>`);
  it('writes to confirmed subscribers and to those whose command it answers, to nobody else', () => {
    expect(gate.rule(to('ann@sub.example'), { act: 'notify', peer: 'ann@sub.example/phone' })).toMatchObject({
      allowed: true,
    });
    expect(gate.rule(to('bob@sub.example'), { act: 'notify', peer: 'bob@sub.example' })).toMatchObject({
      allowed: false,
    });
    expect(gate.rule(to('bob@sub.example'), { act: 'command-reply', peer: 'bob@sub.example' })).toMatchObject({
      allowed: true,
    });
    expect(gate.rule(to('eve@x.example'), { act: 'notify', peer: 'ann@sub.example' })).toMatchObject({
      allowed: false,
    });
    expect(gate.rule(to('ann@sub.example'), { act: 'say', peer: 'ann@sub.example' })).toMatchObject({ allowed: false });
  });
});

describe('the policy', () => {
  it('holds only reviewed lines that ask for nothing (I-06)', () => {
    for (const phrase of PHRASES) expect(lintPhrase(phrase)).toBeUndefined();
    for (const bad of ['really?', 'see http://x', 'send it', '12345', 'x'.repeat(41), 'me@x', ' ']) {
      expect(lintPhrase(bad)).toBeDefined();
    }
  });
  it('has rules with different ids, and none towards a peer at observe but the delivery handshake', () => {
    expect(new Set(RULES.map((rule) => rule.id)).size).toBe(RULES.length);
    const early = RULES.filter((rule) => rule.role === 'decoy' && rule.level === 'observe' && rule.to === 'peer');
    expect(early.flatMap((rule) => rule.acts)).toEqual(['delivery-handshake']);
    expect(LEVELS[0]).toBe('observe');
  });
});
