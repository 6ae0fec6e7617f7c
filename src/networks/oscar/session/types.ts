// What goes into the OSCAR machines and what comes out of them.
import type { SundewError } from '../../../core/error.ts';
import type { Act } from '../../../core/link.ts';
import type { FlapFrame } from '../wire/flap.ts';
import type { ClientIdentity } from '../wire/login.ts';
import type { Snac } from '../wire/snac.ts';

export interface OscarAccount {
  readonly address: string;
  readonly password: string;
  readonly login: 'md5' | 'roasted';
  readonly identity: ClientIdentity;
  readonly profile: string;
}

/** Milliseconds. */
export const SIGN_ON_MS = 30_000;
/** As clients of the time did. */
export const KEEP_ALIVE_MS = 60_000;
/** Silence is normal; after this much of it the server is asked something that it must answer. */
export const SILENCE_MS = 10 * 60_000;

export type OscarTimer = 'sign-on' | 'keep-alive';

export type OscarInput =
  | { readonly type: 'connected' }
  /** A frame with the exact bytes it came from. */
  | { readonly type: 'frame'; readonly frame: FlapFrame; readonly bytes: Uint8Array }
  | { readonly type: 'timer'; readonly timer: OscarTimer }
  /** All events up to this serial are durable. */
  | { readonly type: 'stored'; readonly serial: number }
  | { readonly type: 'closed' };

export type OscarEvent =
  /** Go on at this host with this cookie. */
  | { readonly type: 'redirect'; readonly host: string; readonly cookie: Uint8Array }
  | { readonly type: 'online' }
  | {
      readonly type: 'snac';
      readonly snac: Snac;
      readonly sequence: number;
      readonly serial: number;
      readonly bytes: Uint8Array;
    }
  | { readonly type: 'malformed'; readonly reason: string; readonly bytes: Uint8Array }
  /** The server ends the session: channel 4 with its reason, 0 for none. */
  | { readonly type: 'signed-off'; readonly reason: number; readonly bytes: Uint8Array };

export type OscarEffect =
  | { readonly type: 'send'; readonly channel: number; readonly payload: Uint8Array; readonly act: Act }
  | { readonly type: 'emit'; readonly event: OscarEvent }
  | { readonly type: 'set-timer'; readonly timer: OscarTimer; readonly ms: number }
  /** Without an error when the connection has done what it was for. */
  | { readonly type: 'close'; readonly error?: SundewError };

export type Step<State> = (state: State, input: OscarInput, now: Date) => readonly [State, readonly OscarEffect[]];
