// The YMSG client as data and one pure step: handshake, challenge, answer, then keep-alives and nothing else.
//   new → greeting (0x4C) → challenged (0x57) → answering (0x54) → online (0x55, 0x01, 0xF1) → closed
// Versions 15 and 16 greet with 0x57 and go from challenged over proving (a token is fetched) to answering.
import { type ErrorCode, isSundewError, messageOf, SundewError, unreachable } from '../../../core/error.ts';
import { answerChallenge } from '../wire/challenge.ts';
import { numberOf, textOf } from '../wire/fields.ts';
import type { OutboundPacket, Packet } from '../wire/packet.ts';
import { decodePairs, type Pair, pair } from '../wire/pairs.ts';
import { SERVICE, STATUS } from '../wire/services.ts';
import { answerWithCrumb, type TokenLogin } from '../wire/token-login.ts';
import { cookiesOf } from './cookies.ts';
import { refusalOf, refusalOfProtocol } from './refusals.ts';
import {
  isTokenVersion,
  KEEP_ALIVE_MS,
  PACKET_MS,
  SIGN_ON_MS,
  SILENCE_MS,
  type YmsgEffect,
  type YmsgInput,
  type YmsgSessionConfig,
  type YmsgState,
  type YmsgStep,
  type YmsgTimer,
} from './types.ts';

/** What clients of versions 9 and 10 call themselves (key 135). */
const CLIENT_VERSION = '5.5.0.1246';
/** The same of 15 and 16, and its number (key 244). */
const LATE_CLIENT_VERSION = '9.0.0.2162';
const LATE_CLIENT_ID = '4194239';
const MAX_CHALLENGE = 256;
/** These carry challenges, answers and cookies and are no evidence. */
const SECRET_SERVICES: readonly number[] = [SERVICE.AUTH, SERVICE.AUTH_RESPONSE, SERVICE.LIST, SERVICE.LIST_15];
const MAX_LOST_BYTES = 4096;

export function startYmsg(config: YmsgSessionConfig): YmsgState {
  return {
    phase: 'new',
    config,
    session: 0,
    challenge: '',
    cookies: undefined,
    heardAtMs: 0,
    answers: !isTokenVersion(config.version),
    partial: false,
  };
}

/** One step. Pure; a packet that is illegal in a phase changes nothing. */
export function stepYmsg(state: YmsgState, input: YmsgInput, now: Date): YmsgStep {
  if (state.phase === 'closed') return [state, []];
  switch (input.type) {
    case 'connected':
      return connect(state, now);
    case 'frame':
      return stepPacket(heard(state, input.packet, now), input.packet);
    case 'partial':
      return stepPartial(state, input.waiting);
    case 'lost':
      return stepLost(state, input.bytes);
    case 'timer':
      return stepTimer(state, input.timer, now);
    case 'token':
      return prove(state, input.login);
    case 'stored':
      return [state, []];
    case 'closed':
      return close(state, 'WIRE_CLOSED', 'the server closed the connection');
    default:
      return unreachable(input);
  }
}

function connect(state: YmsgState, now: Date): YmsgStep {
  if (state.phase !== 'new') return [state, []];
  const next: YmsgState = { ...state, phase: 'greeting', heardAtMs: now.getTime() };
  const limit = { type: 'set-timer', timer: 'sign-on', ms: SIGN_ON_MS } as const;
  if (isTokenVersion(state.config.version)) {
    const [asked, effects] = askForChallenge(next);
    return [asked, [...effects, limit]];
  }
  // Mandatory: on escargot this packet sets the dialect.
  return [next, [send(next, { service: SERVICE.HANDSHAKE }), limit]];
}

function askForChallenge(state: YmsgState): YmsgStep {
  const next: YmsgState = { ...state, phase: 'challenged' };
  return [next, [send(next, { service: SERVICE.AUTH, pairs: [pair(1, state.config.user)] })]];
}

/** The server's session id is adopted from every packet that has one. */
function heard(state: YmsgState, packet: Packet, now: Date): YmsgState {
  return { ...state, session: packet.session === 0 ? state.session : packet.session, heardAtMs: now.getTime() };
}

