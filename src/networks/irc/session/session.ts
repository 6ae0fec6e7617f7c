// The IRC client as data and one pure step (RFC 2812, IRCv3 registration). It says what the server asks of every
// client and joins the configured channels; it has no way to write to a peer.
//   new → registering → greeting (001) → online (376, 422) → closed
import { type ErrorCode, SundewError, unreachable } from '../../../core/error.ts';
import type { IrcMessage } from '../wire/message.ts';
import { foldName, parseSource } from '../wire/source.ts';
import { stepCapabilities } from './capabilities.ts';
import {
  IDLE_MS,
  type IrcEffect,
  type IrcInput,
  type IrcSessionConfig,
  type IrcState,
  type IrcStep,
  PONG_MS,
  REGISTRATION_MS,
} from './types.ts';

/** Characters; the answer must fit a line. */
const MAX_PING_TOKEN = 120;
/** Bytes of channel names in one JOIN, well under a line. */
const MAX_JOIN_BYTES = 400;
/** RFC 2812 5.2, 463 NOPERMFORHOST, 465 YOUREBANNEDCREEP, 466 YOUWILLBEBANNED. */
const BANS = ['463', '465', '466'];
/** Why a channel could not be joined: 403, 405, 437, 471, 473 to 477, 489. */
const JOIN_REFUSALS = ['403', '405', '437', '471', '473', '474', '475', '476', '477', '489'];
/** ERROR has no code; these words name a ban on the servers in use (K-, G-, Z-, D-line, AKILL). */
const BAN_WORDS = /\b(?:[kgzdq]-?lined?|akill(?:ed)?|banned)\b/i;
/** ngircd 26 says `Access denied: Bad password` instead of 464. */
const PASSWORD_WORDS = /\bpassword\b/i;

export function startIrc(config: IrcSessionConfig): IrcState {
  return {
    phase: 'new',
    config,
    offered: new Map(),
    signedIn: false,
    banned: false,
    heardAtMs: 0,
    pinged: false,
  };
}

/** One step. Pure; a message that is illegal in a phase changes nothing. */
export function stepIrc(state: IrcState, input: IrcInput, now: Date): IrcStep {
  if (state.phase === 'closed') return [state, []];
  switch (input.type) {
    case 'connected':
      return connect(state, now);
    case 'frame':
      return stepFrame({ ...state, heardAtMs: now.getTime(), pinged: false }, input.message, input.line);
    case 'timer':
      return input.timer === 'registration' ? stepRegistrationTimer(state) : stepIdleTimer(state, now);
    case 'stored':
      return [state, []];
    case 'closed':
      return close(state, 'WIRE_CLOSED', 'the server closed the connection');
    default:
      return unreachable(input);
  }
}

function connect(state: IrcState, now: Date): IrcStep {
  if (state.phase !== 'new') return [state, []];
  const { nick, username, realname, serverPassword } = state.config;
  const lines = [
    ['CAP', 'LS', '302'],
    ...(serverPassword === undefined ? [] : [['PASS', serverPassword]]),
    ['NICK', nick],
    ['USER', username, '0', '*', realname],
  ];
  return [
    { ...state, phase: 'registering', heardAtMs: now.getTime() },
    [
      ...lines.map(
        ([command = '', ...params]): IrcEffect => ({ type: 'send', message: { command, params }, act: 'sign-on' }),
      ),
      { type: 'set-timer', timer: 'registration', ms: REGISTRATION_MS },
    ],
  ];
}

function stepFrame(state: IrcState, message: IrcMessage, line: Uint8Array): IrcStep {
  const emit: IrcEffect = { type: 'emit', event: { type: 'message', message, line } };
  if (message.command === 'PING') {
    const params = message.params.slice(0, 1).map((token) => token.slice(0, MAX_PING_TOKEN));
    return [state, [{ type: 'send', message: { command: 'PONG', params }, act: 'keep-alive' }]];
  }
  if (BANS.includes(message.command)) return [{ ...state, banned: true }, [emit]];
  if (message.command === 'ERROR') {
    const [next, effects] = closeByError(state, message.params[0] ?? '');
    return [next, [emit, ...effects]];
  }
  if (state.phase === 'online') return stepOnline(state, message, emit);
  if (state.phase === 'greeting') return stepGreeting(state, message, emit);
  return stepRegistering(state, message);
}

function closeByError(state: IrcState, text: string): IrcStep {
  if (state.banned || BAN_WORDS.test(text)) {
    return close(state, 'DECOY_BANNED', 'the server banned the nick or this address; ask its operators');
  }
  if (state.phase === 'registering' && PASSWORD_WORDS.test(text)) return refusePassword(state);
  return close(state, 'WIRE_CLOSED', 'the server ended the session');
}

