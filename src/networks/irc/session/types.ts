// What goes into the IRC client machine and what comes out of it.
import type { CaptureId } from '../../../core/capture.ts';
import type { SundewError } from '../../../core/error.ts';
import type { Act } from '../../../core/link.ts';
import type { IrcMessage, OutboundMessage } from '../wire/message.ts';

export interface IrcSessionConfig {
  readonly nick: string;
  readonly username: string;
  readonly realname: string;
  /** Both only where the link may carry secrets (I-24): the client sees to that. */
  readonly serverPassword?: string | undefined;
  readonly sasl?: { readonly account: string; readonly password: string } | undefined;
  readonly channels: readonly string[];
}

export const IRC_PHASES = ['new', 'registering', 'greeting', 'online', 'closed'] as const;
export type IrcPhase = (typeof IRC_PHASES)[number];

/** Milliseconds. */
export const REGISTRATION_MS = 60_000;
export const IDLE_MS = 90_000;
export const PONG_MS = 30_000;

export type IrcTimer = 'registration' | 'idle';

export interface IrcState {
  readonly phase: IrcPhase;
  readonly config: IrcSessionConfig;
  /** The server's own name, from 001. */
  readonly server?: string;
  /** Capabilities of an unfinished CAP LS, with their values. */
  readonly offered: ReadonlyMap<string, string>;
  readonly signedIn: boolean;
  /** 463, 465 or 466 came: the ERROR that follows is a ban. */
  readonly banned: boolean;
  readonly heardAtMs: number;
  /** Our own PING is unanswered. */
  readonly pinged: boolean;
}

export type IrcInput =
  | { readonly type: 'connected' }
  /** A message with the exact line it came from. */
  | { readonly type: 'frame'; readonly message: IrcMessage; readonly line: Uint8Array }
  | { readonly type: 'timer'; readonly timer: IrcTimer }
  /** IRC acknowledges nothing, so this changes nothing; every network has it. */
  | { readonly type: 'stored'; readonly capture: CaptureId }
  | { readonly type: 'closed' };

export type IrcEvent =
  | { readonly type: 'online'; readonly server: string }
  | { readonly type: 'message'; readonly message: IrcMessage; readonly line: Uint8Array }
  /** A line that is no message. */
  | { readonly type: 'malformed'; readonly reason: string; readonly line: Uint8Array }
  /** For the operator's log: a channel that could not be joined. */
  | { readonly type: 'trouble'; readonly code: string; readonly channel: string };

export type IrcEffect =
  | { readonly type: 'send'; readonly message: OutboundMessage; readonly act: Act }
  | { readonly type: 'emit'; readonly event: IrcEvent }
  | { readonly type: 'set-timer'; readonly timer: IrcTimer; readonly ms: number }
  | { readonly type: 'close'; readonly error: SundewError };

export type IrcStep = readonly [IrcState, readonly IrcEffect[]];