function stepPacket(state: YmsgState, packet: Packet): YmsgStep {
  let pairs: readonly Pair[];
  try {
    ({ pairs } = decodePairs(packet.body));
  } catch (error) {
    if (!isSundewError(error)) throw error;
    const bytes = SECRET_SERVICES.includes(packet.service) ? packet.raw.slice(0, 20) : packet.raw;
    return [state, [{ type: 'emit', event: { type: 'malformed', reason: error.message, bytes } }]];
  }
  const ended = endOf(state, packet, pairs);
  if (ended !== undefined) return ended;
  if (state.phase === 'online') return stepOnline(state, packet);
  return stepSignOn(state, packet, pairs);
}

/** What ends a session in any phase: kicked, or an error of the protocol. */
function endOf(state: YmsgState, packet: Packet, pairs: readonly Pair[]): YmsgStep | undefined {
  if (packet.service === SERVICE.LOGOFF && packet.status === STATUS.ERROR && pairs.length === 0) {
    return close(state, 'DECOY_CONFLICT', 'another sign-on took the id over');
  }
  if (packet.service !== SERVICE.PROTOCOL_ERROR) return undefined;
  const { code, sentence } = refusalOfProtocol(numberOf(pairs, 66));
  const [next, effects] = close(state, code, sentence);
  return [next, [{ type: 'emit', event: { type: 'packet', packet } }, ...effects]];
}

function stepSignOn(state: YmsgState, packet: Packet, pairs: readonly Pair[]): YmsgStep {
  switch (packet.service) {
    case SERVICE.HANDSHAKE:
      return state.phase === 'greeting' ? askForChallenge(state) : [state, []];
    case SERVICE.AUTH:
      return state.phase === 'challenged' ? answer(state, pairs) : [state, []];
    case SERVICE.AUTH_RESPONSE: {
      if (packet.status !== STATUS.ERROR && numberOf(pairs, 66) === undefined) return [state, []];
      const { code, sentence } = refusalOf(numberOf(pairs, 66));
      return close(state, code, sentence);
    }
    case SERVICE.LIST: {
      if (state.phase !== 'answering') return [state, []];
      const next = { ...state, cookies: cookiesOf(pairs) ?? state.cookies };
      return packet.status === STATUS.OFFLINE_OR_MORE ? [next, []] : online(next);
    }
    case SERVICE.LOGON:
    case SERVICE.LIST_15:
      return state.phase === 'answering' ? online(state) : [state, []];
    default:
      // Someone may write as soon as the server knows the password.
      return [state, state.phase === 'answering' ? [{ type: 'emit', event: { type: 'packet', packet } }] : []];
  }
}

/** Keys 6 and 96 answer the challenge of key 94; key 13 of version 11 and later asks for another way. */
function answer(state: YmsgState, pairs: readonly Pair[]): YmsgStep {
  const { user, hashes, cookies, version } = state.config;
  if (isTokenVersion(version)) return wantToken(state, textOf(pairs, 94) ?? '');
  const method = numberOf(pairs, 13) ?? 0;
  if (method !== 0) {
    const sentence = `the server asks for login method ${method}; versions 9 and 10 have 0, 15 and 16 have 2`;
    return close(state, 'DECOY_UNSUPPORTED', sentence);
  }
  try {
    const { plain, crypted } = answerChallenge(user, hashes, textOf(pairs, 94) ?? '');
    const packet: OutboundPacket = {
      service: SERVICE.AUTH_RESPONSE,
      status: STATUS.WEB_LOGIN,
      pairs: [
        pair(6, plain),
        pair(96, crypted),
        pair(0, user),
        pair(2, user),
        pair(2, '1'),
        pair(1, user),
        pair(135, CLIENT_VERSION),
        pair(148, '0'),
        ...(cookies === undefined ? [] : [pair(59, cookies.y), pair(59, cookies.t)]),
      ],
    };
    const next: YmsgState = { ...state, phase: 'answering' };
    return [next, [send(next, packet)]];
  } catch (error) {
    if (!isSundewError(error)) throw error;
    return close(state, 'WIRE_MALFORMED', messageOf(error));
  }
}

function wantToken(state: YmsgState, challenge: string): YmsgStep {
  if (challenge === '' || challenge.length > MAX_CHALLENGE) {
    return close(state, 'WIRE_MALFORMED', `a login challenge of ${challenge.length} characters`);
  }
  return [{ ...state, phase: 'proving', challenge }, [{ type: 'emit', event: { type: 'token-wanted', challenge } }]];
}

