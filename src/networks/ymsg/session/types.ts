// What goes into the YMSG client machine and what comes out of it.
import type { CaptureId } from '../../../core/capture.ts';
import type { SundewError } from '../../../core/error.ts';
import type { Act } from '../../../core/link.ts';
import type { PasswordHashes } from '../wire/challenge.ts';
import type { OutboundPacket, Packet } from '../wire/packet.ts';

/** The versions whose login a server of today takes. */
export const YMSG_VERSIONS = [9, 10] as const;
export type YmsgVersion = (typeof YMSG_VERSIONS)[number];

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

export const YMSG_PHASES = ['new', 'greeting', 'challenged', 'answering', 'online', 'closed'] as const;
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
  readonly cookies: Cookies | undefined;
  readonly heardAtMs: number;
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
  /** YMSG 9 and 10 acknowledge nothing, so this changes nothing; every network has it. */
  | { readonly type: 'stored'; readonly capture: CaptureId }
  | { readonly type: 'closed' };

export type YmsgEvent =
  | { readonly type: 'online'; readonly cookies: Cookies | undefined }
  | { readonly type: 'packet'; readonly packet: Packet }
  /** The server answered a keep-alive, and so has read what was sent before it. */
  | { readonly type: 'alive' }
  | { readonly type: 'malformed'; readonly reason: string; readonly bytes: Uint8Array };

export type YmsgEffect =
  | { readonly type: 'send'; readonly packet: OutboundPacket; readonly act: Act }
  | { readonly type: 'emit'; readonly event: YmsgEvent }
  | { readonly type: 'set-timer'; readonly timer: YmsgTimer; readonly ms: number }
  | { readonly type: 'clear-timer'; readonly timer: YmsgTimer }
  | { readonly type: 'close'; readonly error: SundewError };

export type YmsgStep = readonly [YmsgState, readonly YmsgEffect[]];
