// A switchboard session as data and one pure step: a decoy answers a ring and listens; a notifier calls a peer and writes.
//   new → entering → (calling) → inside → closed
import { SundewError, unreachable } from '../../../core/error.ts';
import type { Intent } from '../../../core/link.ts';
import { encodeFrame, type MsnpFrame } from '../wire/frame.ts';
import { bareAddress } from './ring.ts';
import { type MsnpEffect, type MsnpInput, type Ring, SWITCHBOARD_IDLE_MS, SWITCHBOARD_SIGN_ON_MS } from './types.ts';

const MAX_ROSTER = 64;

export type SwitchboardRole =
  | { readonly type: 'answer'; readonly ring: Ring; readonly intent: Intent }
  | { readonly type: 'call'; readonly peer: string; readonly cookie: string; readonly intent: Intent };

export interface SwitchboardState {
  readonly phase: 'new' | 'entering' | 'inside' | 'closed';
  readonly own: string;
  readonly role: SwitchboardRole;
  readonly transaction: number;
  /** Addresses of all others, in order of arrival. */
  readonly roster: readonly string[];
  readonly heardAtMs: number;
}

type SwitchboardStep = readonly [SwitchboardState, readonly MsnpEffect[]];

export function startSwitchboard(own: string, role: SwitchboardRole): SwitchboardState {
  return { phase: 'new', own, role, transaction: 0, roster: [], heardAtMs: 0 };
}

/** One step. Pure; nothing that comes from a peer makes it send: what answers one is asked for by `say`. */
export function stepSwitchboard(state: SwitchboardState, input: MsnpInput, now: Date): SwitchboardStep {
  if (state.phase === 'closed') return [state, []];
  switch (input.type) {
    case 'connected':
      return enter({ ...state, heardAtMs: now.getTime() });
    case 'frame':
      return stepFrame({ ...state, heardAtMs: now.getTime() }, input.frame);
    case 'say':
      return say(state, input);
    case 'timer':
      return input.timer === 'sign-on' ? stepSignOnTimer(state) : stepIdleTimer(state, now);
    case 'closed':
      return state.phase === 'inside' ? end(state) : fail(state, 'it closed the connection');
    case 'stored':
    case 'ticket':
    case 'open-switchboard':
    case 'accept-contact':
      return [state, []];
    default:
      return unreachable(input);
  }
}

function enter(state: SwitchboardState): SwitchboardStep {
  if (state.phase !== 'new') return [state, []];
  const { own, role } = state;
  const frame =
    role.type === 'answer'
      ? encodeFrame('ANS', [1, own, role.ring.cookie, role.ring.session])
      : encodeFrame('USR', [1, own, role.cookie]);
  const intent: Intent = role.type === 'answer' ? role.intent : { act: 'sign-on' };
  return [
    { ...state, phase: 'entering', transaction: 1 },
    [
      { type: 'send', frame, intent },
      { type: 'set-timer', timer: 'sign-on', ms: SWITCHBOARD_SIGN_ON_MS },
    ],
  ];
}

function stepFrame(state: SwitchboardState, frame: MsnpFrame): SwitchboardStep {
  switch (frame.command) {
    case 'USR':
      return state.role.type === 'call' && state.phase === 'entering' ? call(state, state.role) : [state, []];
    case 'ANS':
      return state.phase === 'entering' ? settle({ ...state, phase: 'inside' }) : [state, []];
    case 'IRO':
      return join(state, frame, frame.args[3] ?? '', Number(frame.args[2] ?? 1) > 1);
    case 'JOI':
      return join(state, frame, frame.args[0] ?? '', state.role.type === 'answer');
    case 'BYE':
      return leave(state, frame.args[0] ?? '');
    case 'MSG':
      return [state, [{ type: 'emit', event: { type: 'frame', frame } }]];
    case 'ACK':
    case 'NAK': {
      const transaction = Number(frame.args[0] ?? 0) || 0;
      return [state, [{ type: 'emit', event: { type: 'said', transaction, taken: frame.command === 'ACK' } }]];
    }
    case 'OUT':
      return end(state);
    default:
      return /^\d{3}$/.test(frame.command) ? stepError(state, frame) : [state, []];
  }
}

