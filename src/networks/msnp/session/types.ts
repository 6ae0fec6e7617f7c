// What goes into the two MSNP machines (notification server, switchboard) and what comes out of them.
import type { CaptureId } from '../../../core/capture.ts';
import type { SundewError } from '../../../core/error.ts';
import type { Intent } from '../../../core/link.ts';
import type { MsnpFrame } from '../wire/frame.ts';

/** Dialects with a machine; from 13 on the contact list leaves the wire. */
export const DIALECTS = [7, 8, 9, 10, 11, 12] as const;
export type Dialect = (typeof DIALECTS)[number];

export interface MsnpAccount {
  /** E-mail address. */
  readonly address: string;
  readonly password: string;
  readonly dialect: Dialect;
  /** Capabilities in CHG: 0 draws file offers of the old style, 0x10000000 and up P2P. */
  readonly clientId: number;
}

/** Milliseconds. */
export const SIGN_ON_MS = 60_000;
export const IDLE_MS = 45_000;
export const PONG_MS = 30_000;
export const SWITCHBOARD_SIGN_ON_MS = 30_000;
export const SWITCHBOARD_IDLE_MS = 600_000;

export type MsnpTimer = 'sign-on' | 'idle';

/** `allow`: the allow list. `settle`, `unpend`: from the pending list to the reverse one (MSNP11 and up). */
export type ContactStep = 'allow' | 'settle' | 'unpend';

export type MsnpInput =
  | { readonly type: 'connected' }
  | { readonly type: 'frame'; readonly frame: MsnpFrame }
  | { readonly type: 'timer'; readonly timer: MsnpTimer }
  /** Nothing is owed to either server for a message; offline ones are deleted by the client. */
  | { readonly type: 'stored'; readonly capture: CaptureId }
  | { readonly type: 'closed' }
  /** The log-in server's ticket, after `ticket-wanted`. */
  | { readonly type: 'ticket'; readonly ticket: string }
  /** A notifier wants a switchboard to write to a peer. */
  | { readonly type: 'open-switchboard'; readonly intent: Intent }
  /** A message on a switchboard where its one peer is: a notifier's, or a decoy's inside a transfer. */
  | {
      readonly type: 'say';
      readonly payload: Uint8Array;
      /** Acknowledgement by the server: A yes and no, D as P2P demands it, N only no. */
      readonly wanted: 'A' | 'D' | 'N';
      readonly intent: Intent;
      readonly token?: string;
    }
  /** Lets a peer that added the account see it; a pending one is moved off its list besides. */
  | { readonly type: 'accept-contact'; readonly address: string; readonly step: ContactStep; readonly intent: Intent };

/** An invitation to a switchboard. */
export interface Ring {
  readonly session: string;
  readonly host: string;
  readonly port: number;
  readonly cookie: string;
  readonly inviter: string;
  readonly name: string;
}

export type MsnpEvent =
  | { readonly type: 'online' }
  | { readonly type: 'frame'; readonly frame: MsnpFrame }
  | { readonly type: 'malformed'; readonly reason: string; readonly bytes: Uint8Array }
  | { readonly type: 'ticket-wanted'; readonly policy: string }
  | { readonly type: 'redirect'; readonly host: string; readonly port: number }
  | { readonly type: 'ring'; readonly ring: Ring; readonly frame: MsnpFrame }
  /** Answer to `open-switchboard`, in the order of the requests. */
  | { readonly type: 'switchboard'; readonly host: string; readonly port: number; readonly cookie: string }
  /** An error of the server for a request after sign-on. */
  | { readonly type: 'refused'; readonly transaction: number; readonly code: string }
  /** Someone is on the switchboard. `late`: came after the decoy did, or was not alone. */
  | { readonly type: 'joined'; readonly address: string; readonly late: boolean; readonly frame: MsnpFrame }
  | { readonly type: 'said'; readonly transaction: number; readonly taken: boolean };

export type MsnpEffect =
  /** With a token, the gate's word on it is told. */
  | { readonly type: 'send'; readonly frame: Uint8Array; readonly intent: Intent; readonly token?: string }
  | { readonly type: 'emit'; readonly event: MsnpEvent }
  | { readonly type: 'set-timer'; readonly timer: MsnpTimer; readonly ms: number }
  /** Without an error the end is the ordinary one. */
  | { readonly type: 'close'; readonly error?: SundewError };

/** A machine: pure, and total over its inputs. */
export type Step<State> = (state: State, input: MsnpInput, now: Date) => readonly [State, readonly MsnpEffect[]];
