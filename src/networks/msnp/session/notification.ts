// The notification-server session as data and one pure step. It says what the server asks of every client; the only
// requests beyond that are the visibility of the decoy, privacy `BLP AL`, and a notifier's switchboards.
//   new → signing-on ⇄ ticket → synchronising → online → closed
import { unreachable } from '../../../core/error.ts';
import type { Intent } from '../../../core/link.ts';
import { answerChallenge, PRODUCT_11, PRODUCT_OLD } from '../wire/challenge.ts';
import { encodeFrame, type MsnpFrame } from '../wire/frame.ts';
import { acceptContact } from './contact.ts';
import { close, type NotificationState, type NotificationStep, request } from './notification-state.ts';
import { isToken, parseHost, readRing } from './ring.ts';
import { announce, refuse, startSignOn, stepSignOn, takeTicket } from './sign-on.ts';
import { IDLE_MS, type MsnpAccount, type MsnpEffect, type MsnpInput, PONG_MS, SIGN_ON_MS } from './types.ts';

const MAX_CHALLENGE = 128;

export function startNotification(account: MsnpAccount): NotificationState {
  return { phase: 'new', account, transaction: 0, heardAtMs: 0, pinged: false };
}

/** One step. Pure; what is illegal in a phase changes nothing. */
export function stepNotification(state: NotificationState, input: MsnpInput, now: Date): NotificationStep {
  if (state.phase === 'closed') return [state, []];
  switch (input.type) {
    case 'connected':
      return connect(state, now);
    case 'frame':
      return stepFrame({ ...state, heardAtMs: now.getTime(), pinged: false }, input.frame);
    case 'timer':
      return input.timer === 'sign-on' ? stepSignOnTimer(state) : stepIdleTimer(state, now);
    case 'ticket':
      return takeTicket(state, input.ticket);
    case 'open-switchboard':
      return openSwitchboard(state, input.intent);
    case 'accept-contact':
      return acceptContact(state, input);
    case 'closed':
      return close(state, 'WIRE_CLOSED', 'the server closed the connection');
    case 'stored':
    case 'say':
      return [state, []];
    default:
      return unreachable(input);
  }
}

function connect(state: NotificationState, now: Date): NotificationStep {
  if (state.phase !== 'new') return [state, []];
  const [next, effects] = startSignOn({ ...state, heardAtMs: now.getTime() });
  return [next, [...effects, { type: 'set-timer', timer: 'sign-on', ms: SIGN_ON_MS }]];
}

function stepFrame(state: NotificationState, frame: MsnpFrame): NotificationStep {
  if (frame.command === 'OUT') return signOut(state, frame);
  if (frame.command === 'CHL') return answer(state, frame);
  switch (state.phase) {
    case 'signing-on':
      return stepSignOn(state, frame);
    case 'synchronising':
      return stepSynchronising(state, frame);
    case 'online':
      return stepOnline(state, frame);
    default:
      return [state, []];
  }
}

function stepSynchronising(state: NotificationState, frame: MsnpFrame): NotificationStep {
  if (frame.command === 'SYN') return announce(state);
  if (/^\d{3}$/.test(frame.command) && frame.command !== '218') return refuse(state, frame.command);
  if (frame.command !== 'CHG') return withEmit(openToAll(state, frame), frame);
  const effects: MsnpEffect[] = [
    { type: 'emit', event: { type: 'online' } },
    { type: 'set-timer', timer: 'idle', ms: IDLE_MS },
  ];
  return [{ ...state, phase: 'online' }, effects];
}

function stepOnline(state: NotificationState, frame: MsnpFrame): NotificationStep {
  switch (frame.command) {
    case 'RNG': {
      const ring = readRing(frame);
      const event =
        ring === undefined
          ? ({ type: 'malformed', reason: 'RNG without session, address or inviter', bytes: frame.bytes } as const)
          : ({ type: 'ring', ring, frame } as const);
      return [state, [{ type: 'emit', event }]];
    }
    case 'XFR': {
      const to = parseHost(frame.args[2] ?? '');
      const cookie = frame.args[4] ?? '';
      if (frame.args[1] !== 'SB' || to === undefined || !isToken(cookie)) return [state, []];
      return [state, [{ type: 'emit', event: { type: 'switchboard', ...to, cookie } }]];
    }
    case '540':
      return close(state, 'DECOY_UNSUPPORTED', 'the server did not take the answer to its challenge (error 540)');
    case 'QNG':
    case 'QRY':
    case 'CHG':
      return [state, []];
    default:
      break;
  }
  if (/^\d{3}$/.test(frame.command)) {
    const transaction = Number(frame.args[0] ?? 0) || 0;
    return [state, [{ type: 'emit', event: { type: 'refused', transaction, code: frame.command } }]];
  }
  return withEmit(openToAll(state, frame), frame);
}

/** With `BLP BL` strangers' messages would vanish before they come. */
function openToAll(state: NotificationState, frame: MsnpFrame): NotificationStep {
  if (frame.command !== 'BLP' || frame.args.at(-1) !== 'BL') return [state, []];
  return request(state, 'presence', 'BLP', ['AL']);
}

function withEmit([state, effects]: NotificationStep, frame: MsnpFrame): NotificationStep {
  return [state, [{ type: 'emit', event: { type: 'frame', frame } }, ...effects]];
}

function answer(state: NotificationState, frame: MsnpFrame): NotificationStep {
  const { dialect } = state.account;
  const product = dialect < 11 ? PRODUCT_OLD : PRODUCT_11;
  const challenge = (frame.args[1] ?? '').slice(0, MAX_CHALLENGE);
  const payload = Buffer.from(answerChallenge(challenge, product, dialect), 'latin1');
  return request(state, 'keep-alive', 'QRY', [product.id], payload);
}

function signOut(state: NotificationState, frame: MsnpFrame): NotificationStep {
  const [next, effects] =
    frame.args[0] === 'OTH'
      ? close(
          state,
          'DECOY_CONFLICT',
          'the account signed on elsewhere; if that was nobody of yours, change its password',
        )
      : close(state, 'WIRE_CLOSED', 'the server ended the session');
  return [next, [{ type: 'emit', event: { type: 'frame', frame } }, ...effects]];
}

function openSwitchboard(state: NotificationState, intent: Intent): NotificationStep {
  if (state.phase !== 'online') return [state, []];
  const transaction = state.transaction + 1;
  const frame = encodeFrame('XFR', [transaction, 'SB']);
  return [{ ...state, transaction }, [{ type: 'send', frame, intent }]];
}

function stepSignOnTimer(state: NotificationState): NotificationStep {
  if (state.phase === 'online') return [state, []];
  return close(state, 'LINK_TIMEOUT', `the server did not finish the sign-on within ${SIGN_ON_MS / 1000} seconds`);
}

function stepIdleTimer(state: NotificationState, now: Date): NotificationStep {
  if (state.pinged) return close(state, 'LINK_TIMEOUT', 'the server no longer answers');
  const leftMs = state.heardAtMs + IDLE_MS - now.getTime();
  if (leftMs > 0) return [state, [{ type: 'set-timer', timer: 'idle', ms: leftMs }]];
  const ping: MsnpEffect = { type: 'send', frame: encodeFrame('PNG', []), intent: { act: 'keep-alive' } };
  return [{ ...state, pinged: true }, [ping, { type: 'set-timer', timer: 'idle', ms: PONG_MS }]];
}