const refusePassword = (state: IrcState): IrcStep =>
  close(state, 'DECOY_LOGIN_REFUSED', 'the server refused its password; check "serverPassword"');

function stepRegistering(state: IrcState, message: IrcMessage): IrcStep {
  switch (message.command) {
    case '001':
      return welcome(state, message);
    case '432':
      return close(state, 'CONFIG_INVALID', 'the server does not take this nick; choose another "address"');
    case '433':
    case '436':
    case '437':
      return close(state, 'DECOY_CONFLICT', 'the nick is in use by someone else');
    case '464':
      return refusePassword(state);
    default:
      return stepCapabilities(state, message) ?? [state, []];
  }
}

function welcome(state: IrcState, message: IrcMessage): IrcStep {
  if (foldName(message.params[0] ?? '') !== foldName(state.config.nick)) {
    return close(state, 'DECOY_UNSUPPORTED', 'the server changed the nick, perhaps because it is too long for it');
  }
  if (state.config.sasl !== undefined && !state.signedIn) {
    return close(state, 'DECOY_UNSUPPORTED', 'the server signed the nick on without its account');
  }
  return [{ ...state, phase: 'greeting', ...(message.source === undefined ? {} : { server: message.source }) }, []];
}

function stepGreeting(state: IrcState, message: IrcMessage, emit: IrcEffect): IrcStep {
  // 376 RPL_ENDOFMOTD, 422 ERR_NOMOTD: the end of the sign-on on every server.
  if (message.command === '376' || message.command === '422') {
    return [
      { ...state, phase: 'online' },
      [
        { type: 'emit', event: { type: 'online', server: state.server ?? '' } },
        { type: 'set-timer', timer: 'idle', ms: IDLE_MS },
        ...joins(state.config.channels),
      ],
    ];
  }
  // The server's own notices belong to the sign-on; people may write already.
  return [state, message.source?.includes('!') === true ? [emit] : []];
}

function joins(channels: readonly string[]): readonly IrcEffect[] {
  const lines: string[] = [];
  for (const channel of channels) {
    const last = lines.at(-1);
    const joined = last === undefined ? channel : `${last},${channel}`;
    if (last === undefined || Buffer.byteLength(joined) > MAX_JOIN_BYTES) lines.push(channel);
    else lines[lines.length - 1] = joined;
  }
  return lines.map((list) => ({
    type: 'send',
    message: { command: 'JOIN', params: [list] },
    act: 'join-own-channel',
  }));
}

function stepOnline(state: IrcState, message: IrcMessage, emit: IrcEffect): IrcStep {
  const own = foldName(state.config.nick);
  if (message.command === 'NICK' && foldName(parseSource(message.source ?? '').nick) === own) {
    if (foldName(message.params[0] ?? '') === own) return [state, []];
    return close(state, 'DECOY_CONFLICT', 'the server took the nick away');
  }
  if (message.command === 'KILL' && foldName(message.params[0] ?? '') === own) {
    const [next, effects] = close(state, 'WIRE_CLOSED', 'an operator of the server ended the session');
    return [next, [emit, ...effects]];
  }
  if (JOIN_REFUSALS.includes(message.command)) {
    const channel = message.params[1] ?? '';
    return [state, [{ type: 'emit', event: { type: 'trouble', code: message.command, channel } }]];
  }
  return [state, /^\d/.test(message.command) ? [] : [emit]];
}

function stepRegistrationTimer(state: IrcState): IrcStep {
  if (state.phase === 'online') return [state, []];
  return close(state, 'LINK_TIMEOUT', `the server did not finish the sign-on within ${REGISTRATION_MS / 1000} seconds`);
}

function stepIdleTimer(state: IrcState, now: Date): IrcStep {
  if (state.pinged) return close(state, 'LINK_TIMEOUT', 'the server no longer answers');
  const leftMs = state.heardAtMs + IDLE_MS - now.getTime();
  if (leftMs > 0) return [state, [{ type: 'set-timer', timer: 'idle', ms: leftMs }]];
  const ping: IrcEffect = {
    type: 'send',
    message: { command: 'PING', params: [(state.server ?? state.config.nick).slice(0, MAX_PING_TOKEN)] },
    act: 'keep-alive',
  };
  return [{ ...state, pinged: true }, [ping, { type: 'set-timer', timer: 'idle', ms: PONG_MS }]];
}

function close(state: IrcState, code: ErrorCode, sentence: string): IrcStep {
  const error = new SundewError(code, `IRC nick ${state.config.nick}: ${sentence}`);
  return [{ ...state, phase: 'closed' }, [{ type: 'close', error }]];
}
