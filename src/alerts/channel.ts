// What an alert channel is: one small interface, so that further channels slot in.

/** Networks whose accounts may send alerts; the channel is called as the network is. */
export const IM_KINDS = ['xmpp', 'oscar', 'msnp', 'ymsg', 'sametime'] as const;
export type ImKind = (typeof IM_KINDS)[number];

export const CHANNEL_KINDS = ['email', ...IM_KINDS] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

/** One message, ready to go out. Every text in it is inert: defanged, without control or bidirectional characters. */
export interface OutgoingMessage {
  /** The same at every try: Message-ID (without the domain) or origin-id. */
  readonly stableId: string;
  readonly to: string;
  readonly subject: string;
  /** Long form, LF line ends. */
  readonly text: string;
  /** Form for instant messaging, at most about 400 characters. */
  readonly short: string;
  /** Messages on the same subject share it: root of the e-mail thread, XMPP thread. */
  readonly thread?: string;
  /** Absent in confirmations: there is nothing to stop yet. */
  readonly stopUrl?: string;
  /** The alert's page. */
  readonly pageUrl?: string;
  /** The mailing list it belongs to; `alerts` unless told. */
  readonly list?: 'alerts' | 'bulletins';
}

const unsent = new WeakSet<object>();

/** Marks a failure after which it is certain that nothing of the message reached anybody. */
export function markUnsent<E extends Error>(error: E): E {
  unsent.add(error);
  return error;
}

/** Whether it was marked so. */
export function isUnsent(error: unknown): boolean {
  return error instanceof Error && unsent.has(error);
}

export interface SendReceipt {
  /** What the far side called it, for the audit trail. */
  readonly providerId?: string;
}

export interface Channel {
  readonly kind: ChannelKind;
  /** Resolves when the far side took the message. @throws SundewError CHANNEL_RETRY, CHANNEL_REFUSED */
  send(message: OutgoingMessage, signal: AbortSignal): Promise<SendReceipt>;
  close(): Promise<void>;
}
