// The two machines without a network: what they say, in which order, and what they make of a server that misbehaves.
import { describe, expect, it } from 'vitest';
import { type VectorId, vector } from '../testing/vectors.ts';
import { u16 } from '../wire/fields.ts';
import { FLAP_DATA, FLAP_KEEP_ALIVE, FLAP_SIGN_OFF, type FlapFrame, takeFlapFrame } from '../wire/flap.ts';
import { encodeOfflineEnd } from '../wire/icq-message.ts';
import { AIM_IDENTITY } from '../wire/login.ts';
import { decodeSnac, encodeSnac } from '../wire/snac.ts';
import * as snacs from '../wire/snac-types.ts';
import { encodeTlv, encodeTlvs } from '../wire/tlv.ts';
import { type ServiceState, startService, stepService } from './service.ts';
import { startSignOn, stepSignOn } from './sign-on.ts';
import type { OscarAccount, OscarEffect, OscarInput } from './types.ts';

const account: OscarAccount = {
  address: 'decoy1',
  password: 'sekrit99',
  login: 'md5',
  identity: AIM_IDENTITY,
  profile: '',
};
const START = new Date('2026-01-01T00:00:00Z');
const later = (ms: number): Date => new Date(START.getTime() + ms);

const frameInput = (bytes: Uint8Array): OscarInput => {
  const frame = takeFlapFrame(bytes)?.frame;
  if (frame === undefined) throw new Error('not a frame');
  return { type: 'frame', frame, bytes };
};
const heard = (id: VectorId): OscarInput => frameInput(vector(id));
const snac = (type: number, body: Uint8Array = new Uint8Array(0), flags = 0): OscarInput => {
  const frame: FlapFrame = { channel: FLAP_DATA, sequence: 1, payload: encodeSnac(type, 0, body, flags) };
  return { type: 'frame', frame, bytes: frame.payload };
};
const signOff = (payload: Uint8Array): OscarInput => ({
  type: 'frame',
  frame: { channel: FLAP_SIGN_OFF, sequence: 1, payload },
  bytes: payload,
});

const saidTypes = (effects: readonly OscarEffect[]): readonly number[] =>
  effects.flatMap((effect) =>
    effect.type === 'send' && effect.channel === FLAP_DATA ? [decodeSnac(effect.payload).type] : [],
  );
const errorOf = (effects: readonly OscarEffect[]): string | undefined =>
  effects.flatMap((effect) => (effect.type === 'close' ? [effect.error?.code] : []))[0];
const eventsOf = (effects: readonly OscarEffect[]): readonly string[] =>
  effects.flatMap((effect) => (effect.type === 'emit' ? [effect.event.type] : []));

function feed(start: ServiceState, inputs: readonly OscarInput[]): readonly [ServiceState, readonly OscarEffect[]] {
  let state = start;
  const all: OscarEffect[] = [];
  for (const input of inputs) {
    const [next, effects] = stepService(state, input, START);
    state = next;
    all.push(...effects);
  }
  return [state, all];
}

const online = (own: OscarAccount = account): readonly [ServiceState, readonly OscarEffect[]] =>
  feed(startService(own, Uint8Array.of(1)), [
    { type: 'connected' },
    heard('V1'),
    snac(snacs.SNAC_HOST_ONLINE, Buffer.concat([1, 2, 3, 4, 9, 0x13, 0x15].map((family) => u16(family)))),
    snac(snacs.SNAC_HOST_VERSIONS),
    heard('V10'),
    heard('V22'),
  ]);

