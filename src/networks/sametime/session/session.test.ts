// The machine alone, frame by frame: what is illegal in a phase, hostile or odd changes nothing and sends nothing.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CaptureDraft, CaptureId } from '../../../core/capture.ts';
import { ALICE_LOGIN, messages } from '../testing/arbitrary-messages.ts';
import { type FrameName, frame, hex } from '../testing/vectors.ts';
import { keyPairOf, publicKeyOf } from '../wire/diffie-hellman.ts';
import { decodeSametime, encodeSametime, type SametimeMessage } from '../wire/message.ts';
import { FILE_TRANSFER, IM } from '../wire/services.ts';
import { SametimeSession } from './session.ts';
import type { SametimeEffects, SametimeSessionConfig } from './types.ts';

const NOW = new Date('2026-01-01T00:00:00Z');
const none = new Uint8Array();
const secret = BigInt(`0x${'22'.repeat(32)}`);
const config: SametimeSessionConfig = {
  role: 'decoy',
  userId: 'decoy',
  password: 'secret1',
  clientType: 0x1002,
  hostName: 'pc42',
  server: 'srv',
  weakLogin: false,
  redirectHosts: [],
  keys: { secret, publicKey: publicKeyOf(secret) },
  rc2Key: Buffer.from('12345'),
};

class Machine {
  readonly session: SametimeSession;
  #stored = 0;

  constructor(of: Partial<SametimeSessionConfig> = {}) {
    this.session = new SametimeSession({ ...config, ...of });
  }

  static online(of: Partial<SametimeSessionConfig> = {}): Machine {
    const machine = new Machine(of);
    machine.session.step({ type: 'connected' }, NOW);
    machine.take('handshakeAck');
    machine.take('loginAck');
    return machine;
  }

  take(what: FrameName | SametimeMessage): SametimeEffects {
    const bytes = typeof what === 'string' ? frame(what) : encodeSametime(what);
    return this.session.step({ type: 'frame', frame: bytes }, NOW);
  }

  /** Everything is stored at once. */
  stored(effects: SametimeEffects): SametimeEffects {
    return effects.flatMap((effect) => {
      if (effect.type !== 'emit' || effect.token === undefined) return [];
      this.#stored += 1;
      return [
        ...this.session.step({ type: 'stored', token: effect.token, capture: `c${this.#stored}` as CaptureId }, NOW),
      ];
    });
  }
}

const drafts = (effects: SametimeEffects): CaptureDraft[] =>
  effects.flatMap((effect) => (effect.type === 'emit' ? [effect.draft] : []));
const sent = (effects: SametimeEffects): SametimeMessage[] =>
  effects.flatMap((effect) => (effect.type === 'send' ? [decodeSametime(effect.frame)] : []));

