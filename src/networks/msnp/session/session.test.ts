import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CaptureId } from '../../../core/capture.ts';
import { takeFrames } from '../wire/frame.ts';
import { splitP2p } from '../wire/p2p.ts';
import { startNotification, stepNotification } from './notification.ts';
import { addChunk, EMPTY_ASSEMBLY } from './p2p-assembly.ts';
import { parseHost, readRing } from './ring.ts';
import { type SwitchboardRole, startSwitchboard, stepSwitchboard } from './switchboard.ts';
import { IDLE_MS, type MsnpEffect, type MsnpInput, PONG_MS, type Step, SWITCHBOARD_IDLE_MS } from './types.ts';

const ACCOUNT = { address: 'dora@im.example', password: 'Password1', dialect: 11, clientId: 1_073_741_824 } as const;
const RING = { session: 's1', host: 'sb.test', port: 1864, cookie: 'c1', inviter: 'worm@x.test', name: 'Worm' };
const ANSWER: SwitchboardRole = {
  type: 'answer',
  ring: RING,
  intent: { act: 'delivery-handshake', peer: RING.inviter },
};

/** A machine that is fed; what it sends, emits and ends with is kept. */
class Fed<State> {
  state: State;
  readonly sent: string[] = [];
  readonly acts: string[] = [];
  readonly events: string[] = [];
  readonly timers: string[] = [];
  closed = false;
  error: string | undefined;
  ms = Date.parse('2026-01-01T00:00:00Z');
  readonly #step: Step<State>;

  constructor(state: State, step: Step<State>) {
    this.state = state;
    this.#step = step;
    this.input({ type: 'connected' });
  }

  lines(...lines: readonly string[]): this {
    const bytes = Buffer.from(lines.map((line) => `${line}\r\n`).join(''));
    const { frames } = takeFrames(new Uint8Array(), bytes, { from: 'server', maxPayload: 9999 });
    for (const frame of frames) this.input({ type: 'frame', frame });
    return this;
  }

  input(input: MsnpInput): this {
    const [state, effects] = this.#step(this.state, input, new Date(this.ms));
    this.state = state;
    for (const effect of effects) this.#take(effect);
    return this;
  }

  #take(effect: MsnpEffect): void {
    if (effect.type === 'send') {
      this.sent.push(Buffer.from(effect.frame).toString().trimEnd());
      this.acts.push(effect.intent.act);
    } else if (effect.type === 'emit') this.events.push(effect.event.type);
    else if (effect.type === 'set-timer') this.timers.push(`${effect.timer} ${effect.ms}`);
    else {
      this.closed = true;
      this.error = effect.error?.code;
    }
  }
}

type Notification = ReturnType<typeof startNotification>;
const notification = (over: Partial<Notification['account']> = {}): Fed<Notification> =>
  new Fed(startNotification({ ...ACCOUNT, ...over }), stepNotification);
const switchboard = (role: SwitchboardRole = ANSWER): Fed<ReturnType<typeof startSwitchboard>> =>
  new Fed(startSwitchboard(ACCOUNT.address, role), stepSwitchboard);

/** The recorded sign-on of a private server. */
const onlineFed = (): Fed<Notification> =>
  notification()
    .lines('VER 1 MSNP11', 'CVR 2 7.0.0777 7.0.0777 7.0.0777 http://x http://y', 'USR 3 TWN S ct=1,id=1')
    .input({ type: 'ticket', ticket: '10f8ba49fcf66fba77cf' })
    .lines('USR 4 OK dora@im.example 1 0', 'SBS 0 null', 'SYN 5 a b 0 0', 'GTC A', 'BLP AL', 'CHG 6 NLN 1073741824 0');