function stepError(state: SwitchboardState, frame: MsnpFrame): SwitchboardStep {
  if (state.phase === 'entering' && state.transaction < 2) return fail(state, `it refused (error ${frame.command})`);
  const transaction = Number(frame.args[0] ?? 0) || 0;
  return [state, [{ type: 'emit', event: { type: 'refused', transaction, code: frame.command } }]];
}

function call(state: SwitchboardState, role: SwitchboardRole & { readonly type: 'call' }): SwitchboardStep {
  const frame = encodeFrame('CAL', [2, role.peer]);
  return [{ ...state, transaction: 2 }, [{ type: 'send', frame, intent: role.intent }]];
}

const settle = (state: SwitchboardState): SwitchboardStep => [
  state,
  [{ type: 'set-timer', timer: 'idle', ms: SWITCHBOARD_IDLE_MS }],
];

function join(state: SwitchboardState, frame: MsnpFrame, name: string, late: boolean): SwitchboardStep {
  const address = bareAddress(name);
  const known = state.roster.some((other) => other.toLowerCase() === address.toLowerCase());
  if (address === '' || known || state.roster.length >= MAX_ROSTER) return [state, []];
  const joined: SwitchboardState = { ...state, roster: [...state.roster, address] };
  const event: MsnpEffect = { type: 'emit', event: { type: 'joined', address, late, frame } };
  if (state.role.type !== 'call' || state.phase === 'inside') return [joined, [event]];
  const [inside, effects] = settle({ ...joined, phase: 'inside' });
  return [inside, [event, ...effects]];
}

function leave(state: SwitchboardState, name: string): SwitchboardStep {
  const address = bareAddress(name).toLowerCase();
  const roster = state.roster.filter((other) => other.toLowerCase() !== address);
  const alone = roster.length === 0 && state.phase === 'inside';
  return alone ? signOff({ ...state, roster }) : [{ ...state, roster }, []];
}

/** Only to one peer, and only the one that the intent names: a switchboard hands a message to all who are on it. */
function say(state: SwitchboardState, input: Extract<MsnpInput, { type: 'say' }>): SwitchboardStep {
  const { payload, wanted, intent, token } = input;
  const [only, ...more] = state.roster;
  const meant = only !== undefined && only.toLowerCase() === intent.peer?.toLowerCase() && more.length === 0;
  if (state.phase !== 'inside' || !meant) return [state, []];
  const transaction = state.transaction + 1;
  const frame = encodeFrame('MSG', [transaction, wanted], payload);
  return [{ ...state, transaction }, [{ type: 'send', frame, intent, ...(token === undefined ? {} : { token }) }]];
}

function stepSignOnTimer(state: SwitchboardState): SwitchboardStep {
  return state.phase === 'inside' ? [state, []] : fail(state, 'it did not let the account in in time');
}

function stepIdleTimer(state: SwitchboardState, now: Date): SwitchboardStep {
  const leftMs = state.heardAtMs + SWITCHBOARD_IDLE_MS - now.getTime();
  return leftMs > 0 ? [state, [{ type: 'set-timer', timer: 'idle', ms: leftMs }]] : signOff(state);
}

function signOff(state: SwitchboardState): SwitchboardStep {
  const [next, effects] = end(state);
  return [next, [{ type: 'send', frame: encodeFrame('OUT', []), intent: { act: 'sign-off' } }, ...effects]];
}

const end = (state: SwitchboardState): SwitchboardStep => [{ ...state, phase: 'closed' }, [{ type: 'close' }]];

function fail(state: SwitchboardState, why: string): SwitchboardStep {
  const error = new SundewError('WIRE_CLOSED', `MSN account ${state.own}: no conversation on the switchboard: ${why}`);
  return [{ ...state, phase: 'closed' }, [{ type: 'close', error }]];
}