describe('the Sametime session', () => {
  test('answers the worked channel with the worked frame, and reads the worked messages', () => {
    const machine = Machine.online();
    const contact = machine.take('imCreate');
    expect(drafts(contact)).toMatchObject([
      { kind: 'connection', peer: { id: 'alice', client: 'Sametime Connect 3.1-7.0' } },
    ]);
    expect(sent(contact)).toEqual([]);
    const [accept] = machine.stored(contact);
    if (accept?.type !== 'send') throw new Error('no accept');
    expect(Buffer.from(accept.frame).toString('hex')).toBe(Buffer.from(frame('imAccept')).toString('hex'));
    expect(accept.intent).toEqual({ act: 'delivery-handshake', peer: 'alice', cause: 'c1' });
    expect(drafts(machine.take('imEncrypted1'))).toMatchObject([{ kind: 'message', text: 'hi', encrypted: true }]);
    expect(drafts(machine.take('imEncrypted2'))).toMatchObject([{ kind: 'message', html: '<b>x</b>', text: 'x' }]);
  });

  test('the worked invitation and file offer', () => {
    const machine = Machine.online();
    expect(drafts(machine.take('conference'))).toMatchObject([
      { kind: 'group-invite', conversation: 'alice(5f000000,1234)', text: 'join us', meta: { title: 'Party' } },
    ]);
    expect(drafts(machine.take('fileCreate'))).toMatchObject([
      { kind: 'file-offer', file: { name: 'a.exe', size: 1234 } },
    ]);
  });

  test('a probe of the server itself is no contact of a peer', () => {
    const machine = Machine.online();
    const message = decodeSametime(frame('imCreate'));
    if (message.kind !== 'create') throw new Error('no create');
    const creator = { ...ALICE_LOGIN, userId: 'srv01' };
    const effects = machine.take({ ...message, creator });
    expect(drafts(effects)).toMatchObject([{ kind: 'probe', meta: { networkScanner: true } }]);
    expect(sent(machine.stored(effects))).toMatchObject([{ kind: 'accept' }]);
  });

  test('a second handshake brings no second login', () => {
    const machine = new Machine();
    machine.session.step({ type: 'connected' }, NOW);
    expect(sent(machine.take('handshakeAck'))).toMatchObject([{ kind: 'login', authType: 4 }]);
    expect(machine.take('handshakeAck')).toEqual([]);
    machine.take('loginAck');
    expect(machine.take('handshakeAck')).toEqual([]);
    expect(machine.take('redirect')).toEqual([]);
  });

  test('degenerate keys are refused: at login, and in an offer, which then is taken without them', () => {
    const machine = new Machine();
    machine.session.step({ type: 'connected' }, NOW);
    const ack = decodeSametime(frame('handshakeAck'));
    if (ack.kind !== 'handshake-ack') throw new Error('no ack');
    const weak = machine.take({ ...ack, offer: { magic: 1, key: Uint8Array.of(1) } });
    expect(weak).toMatchObject([{ type: 'close', error: { code: 'DECOY_UNSUPPORTED' } }]);
    const online = Machine.online();
    const create = decodeSametime(frame('imCreate'));
    if (create.kind !== 'create') throw new Error('no create');
    const ciphers = [{ cipher: 1, info: Uint8Array.of(1) }];
    const effects = online.take({ ...create, ciphers });
    expect(drafts(effects)).toMatchObject([{ meta: { cipher: 'none', vulnerability: /degenerate/ } }]);
    expect(sent(online.stored(effects))).toMatchObject([{ kind: 'accept', mode: 0 }]);
  });

  test('three frames that cannot be read end it; each is kept with what it aims at', () => {
    const machine = Machine.online();
    const bad = hex('0000000c 0009 0000 00000000 ffffffff');
    const huge = hex('0000000d 000b 0000 00000000 00 ffffffff');
    expect(drafts(machine.session.step({ type: 'frame', frame: bad }, NOW))).toMatchObject([{ kind: 'malformed' }]);
    expect(drafts(machine.session.step({ type: 'frame', frame: huge }, NOW))).toMatchObject([
      { kind: 'malformed', peer: { id: 'srv' }, meta: { vulnerability: 'a count that clients allocate for' } },
    ]);
    expect(machine.session.step({ type: 'frame', frame: bad }, NOW).at(-1)).toMatchObject({
      type: 'close',
      error: { code: 'WIRE_MALFORMED' },
    });
  });

  test('ciphertext where there is no cipher, and ciphertext that is none, is kept', () => {
    const machine = Machine.online();
    const create = decodeSametime(frame('imCreate'));
    if (create.kind !== 'create') throw new Error('no create');
    machine.stored(machine.take({ ...create, ciphers: [], mode: 0 }));
    expect(drafts(machine.take('imEncrypted1'))).toMatchObject([
      { kind: 'malformed', peer: { id: 'alice' }, meta: { vulnerability: 'encrypted data on a plain channel' } },
    ]);
    const other = Machine.online();
    other.stored(other.take('imCreate'));
    const odd = { kind: 'send', channel: 0x80000001, sendType: 0x64, data: hex('001122'), encrypted: true } as const;
    expect(drafts(other.take(odd))).toMatchObject([{ kind: 'malformed' }]);
  });

  test('numbers of channels that are in use or not the server’s are refused', () => {
    const machine = Machine.online();
    machine.take('imCreate');
    expect(drafts(machine.take('imCreate'))).toMatchObject([{ kind: 'malformed' }]);
    const create = decodeSametime(frame('imCreate'));
    if (create.kind !== 'create') throw new Error('no create');
    expect(drafts(machine.take({ ...create, id: 5 }))).toMatchObject([{ kind: 'malformed' }]);
  });

  test('a thousand channels and a message without end stay bounded', () => {
    const machine = Machine.online();
    const create = decodeSametime(frame('imCreate'));
    if (create.kind !== 'create') throw new Error('no create');
    for (let id = 0; id < 1000; id += 1) machine.take({ ...create, id: 0x80000001 + id, ciphers: [], mode: 0 });
    expect(drafts(machine.take({ ...create, id: 0x80002000 }))).toMatchObject([{ meta: { tooMany: true } }]);
    const say = (data: string): SametimeEffects =>
      machine.take({ kind: 'send', channel: 0x80000001, sendType: 0x64, data: hex(data), encrypted: false });
    say('00000002 00001388 00000000 00000000');
    for (let piece = 0; piece < 200; piece += 1) say(`00000002 00000004 00000000 00000800 ${'41'.repeat(2048)}`);
    const [whole] = drafts(machine.take({ kind: 'destroy', channel: 0x80000001, reason: 0, info: none }));
    expect(whole).toMatchObject({ kind: 'message', meta: { truncated: true } });
    expect(whole?.html?.length).toBeLessThan(256 * 1024);
  });

  test('a file that grows beyond its offer is cut', () => {
    const machine = Machine.online();
    const create = decodeSametime(frame('fileCreate'));
    if (create.kind !== 'create') throw new Error('no create');
    const [accept] = machine.stored(machine.take(create));
    expect(accept).toMatchObject({ type: 'send', intent: { act: 'accept-file', peer: 'alice' } });
    const data = new Uint8Array(5000);
    const effects = machine.take({ kind: 'send', channel: create.id, sendType: 1, data, encrypted: false });
    expect(drafts(effects)).toMatchObject([{ kind: 'file', file: { size: 1234 } }]);
  });

  test('an ended session stays so', () => {
    const machine = Machine.online();
    expect(machine.take('refused').at(-1)).toMatchObject({ type: 'close', error: { code: 'DECOY_LOGIN_REFUSED' } });
    expect(machine.take('imCreate')).toEqual([]);
    expect(machine.session.step({ type: 'timer', timer: 'keep-alive' }, NOW)).toEqual([]);
  });

  test('whatever comes, nothing is said to anyone at the wrong end (property)', () => {
    fc.assert(
      fc.property(fc.array(messages, { maxLength: 20 }), (all) => {
        const machine = Machine.online({ keys: keyPairOf(new Uint8Array(64).fill(7)) });
        for (const message of all) {
          const effects = machine.take(message);
          for (const reply of [...sent(effects), ...sent(machine.stored(effects))]) {
            expect(reply.kind === 'accept' ? [IM.service, FILE_TRANSFER.service] : [0]).toContain(
              reply.kind === 'accept' ? reply.service : reply.kind === 'send' ? 0 : 1,
            );
          }
        }
      }),
    );
  });
});
