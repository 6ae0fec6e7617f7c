// The state of a notification-server session and the little steps that all of its phases share.
import { type ErrorCode, SundewError } from '../../../core/error.ts';
import type { Act } from '../../../core/link.ts';
import { encodeFrame } from '../wire/frame.ts';
import type { MsnpAccount, MsnpEffect } from './types.ts';

export const NOTIFICATION_PHASES = ['new', 'signing-on', 'ticket', 'synchronising', 'online', 'closed'] as const;
export type NotificationPhase = (typeof NOTIFICATION_PHASES)[number];

export interface NotificationState {
  readonly phase: NotificationPhase;
  readonly account: MsnpAccount;
  /** Of the last request. */
  readonly transaction: number;
  readonly heardAtMs: number;
  /** Our own PNG is unanswered. */
  readonly pinged: boolean;
}

export type NotificationStep = readonly [NotificationState, readonly MsnpEffect[]];

/** Sends a request with the next transaction number. */
export function request(
  state: NotificationState,
  act: Act,
  command: string,
  args: readonly (string | number)[],
  payload?: Uint8Array,
): NotificationStep {
  const transaction = state.transaction + 1;
  const frame = encodeFrame(command, [transaction, ...args], payload);
  return [{ ...state, transaction }, [{ type: 'send', frame, intent: { act } }]];
}

/** Ends the session with an error of the catalogue. */
export function close(state: NotificationState, code: ErrorCode, sentence: string): NotificationStep {
  const error = new SundewError(code, `MSN account ${state.account.address}: ${sentence}`);
  return [{ ...state, phase: 'closed' }, [{ type: 'close', error }]];
}
