import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CaptureId } from '../../../core/capture.ts';
import { hashPassword } from '../wire/challenge.ts';
import { encodePacket, type OutboundPacket, takePacket } from '../wire/packet.ts';
import { type Pair, pair } from '../wire/pairs.ts';
import { SERVICE, STATUS } from '../wire/services.ts';
import { startYmsg, stepYmsg } from './session.ts';
import {
  KEEP_ALIVE_MS,
  PACKET_MS,
  SIGN_ON_MS,
  SILENCE_MS,
  type YmsgEffect,
  type YmsgInput,
  type YmsgSessionConfig,
  type YmsgState,
} from './types.ts';

const CONFIG: YmsgSessionConfig = { user: 'decoy1', hashes: hashPassword('123456'), version: 10 };
const START = Date.parse('2026-01-01T00:00:00Z');
const CHALLENGE = '_KPIIRejSOuW3HTqC.407w--';

/** A session that is fed packets; what it sends, emits and ends with is kept. */
class Fed {
  state: YmsgState;
  readonly sent: OutboundPacket[] = [];
  readonly events: string[] = [];
  readonly timers: string[] = [];
  cookies: unknown;
  error: string | undefined;
  ms = START;

  constructor(config: Partial<YmsgSessionConfig> = {}) {
    this.state = startYmsg({ ...CONFIG, ...config });
    this.input({ type: 'connected' });
  }

  packet(service: number, status: number, ...pairs: readonly Pair[]): this {
    const packet = takePacket(encodePacket({ service, status, session: 7, pairs }));
    if (packet === undefined) throw new Error('no packet');
    return this.input({ type: 'frame', packet });
  }

  signOn(): this {
    return this.packet(SERVICE.HANDSHAKE, 1)
      .packet(SERVICE.AUTH, 1, pair(1, 'decoy1'), pair(94, CHALLENGE))
      .packet(SERVICE.LIST, 0, pair(59, 'Y\tv=1&n=a; expires=x'), pair(59, 'T\tz=b; expires=x'));
  }

  input(input: YmsgInput): this {
    const [state, effects] = stepYmsg(this.state, input, new Date(this.ms));
    this.state = state;
    for (const effect of effects) this.#keep(effect);
    return this;
  }

  after(ms: number): this {
    this.ms += ms;
    return this;
  }

  #keep(effect: YmsgEffect): void {
    if (effect.type === 'send') this.sent.push(effect.packet);
    if (effect.type === 'set-timer') this.timers.push(`${effect.timer} ${effect.ms}`);
    if (effect.type === 'clear-timer') this.timers.push(`${effect.timer} -`);
    if (effect.type === 'close') this.error = effect.error.code;
    if (effect.type !== 'emit') return;
    this.events.push(effect.event.type);
    if (effect.event.type === 'online') this.cookies = effect.event.cookies;
  }
}

const hex = (packet: OutboundPacket | undefined): string =>
  Buffer.from(encodePacket(packet ?? { service: 0 })).toString('hex');