describe('the login connection', () => {
  it('proves the password without sending it, and hands on host and cookie', () => {
    let [state, effects] = stepSignOn(startSignOn(account), { type: 'connected' });
    [state, effects] = stepSignOn(state, heard('V1'));
    expect(saidTypes(effects)).toEqual([snacs.SNAC_CHALLENGE_REQUEST]);
    [state, effects] = stepSignOn(state, heard('V3'));
    const sent = effects.flatMap((effect) =>
      effect.type === 'send' ? [Buffer.from(effect.payload).toString('hex')] : [],
    );
    expect(sent[0]).toContain('fdb0168c0f8b3e2a54f2a8ac20c67759');
    expect(sent[0]).not.toContain(Buffer.from('sekrit99').toString('hex'));
    [state, effects] = stepSignOn(state, heard('V5'));
    expect(eventsOf(effects)).toEqual(['redirect']);
    expect(effects.at(-1)).toEqual({ type: 'close' });
  });

  it.each([
    [0x05, 'DECOY_LOGIN_REFUSED'],
    [0x11, 'DECOY_BANNED'],
    [0x1c, 'DECOY_UNSUPPORTED'],
    [0x18, 'LINK_REFUSED'],
    [0x1d, 'LINK_REFUSED'],
  ])('takes error %d as %s', (code, kind) => {
    const [greeting] = stepSignOn(startSignOn(account), { type: 'connected' });
    const [state] = stepSignOn(greeting, heard('V1'));
    const body = encodeTlvs([{ type: 8, value: u16(code) }]);
    expect(errorOf(stepSignOn(state, snac(snacs.SNAC_LOGIN_REPLY, body))[1])).toBe(kind);
  });

  it('ends on an answer that nobody asked for, on a key without end, and in silence', () => {
    const [greeting] = stepSignOn(startSignOn(account), { type: 'connected' });
    expect(errorOf(stepSignOn(greeting, heard('V5'))[1])).toBe('WIRE_MALFORMED');
    const [asked] = stepSignOn(greeting, heard('V1'));
    const long = Buffer.concat([u16(2000), new Uint8Array(2000)]);
    expect(errorOf(stepSignOn(asked, snac(snacs.SNAC_CHALLENGE, long))[1])).toBe('WIRE_TOO_LARGE');
    expect(errorOf(stepSignOn(asked, { type: 'timer', timer: 'sign-on' })[1])).toBe('LINK_TIMEOUT');
    expect(errorOf(stepSignOn(asked, { type: 'closed' })[1])).toBe('WIRE_CLOSED');
  });
});

