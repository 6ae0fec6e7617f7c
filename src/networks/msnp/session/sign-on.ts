// Signing on: VER, CVR, then INF and MD5 (dialect 7) or the ticket of a log-in server (8 to 12), SYN, CHG.
import { answerSalt } from '../wire/challenge.ts';
import type { MsnpFrame } from '../wire/frame.ts';
import { close, type NotificationState, type NotificationStep, request } from './notification-state.ts';
import { parseHost } from './ring.ts';

/** Locale, system, version, architecture, client, its version, brand. */
const CLIENT = ['0x0409', 'winnt', '5.1', 'i386', 'MSNMSGR', '7.0.0777', 'MSMSGS'] as const;
const MAX_POLICY = 2000;
const MAX_SALT = 200;
/** 911, 917 authentication; 201, 205, 208 names that are none. */
const REFUSALS = ['911', '917', '201', '205', '208', '928'];

/** The first request. */
export function startSignOn(state: NotificationState): NotificationStep {
  return request({ ...state, phase: 'signing-on' }, 'sign-on', 'VER', [`MSNP${state.account.dialect}`, 'CVR0']);
}

/** The log-in server's ticket came. */
export function takeTicket(state: NotificationState, ticket: string): NotificationStep {
  if (state.phase !== 'ticket') return [state, []];
  return request({ ...state, phase: 'signing-on' }, 'sign-on', 'USR', ['TWN', 'S', ticket]);
}

/** Answers of the sign-on. Whatever else comes meanwhile changes nothing. */
export function stepSignOn(state: NotificationState, frame: MsnpFrame): NotificationStep {
  const { address, dialect } = state.account;
  switch (frame.command) {
    case 'VER':
      if (frame.args[1] === `MSNP${dialect}`) return request(state, 'sign-on', 'CVR', [...CLIENT, address]);
      return close(state, 'DECOY_UNSUPPORTED', `the server does not speak MSNP${dialect}; choose another "dialect"`);
    case 'CVR':
      return dialect < 8
        ? request(state, 'sign-on', 'INF', [])
        : request(state, 'sign-on', 'USR', ['TWN', 'I', address]);
    case 'INF':
      if (frame.args[1] !== 'MD5' || dialect >= 8) return unsupported(state);
      return request(state, 'sign-on', 'USR', ['MD5', 'I', address]);
    case 'USR':
      return stepUser(state, frame);
    case 'XFR':
      return redirect(state, frame);
    default:
      return /^\d{3}$/.test(frame.command) ? refuse(state, frame.command) : [state, []];
  }
}

function stepUser(state: NotificationState, frame: MsnpFrame): NotificationStep {
  const [, kind = '', stage = '', challenge = ''] = frame.args;
  const { dialect, password } = state.account;
  if (kind === 'OK') return synchronise(state);
  if (kind === 'MD5' && stage === 'S' && dialect < 8) {
    return request(state, 'sign-on', 'USR', ['MD5', 'S', answerSalt(challenge.slice(0, MAX_SALT), password)]);
  }
  if (kind === 'TWN' && stage === 'S' && dialect >= 8 && challenge.length <= MAX_POLICY) {
    return [{ ...state, phase: 'ticket' }, [{ type: 'emit', event: { type: 'ticket-wanted', policy: challenge } }]];
  }
  return unsupported(state);
}

function synchronise(state: NotificationState): NotificationStep {
  const zeros = state.account.dialect >= 10 ? [0, 0] : [0];
  return request({ ...state, phase: 'synchronising' }, 'sign-on', 'SYN', zeros);
}

/** `CHG` makes the decoy visible: without it nobody can ring it. */
export function announce(state: NotificationState): NotificationStep {
  const { dialect, clientId } = state.account;
  return request(state, 'presence', 'CHG', dialect < 8 ? ['NLN'] : ['NLN', clientId]);
}

function redirect(state: NotificationState, frame: MsnpFrame): NotificationStep {
  const to = parseHost(frame.args[2] ?? '');
  if (frame.args[1] !== 'NS' || to === undefined) return [state, []];
  const [next, effects] = close(state, 'WIRE_CLOSED', 'the server sent it to another server');
  return [next, [{ type: 'emit', event: { type: 'redirect', ...to } }, ...effects]];
}

const unsupported = (state: NotificationState): NotificationStep =>
  close(state, 'DECOY_UNSUPPORTED', 'the server asks for another way to sign on; choose another "dialect"');

/** Errors while signing on. */
export function refuse(state: NotificationState, code: string): NotificationStep {
  if (REFUSALS.includes(code)) {
    return close(state, 'DECOY_LOGIN_REFUSED', `the server refused the name or password (error ${code})`);
  }
  if (code === '207') return close(state, 'DECOY_CONFLICT', 'the account is signed on already');
  if (code === '502') return close(state, 'DECOY_UNSUPPORTED', 'the server has switched this dialect off (error 502)');
  return close(state, 'WIRE_CLOSED', `the server cannot sign it on now (error ${code})`);
}