describe('MSN sign-on', () => {
  test('goes through the recorded transcript of dialect 11', () => {
    const fed = onlineFed();
    expect(fed.sent).toEqual([
      'VER 1 MSNP11 CVR0',
      'CVR 2 0x0409 winnt 5.1 i386 MSNMSGR 7.0.0777 MSMSGS dora@im.example',
      'USR 3 TWN I dora@im.example',
      'USR 4 TWN S 10f8ba49fcf66fba77cf',
      'SYN 5 0 0',
      'CHG 6 NLN 1073741824',
    ]);
    expect(new Set(fed.acts)).toEqual(new Set(['sign-on', 'presence']));
    expect(fed.events.filter((event) => event !== 'frame')).toEqual(['ticket-wanted', 'online']);
  });

  test('dialect 7 answers the salt and never sends the password', () => {
    const fed = notification({ dialect: 7 }).lines(
      'VER 1 MSNP7',
      'CVR 2 x',
      'INF 3 MD5',
      'USR 4 MD5 S 1013928519.693957190',
    );
    expect(fed.sent.slice(2)).toEqual([
      'INF 3',
      'USR 4 MD5 I dora@im.example',
      'USR 5 MD5 S 51e3a75e2f9fcb9ea2f7ee349c9caaa2',
    ]);
    fed.lines('USR 5 OK dora@im.example Dora 1', 'SYN 6 1');
    expect(fed.sent.slice(5)).toEqual(['SYN 6 0', 'CHG 7 NLN']);
    expect(fed.sent.join('')).not.toContain('Password1');
  });

  test('makes itself reachable for strangers when it was not', () => {
    expect(onlineFed().lines('BLP BL').sent.at(-1)).toBe('BLP 7 AL');
  });

  test.each([
    ['no common dialect', ['VER 1 0'], 'DECOY_UNSUPPORTED'],
    ['another way to sign on', ['VER 1 MSNP11', 'CVR 2 x', 'USR 3 SSO S KEY nonce'], 'DECOY_UNSUPPORTED'],
    ['a refusal', ['VER 1 MSNP11', '911 2'], 'DECOY_LOGIN_REFUSED'],
    ['a busy server', ['VER 1 MSNP11', '601 2'], 'WIRE_CLOSED'],
    ['a dialect that is off', ['VER 1 MSNP11', '502 2'], 'DECOY_UNSUPPORTED'],
    ['a redirect', ['VER 1 MSNP11', 'XFR 2 NS other.test:1863 0 x'], 'WIRE_CLOSED'],
    ['the account elsewhere', ['OUT OTH'], 'DECOY_CONFLICT'],
  ])('%s ends it', (_, lines, code) => {
    expect(notification().lines(...lines).error).toBe(code);
  });

  test('a redirect is handed on', () => {
    expect(notification().lines('VER 1 MSNP11', 'XFR 2 NS other.test:1864 0 x').events).toEqual(['redirect']);
  });

  test('a sign-on that takes a minute ends', () => {
    expect(notification().input({ type: 'timer', timer: 'sign-on' }).error).toBe('LINK_TIMEOUT');
    expect(onlineFed().input({ type: 'timer', timer: 'sign-on' }).closed).toBe(false);
  });
});

describe('MSN session online', () => {
  test('answers challenges and pings, and a wrong answer ends it', () => {
    const fed = onlineFed().lines('CHL 0 22210219642164014968');
    expect(fed.sent.at(-1)).toBe('QRY 7 PROD0090YUAUV{2B 32\r\n85ecb0db8f32113df79ce0892b9a102c');
    fed.ms += IDLE_MS;
    fed.input({ type: 'timer', timer: 'idle' });
    expect([fed.sent.at(-1), fed.timers.at(-1)]).toEqual(['PNG', `idle ${PONG_MS}`]);
    expect(fed.lines('QNG 60').input({ type: 'timer', timer: 'idle' }).closed).toBe(false);
    expect(fed.lines('540 7').error).toBe('DECOY_UNSUPPORTED');
  });

  test('gives up when the server no longer answers', () => {
    const fed = onlineFed();
    fed.ms += IDLE_MS;
    fed.input({ type: 'timer', timer: 'idle' }).input({ type: 'timer', timer: 'idle' });
    expect(fed.error).toBe('LINK_TIMEOUT');
  });

  test('a ring and a switchboard are told; a ring without its parts is malformed', () => {
    const fed = onlineFed();
    fed.lines('RNG 1 sb.test:1864 CKI c1 w@x.test W', 'XFR 7 SB sb.test:1864 CKI c2', 'RNG 1 nowhere:99999 CKI c w W');
    expect(fed.events.slice(-3)).toEqual(['ring', 'switchboard', 'malformed']);
  });

  test('opens a switchboard only when asked from inside, with the intent it was given', () => {
    const fed = onlineFed().input({ type: 'open-switchboard', intent: { act: 'notify', peer: 'bob@x.test' } });
    expect([fed.sent.at(-1), fed.acts.at(-1)]).toEqual(['XFR 7 SB', 'notify']);
  });

  test('after the end nothing is said', () => {
    const fed = onlineFed().input({ type: 'closed' });
    expect(fed.error).toBe('WIRE_CLOSED');
    const { length } = fed.sent;
    fed.lines('CHL 0 1').input({ type: 'stored', capture: 'x' as CaptureId });
    expect(fed.sent.length).toBe(length);
  });

  test('whatever comes in whatever order, it sends only what a client owes its server', () => {
    const line = fc.oneof(
      fc.constantFrom('VER 1 MSNP11', 'CVR 2 x', 'USR 3 TWN S x', 'USR 4 OK a 1 0', 'SYN 5 a b 0 0', 'CHG 6 NLN 1'),
      fc.constantFrom(
        'CHL 0 1',
        'BLP BL',
        'RNG 1 a:1 CKI c w W',
        'ADC 0 RL N=a@b.c',
        'XFR 1 SB a:1 CKI c',
        '911 1',
        'OUT',
      ),
      fc.stringMatching(/^[A-Z]{3}( [ -~]{0,9}){0,5}$/),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 25 }), (lines) => {
        const fed = notification();
        for (const each of lines) fed.lines(each).input({ type: 'ticket', ticket: 't' });
        for (const text of fed.sent) expect(text).toMatch(/^(VER|CVR|USR|SYN|CHG|BLP|QRY|PNG) /);
      }),
    );
  });
});

