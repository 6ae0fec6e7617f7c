// A capture is one thing that one peer did to one decoy: the public interchange form, version 1 (docs/captures.md).
import type { Network } from './network.ts';

export const CAPTURE_KINDS = [
  'message',
  'contact-request',
  'contact-change',
  'roster-push',
  'group-invite',
  'file-offer',
  'file',
  'call',
  'typing',
  'nudge',
  'presence',
  'warning',
  'probe',
  'service-notice',
  'backscatter',
  'malformed',
  'search',
  'search-result',
  'transfer-request',
  'connection',
  'report',
  'unknown',
] as const;
export type CaptureKind = (typeof CAPTURE_KINDS)[number];

/** Who vouches for the peer's address. */
export const VERIFIED_BY = ['own-server', 'federated', 'self-asserted'] as const;
export type VerifiedBy = (typeof VERIFIED_BY)[number];

export type CaptureId = string & { readonly __brand: 'CaptureId' };

export interface Peer {
  /** Canonical address on the network: bare JID, nick!user@host, screen name. */
  readonly id: string;
  readonly name?: string;
  /** `host:port` where the network shows one. */
  readonly address?: string;
  readonly client?: string;
  readonly verifiedBy?: VerifiedBy;
}

export interface CapturedFile {
  readonly name?: string;
  /** Bytes as offered; the peer may lie. */
  readonly size?: number;
  readonly type?: string;
  readonly sha256?: string;
}

export interface Capture {
  readonly v: 1;
  readonly id: CaptureId;
  /** The network's own message id. */
  readonly native?: string;
  /** RFC 3339, UTC, ms: receipt at the sensor, which is the event time. */
  readonly at: string;
  /** The network's delay stamp, RFC 3339. */
  readonly sentAt?: string;
  readonly network: Network;
  readonly sensor: string;
  readonly decoy: string;
  readonly peer: Peer;
  readonly kind: CaptureKind;
  readonly conversation?: string;
  readonly text?: string;
  readonly html?: string;
  readonly encrypted?: boolean;
  readonly file?: CapturedFile;
  /** Network specifics and unknown keys of the interchange form. */
  readonly meta: Readonly<Record<string, unknown>>;
  readonly simulated: boolean;
}

/** What a network decoy says of a capture; the context binds the rest (id, time, network, sensor) and wins over it. */
export type CaptureDraft = Omit<Capture, 'v' | 'id' | 'at' | 'network' | 'sensor' | 'decoy' | 'simulated' | 'meta'> & {
  /** Only for hosts of many addresses (XMPP components): which of them was touched. */
  readonly decoy?: string;
  readonly meta?: Readonly<Record<string, unknown>>;
};