describe('signing on', () => {
  test('sends the handshake, asks for a challenge and answers it, as the worked packets do', () => {
    const fed = new Fed();
    expect(hex(fed.sent[0])).toBe('594d5347000a00000000004c0000000000000000');
    fed.signOn();
    expect(fed.sent.map(({ service }) => service)).toEqual([SERVICE.HANDSHAKE, SERVICE.AUTH, SERVICE.AUTH_RESPONSE]);
    const [plain, crypted] = fed.sent[2]?.pairs ?? [];
    expect([plain, crypted].map((one) => Buffer.from(one?.value ?? []).toString())).toEqual([
      'Ui0iXVggSr8aAsZOkk9geg--',
      'M2KKkf8tsGDb8oOO967oyQ--',
    ]);
    expect(fed.sent[2]?.pairs?.map(({ key }) => key)).toEqual([6, 96, 0, 2, 2, 1, 135, 148]);
    expect(fed.events).toEqual(['online']);
    expect(fed.cookies).toEqual({ y: 'v=1&n=a', t: 'z=b' });
  });

  test('adopts the server’s session number and says its version', () => {
    const fed = new Fed({ version: 9 });
    expect(fed.sent[0]).toMatchObject({ session: 0, version: 9 });
    expect(fed.signOn().sent[1]).toMatchObject({ session: 7, version: 9 });
  });

  test('shows the cookies of the sign-on before', () => {
    const fed = new Fed({ cookies: { y: 'v=1', t: 'z=2' } }).signOn();
    const cookies = fed.sent[2]?.pairs?.filter(({ key }) => key === 59) ?? [];
    expect(cookies.map(({ value }) => Buffer.from(value).toString())).toEqual(['v=1', 'z=2']);
  });

  test('a list in parts is waited for; a first presence packet ends the wait too', () => {
    const fed = new Fed().packet(SERVICE.HANDSHAKE, 1).packet(SERVICE.AUTH, 1, pair(94, CHALLENGE));
    fed.packet(SERVICE.LIST, 5, pair(87, 'Friends:a'));
    expect(fed.state.phase).toBe('answering');
    fed.packet(SERVICE.LOGON, 1);
    expect(fed.state.phase).toBe('online');
  });

  test.each<[number | undefined, string]>([
    [3, 'DECOY_LOGIN_REFUSED'],
    [13, 'DECOY_LOGIN_REFUSED'],
    [14, 'DECOY_BANNED'],
    [52, 'WIRE_CLOSED'],
    [1013, 'CONFIG_INVALID'],
    [undefined, 'DECOY_LOGIN_REFUSED'],
  ])('refused with %j is %s', (code, error) => {
    const fed = new Fed().packet(SERVICE.HANDSHAKE, 1).packet(SERVICE.AUTH, 1, pair(94, CHALLENGE));
    fed.packet(SERVICE.AUTH_RESPONSE, STATUS.ERROR, ...(code === undefined ? [] : [pair(66, code)]));
    expect(fed.error).toBe(error);
  });

  test.each<[string, Pair[], string]>([
    ['no challenge', [], 'WIRE_MALFORMED'],
    ['a short one', [pair(94, 'abc')], 'WIRE_MALFORMED'],
    ['another method', [pair(94, CHALLENGE), pair(13, '1')], 'DECOY_UNSUPPORTED'],
  ])('with %s ends', (_, pairs, error) => {
    expect(new Fed().packet(SERVICE.HANDSHAKE, 1).packet(SERVICE.AUTH, 1, ...pairs).error).toBe(error);
  });

  test('that is not finished within a minute ends', () => {
    expect(new Fed().timers).toEqual([`sign-on ${SIGN_ON_MS}`]);
    expect(new Fed().input({ type: 'timer', timer: 'sign-on' }).error).toBe('LINK_TIMEOUT');
    expect(new Fed().signOn().input({ type: 'timer', timer: 'sign-on' }).error).toBeUndefined();
  });

  const LOGIN = { crumb: 'abcCrumb123', y: 'v=1&n=a; path=/', t: 'z=b; path=/' };

  test.each([15, 16] as const)('version %i asks the log-in server and proves its word', (version) => {
    const fed = new Fed({ version });
    expect(fed.sent.map(({ service, version }) => [service, version])).toEqual([[SERVICE.AUTH, version]]);
    fed.packet(SERVICE.AUTH, 1, pair(1, 'decoy1'), pair(94, 'XYZ.challenge_seed--'), pair(13, '2'));
    expect([fed.state.phase, fed.events]).toEqual(['proving', ['token-wanted']]);
    fed.input({ type: 'token', login: LOGIN }).input({ type: 'token', login: LOGIN });
    expect(fed.sent.length).toBe(2);
    expect(fed.sent[1]?.pairs?.map(({ key, value }) => [key, Buffer.from(value).toString()])).toEqual([
      [1, 'decoy1'],
      [0, 'decoy1'],
      [277, LOGIN.y],
      [278, LOGIN.t],
      [307, 'ZlYsOxOBsEY77qA9hlSTtQ--'],
      [244, '4194239'],
      [2, 'decoy1'],
      [2, '1'],
      [135, '9.0.0.2162'],
    ]);
    fed.packet(SERVICE.LIST_15, 0, pair(302, '318'));
    expect(fed.events).toEqual(['token-wanted', 'online']);
  });

  test('a token that nobody asked for changes nothing', () => {
    expect(new Fed().input({ type: 'token', login: LOGIN }).sent.length).toBe(1);
    expect(new Fed().signOn().input({ type: 'token', login: LOGIN }).sent.length).toBe(3);
  });

  test.each(['', 'x'.repeat(257)])('version 16 takes no challenge of a length like that of %j', (challenge) => {
    expect(new Fed({ version: 16 }).packet(SERVICE.AUTH, 1, pair(94, challenge)).error).toBe('WIRE_MALFORMED');
  });

  test('answers no second challenge', () => {
    const fed = new Fed().signOn().packet(SERVICE.AUTH, 1, pair(94, CHALLENGE)).packet(SERVICE.HANDSHAKE, 1);
    expect(fed.sent.length).toBe(3);
  });
});