describe('an MSN switchboard', () => {
  test('is entered with the cookie of the ring and left with the last peer', () => {
    const fed = switchboard().lines(
      'IRO 1 1 1 worm@x.test Worm',
      'ANS 1 OK',
      'MSG worm@x.test Worm 0',
      'BYE worm@x.test',
    );
    expect(fed.sent).toEqual(['ANS 1 dora@im.example c1 s1', 'OUT']);
    expect(fed.acts).toEqual(['delivery-handshake', 'sign-off']);
    expect(fed.events).toEqual(['joined', 'frame']);
    expect([fed.closed, fed.error]).toEqual([true, undefined]);
  });

  test('counts each peer once, whatever machine it writes from', () => {
    const fed = switchboard().lines(
      'IRO 1 1 2 w@x.test W',
      'IRO 1 2 2 w@x.test;{guid} W',
      'ANS 1 OK',
      'JOI v@x.test V',
    );
    expect(fed.state.roster).toEqual(['w@x.test', 'v@x.test']);
    expect(fed.lines('BYE w@x.test').closed).toBe(false);
  });

  test('a notifier calls, writes when the peer is there, and hears whether it was taken', () => {
    const fed = switchboard({
      type: 'call',
      peer: 'bob@x.test',
      cookie: 'c2',
      intent: { act: 'notify', peer: 'bob@x.test' },
    });
    const say = {
      type: 'say',
      payload: Buffer.from('hi'),
      wanted: 'A',
      intent: { act: 'notify', peer: 'bob@x.test' },
    } as const;
    fed.lines('USR 1 OK dora@im.example Dora').input(say);
    expect(fed.sent).toEqual(['USR 1 dora@im.example c2', 'CAL 2 bob@x.test']);
    fed.lines('CAL 2 RINGING 1', 'JOI bob@x.test Bob').input(say).lines('ACK 3');
    expect(fed.sent.at(-1)).toBe('MSG 3 A 2\r\nhi');
    expect(fed.events).toEqual(['joined', 'said']);
    const { length } = fed.sent;
    fed.lines('JOI eve@x.test Eve').input(say);
    expect(fed.sent.length).toBe(length);
  });

  test('is refused, closed early, or silent for long', () => {
    expect(switchboard().lines('911 1').error).toBe('WIRE_CLOSED');
    expect(switchboard().input({ type: 'closed' }).error).toBe('WIRE_CLOSED');
    expect(switchboard().input({ type: 'timer', timer: 'sign-on' }).error).toBe('WIRE_CLOSED');
    const fed = switchboard().lines('IRO 1 1 1 w@x.test W', 'ANS 1 OK');
    fed.ms += SWITCHBOARD_IDLE_MS;
    expect(fed.input({ type: 'timer', timer: 'idle' }).sent.at(-1)).toBe('OUT');
  });
});

describe('parts of MSN sessions', () => {
  test('hosts with ports, and those that are none', () => {
    expect(parseHost('sb.test:1864')).toEqual({ host: 'sb.test', port: 1864 });
    expect(parseHost('sb.test')).toEqual({ host: 'sb.test', port: 1863 });
    for (const text of ['', 'a:0', 'a:70000', 'a b:1', 'a:1:2', `${'x'.repeat(300)}:1`])
      expect(parseHost(text)).toBeUndefined();
  });

  test('a ring with bytes that would end a line is none', () => {
    const frame = (cookie: string): Parameters<typeof readRing>[0] => ({
      command: 'RNG',
      args: ['1', 'a.test:1', 'CKI', cookie, 'w@x.test', 'W%20x'],
      payload: undefined,
      bytes: new Uint8Array(),
    });
    expect(readRing(frame('c'))).toMatchObject({ inviter: 'w@x.test', name: 'W x' });
    for (const cookie of ['', 'a\r', 'a\0', 'x'.repeat(600)]) expect(readRing(frame(cookie))).toBeUndefined();
  });

  test('P2P chunks are put together; gaps, floods and giants are refused', () => {
    const [first, second] = splitP2p(new Uint8Array(1500).fill(7), { identifier: 1, ackId: 2 });
    if (first === undefined || second === undefined) throw new Error('two chunks');
    const raw = Uint8Array.of(1);
    const { open } = addChunk(EMPTY_ASSEMBLY, 'w', first, raw);
    expect(addChunk(open, 'w', second, raw).whole).toMatchObject({ message: { length: 1500 }, raw: { length: 2 } });
    expect(() => addChunk(open, 'other', second, raw)).toThrow(/gap/);
    expect(() => addChunk(open, 'w', { ...second, total: 1n << 63n }, raw)).toThrow(/signalling of/);
    let many = EMPTY_ASSEMBLY;
    for (let at = 0; at < 100; at += 1) many = addChunk(many, 'w', { ...first, identifier: at }, raw).open;
    expect(many.size).toBe(4);
  });
});
