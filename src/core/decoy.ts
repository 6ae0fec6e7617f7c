// What a network's decoy is and what it is handed (STYLE 7). Identity is bound by the context, not by the peer's claims.
import type { CaptureDraft, CaptureId, CaptureKind } from './capture.ts';
import type { Clock, Log, Random } from './clock.ts';
import type { Keepsake } from './keepsake.ts';
import type { Endpoint, Link } from './link.ts';
import type { Network } from './network.ts';

/** What a network's decoy can capture and do, as documented flags instead of `if (network === …)`. */
export interface Abilities {
  readonly kinds: readonly CaptureKind[];
  /** One connection hosts many addresses. */
  readonly manyAddresses: boolean;
  /** The network delivers what came while the decoy was away. */
  readonly offlineMessages: boolean;
  readonly startTls: boolean;
}

export type DecoyState = 'connecting' | 'online' | 'offline';

export interface DecoyContext {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Opens a link through the gate. @throws SundewError LINK_REFUSED, LINK_TIMEOUT, LINK_UNVERIFIED */
  dial(endpoint: Endpoint, signal: AbortSignal): Promise<Link>;
  /** Stores a capture with the exact bytes it came from; resolves once it is durable. Call it in order of arrival. */
  capture(draft: CaptureDraft, raw: Uint8Array): Promise<CaptureId>;
  state(state: DecoyState): void;
  /** What outlives a restart; without it nothing does. */
  readonly keepsake?: Keepsake | undefined;
}

export interface Decoy {
  readonly network: Network;
  /** The address, as peers see it. */
  readonly address: string;
  readonly abilities: Abilities;
  /**
   * One connection: dials, signs on, captures until closed. Resolves when the signal asks it to sign off.
   * The supervisor calls it again after a back-off unless the error is fatal (`FATAL_DECOY_ERRORS`).
   * @throws SundewError LINK_*, WIRE_*, DECOY_*
   */
  run(context: DecoyContext, signal: AbortSignal): Promise<void>;
}

/** Codes after which a decoy stops and the operator is told; everything else is tried again. */
export const FATAL_DECOY_ERRORS = [
  'DECOY_LOGIN_REFUSED',
  'DECOY_BANNED',
  'DECOY_UNSUPPORTED',
  'LINK_UNVERIFIED',
  'CONFIG_INVALID',
] as const;
