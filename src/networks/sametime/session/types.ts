// What goes into the Sametime client machine and what comes out of it.
import type { CaptureDraft, CaptureId } from '../../../core/capture.ts';
import type { SundewError } from '../../../core/error.ts';
import type { GateRole, Intent } from '../../../core/link.ts';
import type { KeyPair } from '../wire/diffie-hellman.ts';

export interface SametimeSessionConfig {
  /** A decoy names the peer and the cause of what it accepts; a notifier takes whatever channel is opened to it. */
  readonly role: GateRole;
  readonly userId: string;
  readonly password: string;
  /** The client to be taken for (docs/networks/sametime.md). */
  readonly clientType: number;
  readonly hostName: string;
  /** For captures of what the server itself does. */
  readonly server: string;
  /** Whether a password may go in a form that whoever listens can read: RC2-40, when the server sends no key. */
  readonly weakLogin: boolean;
  /** Hosts that a redirect may lead to; empty when no more are followed. */
  readonly redirectHosts: readonly string[];
  /** Random: for the Diffie-Hellman exchanges of one session, and for a login by RC2-40. */
  readonly keys: KeyPair;
  readonly rc2Key: Uint8Array;
}

/** An IM to be sent by a notifier. */
export interface Delivery {
  readonly key: number;
  readonly to: string;
  readonly body: string;
  readonly intent: Intent;
}

/** Milliseconds. */
export const SIGN_ON_MS = 60_000;
export const KEEP_ALIVE_MS = 30_000;
/** How long the receiver of an IM has to accept it. */
export const ACCEPT_MS = 20_000;
/** How long a channel stays open behind its message: clients lose what is destroyed at once. */
export const LINGER_MS = 500;

export type SametimeTimer = 'sign-on' | 'keep-alive' | `delivery ${number}`;

export type SametimeInput =
  | { readonly type: 'connected' }
  /** One whole frame. */
  | { readonly type: 'frame'; readonly frame: Uint8Array }
  | { readonly type: 'timer'; readonly timer: SametimeTimer }
  | { readonly type: 'stored'; readonly token: string; readonly capture: CaptureId }
  /** The gate did not allow the frame of this token. */
  | { readonly type: 'denied'; readonly token: string; readonly reason: string }
  | { readonly type: 'deliver'; readonly delivery: Delivery }
  | { readonly type: 'sign-off' }
  | { readonly type: 'closed' };

export type SametimeEffect =
  | { readonly type: 'send'; readonly frame: Uint8Array; readonly intent: Intent; readonly token?: string }
  /** A capture with the exact frames; with a token, `stored` is to follow. */
  | { readonly type: 'emit'; readonly draft: CaptureDraft; readonly raw: Uint8Array; readonly token?: string }
  | { readonly type: 'set-timer'; readonly timer: SametimeTimer; readonly ms: number }
  | { readonly type: 'online' }
  | { readonly type: 'delivered'; readonly key: number; readonly error?: SundewError }
  /** Sign on at another host instead. */
  | { readonly type: 'redirect'; readonly host: string }
  | { readonly type: 'close'; readonly error?: SundewError };

export type SametimeEffects = readonly SametimeEffect[];
