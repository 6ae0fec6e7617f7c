// The only way bytes reach a network. A Link is handed to a network's client; it rules, journals, then writes.
import type { CaptureId } from './capture.ts';
import type { Network } from './network.ts';

/** What an outbound frame does, in the words of the rules of engagement (docs/engagement.md). */
export const ACTS = [
  'sign-on', // stream set-up, authentication, binding, capabilities
  'sign-off',
  'keep-alive', // ping and pong with the own server, stream-management requests
  'acknowledge', // to the own server, after the capture is stored
  'presence', // own presence to the own server
  'join-own-channel', // channels the operator configured
  'delivery-handshake', // without which a network hands over no text
  'error-reply', // the error that a protocol demands for a request (off by default)
  'answer-probe', // version, disco, CTCP
  'accept-contact',
  'accept-invite',
  'accept-file',
  'transfer', // acknowledgements inside an accepted transfer
  'say', // one reviewed line to a peer
  'notify', // an alert, by a notifier
  'command-reply', // a notifier's answer to a subscriber's command
] as const;
export type Act = (typeof ACTS)[number];

export interface Intent {
  readonly act: Act;
  /** Canonical address of the peer that the frame is for; absent when it is for the own server. */
  readonly peer?: string;
  /** The capture that this frame answers. */
  readonly cause?: CaptureId;
}

export type Ruling =
  | { readonly allowed: true; readonly rule: string }
  | { readonly allowed: false; readonly rule: string; readonly reason: string };

/** `decoy` obeys the rules of engagement; `notifier` writes alerts to confirmed subscribers only. */
export const GATE_ROLES = ['decoy', 'notifier'] as const;
export type GateRole = (typeof GATE_ROLES)[number];

export const LEVELS = ['observe', 'accept', 'respond-minimal', 'respond-scripted'] as const;
export type Level = (typeof LEVELS)[number];

export interface Gate {
  readonly role: GateRole;
  readonly network: Network;
  /** Pure ruling on one frame; fails closed. */
  rule(frame: Uint8Array, intent: Intent): Ruling;
}

export interface TlsFacts {
  /** `TLSv1.3` … */
  readonly protocol: string;
  /** The certificate chains to a trusted root and names the host (or matches the configured pin). */
  readonly verified: boolean;
  /** Why it does not, when it does not. */
  readonly problem?: string;
  /** RFC 9266 `tls-exporter` (TLS 1.3) channel binding. */
  readonly exporter?: Uint8Array;
  /** RFC 5929 `tls-server-end-point`. */
  readonly endPoint?: Uint8Array;
}

export interface TlsOptions {
  /** The name that the certificate must carry. */
  readonly serverName: string;
  /** PEM of an extra trusted root or of the server's own certificate. */
  readonly ca?: string;
}

export interface Endpoint {
  readonly host: string;
  readonly port: number;
  /** Direct TLS when given; otherwise plain, perhaps upgraded later. */
  readonly tls?: TlsOptions;
  /** For an address that a peer gave instead of the own server's: the gate is asked first, and the ledger tells of it. */
  readonly intent?: Intent;
}

export interface Link extends AsyncDisposable {
  readonly remote: string;
  /** Facts of the encryption, `undefined` while the link is plain. */
  readonly tls: TlsFacts | undefined;
  /** True when the far side is on this machine. */
  readonly loopback: boolean;
  /** Chunks as they come; ends with the connection. Reading slowly slows the sender down. */
  readonly incoming: AsyncIterable<Uint8Array>;
  /** Rules, journals, then writes; resolves when the frame is written or was denied. Order of calls is order on the wire. */
  send(frame: Uint8Array, intent: Intent): Promise<Ruling>;
  /** STARTTLS: call between two frames, while nothing is being read. @throws SundewError LINK_UNVERIFIED, LINK_REFUSED */
  startTls(options: TlsOptions): Promise<TlsFacts>;
  close(): Promise<void>;
}