/** Key 307 proves that the log-in server knows the account, 277 and 278 are its cookies. */
function prove(state: YmsgState, login: TokenLogin): YmsgStep {
  if (state.phase !== 'proving') return [state, []];
  const { user } = state.config;
  const next: YmsgState = { ...state, phase: 'answering', challenge: '' };
  const pairs = [
    pair(1, user),
    pair(0, user),
    pair(277, login.y),
    pair(278, login.t),
    pair(307, answerWithCrumb(login.crumb, state.challenge)),
    pair(244, LATE_CLIENT_ID),
    pair(2, user),
    pair(2, '1'),
    pair(135, LATE_CLIENT_VERSION),
  ];
  return [next, [send(next, { service: SERVICE.AUTH_RESPONSE, status: STATUS.WEB_LOGIN, pairs })]];
}

function online(state: YmsgState): YmsgStep {
  return [
    { ...state, phase: 'online' },
    [
      { type: 'emit', event: { type: 'online', cookies: state.cookies } },
      { type: 'clear-timer', timer: 'sign-on' },
      { type: 'set-timer', timer: 'keep-alive', ms: KEEP_ALIVE_MS },
    ],
  ];
}

/** Housekeeping of the server, about buddies that a decoy does not have. */
const QUIET_SERVICES: readonly number[] = [SERVICE.PING, SERVICE.HANDSHAKE, SERVICE.USER_STATUS, ...SECRET_SERVICES];

function stepOnline(state: YmsgState, packet: Packet): YmsgStep {
  if (packet.service === SERVICE.KEEP_ALIVE)
    return [{ ...state, answers: true }, [{ type: 'emit', event: { type: 'alive' } }]];
  if (QUIET_SERVICES.includes(packet.service)) return [state, []];
  return [state, [{ type: 'emit', event: { type: 'packet', packet } }]];
}

function stepPartial(state: YmsgState, waiting: boolean): YmsgStep {
  if (waiting === state.partial) return [state, []];
  const next = { ...state, partial: waiting };
  if (!waiting) return [next, [{ type: 'clear-timer', timer: 'packet' }]];
  return [next, [{ type: 'set-timer', timer: 'packet', ms: PACKET_MS }]];
}

function stepLost(state: YmsgState, bytes: Uint8Array): YmsgStep {
  const reason = 'the stream does not go on with a YMSG packet';
  const [next, effects] = close(state, 'WIRE_MALFORMED', `${reason}; see to host and port`);
  const malformed = { type: 'malformed', reason, bytes: bytes.slice(0, MAX_LOST_BYTES) } as const;
  return [next, [{ type: 'emit', event: malformed }, ...effects]];
}

function stepTimer(state: YmsgState, timer: YmsgTimer, now: Date): YmsgStep {
  switch (timer) {
    case 'sign-on':
      if (state.phase === 'online') return [state, []];
      return close(state, 'LINK_TIMEOUT', `the server did not finish the sign-on within ${SIGN_ON_MS / 1000} seconds`);
    case 'packet':
      if (!state.partial) return [state, []];
      return close(state, 'WIRE_MALFORMED', `a packet was not whole after ${PACKET_MS / 1000} seconds`);
    case 'keep-alive': {
      // Of versions 15 and 16 it is not known that every server answers.
      if (state.answers && now.getTime() - state.heardAtMs >= SILENCE_MS) {
        return close(state, 'LINK_TIMEOUT', 'the server no longer answers');
      }
      const keepAlive = send(state, { service: SERVICE.KEEP_ALIVE, pairs: [pair(0, state.config.user)] }, 'keep-alive');
      return [state, [keepAlive, { type: 'set-timer', timer: 'keep-alive', ms: KEEP_ALIVE_MS }]];
    }
    default:
      return unreachable(timer);
  }
}

function send(state: YmsgState, packet: OutboundPacket, act: 'sign-on' | 'keep-alive' = 'sign-on'): YmsgEffect {
  return { type: 'send', packet: { version: state.config.version, session: state.session, ...packet }, act };
}

function close(state: YmsgState, code: ErrorCode, sentence: string): YmsgStep {
  const error = new SundewError(code, `Yahoo id ${state.config.user}: ${sentence}`);
  return [{ ...state, phase: 'closed' }, [{ type: 'close', error }]];
}