describe('online', () => {
  test('a keep-alive goes out every minute, until the server is silent too long', () => {
    const fed = new Fed().signOn();
    expect(fed.timers.at(-1)).toBe(`keep-alive ${KEEP_ALIVE_MS}`);
    fed.after(KEEP_ALIVE_MS).input({ type: 'timer', timer: 'keep-alive' });
    expect(fed.sent.at(-1)).toMatchObject({ service: SERVICE.KEEP_ALIVE });
    fed.packet(SERVICE.KEEP_ALIVE, 1, pair(1, 'decoy1'));
    expect(fed.events.at(-1)).toBe('alive');
    fed.after(SILENCE_MS).input({ type: 'timer', timer: 'keep-alive' });
    expect(fed.error).toBe('LINK_TIMEOUT');
  });

  test('the silence of version 16 says something only once the server has answered a keep-alive', () => {
    const online = (): Fed =>
      new Fed({ version: 16 })
        .packet(SERVICE.AUTH, 1, pair(94, 'XYZ.challenge_seed--'))
        .input({ type: 'token', login: { crumb: 'c', y: 'y', t: 't' } })
        .packet(SERVICE.LIST, 0);
    const quiet = online().after(SILENCE_MS).input({ type: 'timer', timer: 'keep-alive' });
    expect([quiet.error, quiet.sent.at(-1)?.service]).toEqual([undefined, SERVICE.KEEP_ALIVE]);
    const fed = online().packet(SERVICE.KEEP_ALIVE, 1).after(SILENCE_MS);
    expect(fed.input({ type: 'timer', timer: 'keep-alive' }).error).toBe('LINK_TIMEOUT');
  });

  test('another sign-on of the id is a conflict', () => {
    expect(new Fed().signOn().packet(SERVICE.LOGOFF, STATUS.ERROR).error).toBe('DECOY_CONFLICT');
    expect(new Fed().signOn().packet(SERVICE.LOGOFF, 1, pair(7, 'buddy')).error).toBeUndefined();
  });

  test.each<[number, string]>([
    [1017, 'DECOY_CONFLICT'],
    [1004, 'DECOY_UNSUPPORTED'],
    [1014, 'WIRE_CLOSED'],
    [9999, 'WIRE_CLOSED'],
  ])('the protocol error %i is %s, and is kept', (code, error) => {
    const fed = new Fed().signOn().packet(SERVICE.PROTOCOL_ERROR, 1, pair(66, code));
    expect([fed.error, fed.events.at(-1)]).toEqual([error, 'packet']);
  });

  test('sends nothing for anything that a peer does, and stored changes nothing', () => {
    const fed = new Fed().signOn();
    const before = fed.sent.length;
    for (const service of [0x06, 0x0f, 0x18, 0x46, 0x4b, 0x4d, 0x4f, 0x9d, 0xbe, 0xd6, 0xdc, 0xdd]) {
      for (const status of [1, 3, 5]) fed.packet(service, status, pair(4, 'worm'), pair(5, 'decoy1'), pair(13, '1'));
    }
    fed.input({ type: 'stored', capture: 'x' as CaptureId });
    expect(fed.sent.length).toBe(before);
    expect(fed.events.filter((event) => event === 'packet').length).toBe(36);
  });

  test('a body that cannot be read is malformed, and the stream goes on', () => {
    const raw = encodePacket({ service: SERVICE.MESSAGE, status: 1, pairs: [pair(14, 'hi')] });
    const cut = raw.slice(0, -1);
    new DataView(cut.buffer).setUint16(8, cut.length - 20);
    const packet = takePacket(cut);
    if (packet === undefined) throw new Error('no packet');
    const fed = new Fed().signOn().input({ type: 'frame', packet });
    expect(fed.events.at(-1)).toBe('malformed');
    expect(fed.packet(SERVICE.MESSAGE, 1, pair(4, 'worm')).events.at(-1)).toBe('packet');
  });

  test('a stream that is lost is kept as malformed and ends', () => {
    const fed = new Fed().signOn().input({ type: 'lost', bytes: Buffer.from('HTTP/1.1 400') });
    expect([fed.error, fed.events.at(-1)]).toEqual(['WIRE_MALFORMED', 'malformed']);
  });

  test('a packet that never becomes whole ends the session', () => {
    const fed = new Fed().signOn().input({ type: 'partial', waiting: true }).input({ type: 'partial', waiting: true });
    expect(fed.timers.filter((timer) => timer === `packet ${PACKET_MS}`).length).toBe(1);
    fed.input({ type: 'partial', waiting: false });
    expect(fed.input({ type: 'timer', timer: 'packet' }).error).toBeUndefined();
    fed.input({ type: 'partial', waiting: true }).input({ type: 'timer', timer: 'packet' });
    expect(fed.error).toBe('WIRE_MALFORMED');
  });
});

test('no order of packets makes it throw or say more than sign-on and keep-alive need', () => {
  const services = fc.oneof(fc.constantFrom(...Object.values(SERVICE)), fc.nat(0xffff));
  const pairs = fc.array(fc.tuple(fc.constantFrom(1, 4, 13, 59, 66, 94), fc.string({ maxLength: 30 })), {
    maxLength: 5,
  });
  const steps = fc.array(fc.tuple(services, fc.constantFrom(0, 1, 5, STATUS.ERROR), pairs), { maxLength: 20 });
  fc.assert(
    fc.property(fc.boolean(), steps, (signedOn, list) => {
      const fed = new Fed();
      if (signedOn) fed.signOn();
      for (const [service, status, texts] of list) fed.packet(service, status, ...texts.map(([k, v]) => pair(k, v)));
      const allowed: readonly number[] = [SERVICE.HANDSHAKE, SERVICE.AUTH, SERVICE.AUTH_RESPONSE, SERVICE.KEEP_ALIVE];
      expect(fed.sent.every(({ service }) => allowed.includes(service))).toBe(true);
      expect(fed.sent.length).toBeLessThanOrEqual(3);
    }),
  );
});
