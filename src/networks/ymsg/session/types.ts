// What goes into the YMSG client machine and what comes out of it.
import type { CaptureId } from '../../../core/capture.ts';
import type { SundewError } from '../../../core/error.ts';
import type { Act } from '../../../core/link.ts';
import type { PasswordHashes } from '../wire/challenge.ts';
import type { OutboundPacket, Packet } from '../wire/packet.ts';
import type { TokenLogin } from '../wire/token-login.ts';

/** The versions that sign on: 9 and 10 by a challenge, 15 and 16 by a token of a log-in server. */
export const YMSG_VERSIONS = [9, 10, 15, 16] as const;
export type YmsgVersion = (typeof YMSG_VERSIONS)[number];

/** Whether a version takes a token from a log-in server first. */
export const isTokenVersion = (version: YmsgVersion): boolean => version >= 15;

/** What a server gives at a sign-on and wants to see again at the next (59, twice): the values of Y and T. */
export interface Cookies {
  readonly y: string;
  readonly t: string;
}

export interface YmsgSessionConfig {
  /** The id, in lower case. */
  readonly user: string;
  readonly hashes: PasswordHashes;
  readonly version: YmsgVersion;
  readonly cookies?: Cookies | undefined;
}

export const YMSG_PHASES = ['new', 'greeting', 'challenged', 'proving', 'answering', 'online', 'closed'] as const;
export type YmsgPhase = (typeof YMSG_PHASES)[number];

/** Milliseconds. */
export const SIGN_ON_MS = 60_000;
export const KEEP_ALIVE_MS = 60_000;
/** Silence after which the server is gone: it answers each keep-alive. */
export const SILENCE_MS = 200_000;
/** How long a packet may take to become whole. */
export const PACKET_MS = 20_000;

export type YmsgTimer = 'sign-on' | 'keep-alive' | 'packet';

export interface YmsgState {
  readonly phase: YmsgPhase;
  readonly config: YmsgSessionConfig;
  /** The server's number for this session, once it gave one. */
  readonly session: number;
  /** Of a token login that is under way. */
  readonly challenge: string;
  readonly cookies: Cookies | undefined;
  readonly heardAtMs: number;
  /** The server answers keep-alives, so that its silence says something. */
  readonly answers: boolean;
  /** Part of a packet waits for its rest. */
  readonly partial: boolean;
}

export type YmsgInput =
  | { readonly type: 'connected' }
  | { readonly type: 'frame'; readonly packet: Packet }
  /** Whether part of a packet waits, told after each chunk. */
  | { readonly type: 'partial'; readonly waiting: boolean }
  /** The stream does not go on with a packet; these bytes came instead. */
  | { readonly type: 'lost'; readonly bytes: Uint8Array }
  | { readonly type: 'timer'; readonly timer: YmsgTimer }
  /** The log-in server's word, after `token-wanted`. */
  | { readonly type: 'token'; readonly login: TokenLogin }
  /** Nothing is acknowledged, so this changes nothing; every network has it. */
  | { readonly type: 'stored'; readonly capture: CaptureId }
  | { readonly type: 'closed' };

/** What the session's owner hears of. */
export type YmsgNews =
  | { readonly type: 'online'; readonly cookies: Cookies | undefined }
  | { readonly type: 'packet'; readonly packet: Packet }
  /** The server answered a keep-alive, and so has read what was sent before it. */
  | { readonly type: 'alive' }
  | { readonly type: 'malformed'; readonly reason: string; readonly bytes: Uint8Array };

export type YmsgEvent =
  | YmsgNews
  /** Something is to be fetched from the log-in server for this challenge. */
  | { readonly type: 'token-wanted'; readonly challenge: string };

export type YmsgEffect =
  | { readonly type: 'send'; readonly packet: OutboundPacket; readonly act: Act }
  | { readonly type: 'emit'; readonly event: YmsgEvent }
  | { readonly type: 'set-timer'; readonly timer: YmsgTimer; readonly ms: number }
  | { readonly type: 'clear-timer'; readonly timer: YmsgTimer }
  | { readonly type: 'close'; readonly error: SundewError };

export type YmsgStep = readonly [YmsgState, readonly YmsgEffect[]];