describe('the service connection', () => {
  it('starts up in the order of old clients, and is online after the list', () => {
    const [state, effects] = online();
    expect(state.phase).toBe('online');
    expect(saidTypes(effects)).toEqual([
      snacs.SNAC_CLIENT_VERSIONS,
      snacs.SNAC_RATE_REQUEST,
      snacs.SNAC_RATE_SUBSCRIBE,
      snacs.SNAC_SELF_INFO_REQUEST,
      snacs.SNAC_FEEDBAG_RIGHTS_REQUEST,
      snacs.SNAC_LOCATE_RIGHTS_REQUEST,
      snacs.SNAC_BUDDY_RIGHTS_REQUEST,
      snacs.SNAC_ICBM_PARAMETERS_REQUEST,
      snacs.SNAC_PERMIT_RIGHTS_REQUEST,
      snacs.SNAC_SET_INFO,
      snacs.SNAC_ICBM_SET_PARAMETERS,
      snacs.SNAC_FEEDBAG_REQUEST,
      snacs.SNAC_FEEDBAG_ACTIVATE,
      snacs.SNAC_IDLE,
      snacs.SNAC_CLIENT_ONLINE,
      snacs.SNAC_OFFLINE_REQUEST,
    ]);
    expect(eventsOf(effects)).toContain('online');
    expect(effects.every((effect) => effect.type !== 'send' || !['say', 'notify'].includes(effect.act))).toBe(true);
  });

  it('waits for the last part of a long list', () => {
    const parts: readonly OscarInput[] = [
      { type: 'connected' },
      heard('V1'),
      heard('V8'),
      snac(snacs.SNAC_HOST_VERSIONS),
      heard('V10'),
      snac(snacs.SNAC_FEEDBAG_LIST, new Uint8Array(7), 1),
    ];
    const [state] = feed(startService(account, Uint8Array.of(1)), parts);
    expect(state.phase).toBe('list');
    expect(feed(state, [snac(snacs.SNAC_FEEDBAG_LIST, new Uint8Array(7))])[0].phase).toBe('online');
  });

  it('has stored ICQ messages deleted once, and only when each of them is durable', () => {
    const [state, said] = online({ ...account, address: '100200' });
    expect(saidTypes(said).at(-1)).toBe(snacs.SNAC_ICQ_TO_HOST);
    const [ended, effects] = feed(state, [heard('V28'), snac(snacs.SNAC_ICQ_TO_CLIENT, encodeOfflineEnd(100_200))]);
    expect(saidTypes(effects)).toEqual([]);
    const [early, none] = feed(ended, [{ type: 'stored', serial: ended.serial - 1 }]);
    expect(saidTypes(none)).toEqual([]);
    const [done, deleted] = feed(early, [{ type: 'stored', serial: ended.serial }]);
    expect(saidTypes(deleted)).toEqual([snacs.SNAC_ICQ_TO_HOST]);
    expect(deleted).toMatchObject([{ act: 'acknowledge' }]);
    expect(saidTypes(feed(done, [{ type: 'stored', serial: 9999 }])[1])).toEqual([]);
  });

  it('keeps alive, asks after long silence, and gives up on a server that does not answer', () => {
    const [state] = online();
    const timer = { type: 'timer', timer: 'keep-alive' } as const;
    const [quiet, effects] = stepService(state, timer, later(60_000));
    expect(effects[0]).toMatchObject({ type: 'send', channel: FLAP_KEEP_ALIVE, act: 'keep-alive' });
    const [asked, question] = stepService(quiet, timer, later(700_000));
    expect(saidTypes(question)).toEqual([snacs.SNAC_SELF_INFO_REQUEST]);
    expect(errorOf(stepService(asked, timer, later(760_000))[1])).toBe('LINK_TIMEOUT');
    const [answered] = stepService(asked, heard('V26'), later(710_000));
    expect(errorOf(stepService(answered, timer, later(760_000))[1])).toBeUndefined();
  });

  it('pauses when asked and moves when told', () => {
    const [state] = online();
    expect(saidTypes(feed(state, [snac(snacs.SNAC_PAUSE)])[1])).toEqual([snacs.SNAC_PAUSE_ACK]);
    const body = Buffer.concat([u16(1), u16(4), encodeTlv(5, Buffer.from('127.0.0.1:99')), encodeTlv(6, u16(7))]);
    const [moved, effects] = feed(state, [snac(snacs.SNAC_MIGRATE, body)]);
    expect(eventsOf(effects)).toContain('redirect');
    expect(moved.phase).toBe('closed');
  });

  it.each([
    ['V25', 'DECOY_CONFLICT'],
    ['deleted', 'DECOY_BANNED'],
    ['nothing', 'WIRE_CLOSED'],
    ['too many', 'LINK_REFUSED'],
  ])('ends on a sign-off by the server: %s', (what, code) => {
    const payloads = {
      deleted: encodeTlv(9, u16(2)),
      nothing: new Uint8Array(0),
      'too many': encodeTlv(8, Uint8Array.of(0x18)),
    };
    const input = what === 'V25' ? heard('V25') : signOff(payloads[what as keyof typeof payloads]);
    const [, effects] = feed(online()[0], [input]);
    expect(errorOf(effects)).toBe(code);
    expect(eventsOf(effects)).toEqual(['signed-off']);
  });

  it('goes on after a SNAC that cannot be read, and says so', () => {
    const short: OscarInput = {
      type: 'frame',
      frame: { channel: FLAP_DATA, sequence: 1, payload: Uint8Array.of(1, 2, 3) },
      bytes: Uint8Array.of(1),
    };
    const [state, effects] = feed(online()[0], [short]);
    expect(eventsOf(effects)).toEqual(['malformed']);
    expect(state.phase).toBe('online');
  });
});
