// What goes into an XMPP session and what comes out. Sessions are pure: the link, timers and storage are elsewhere.
import type { SundewError } from '../../../core/error.ts';
import type { Intent, TlsFacts } from '../../../core/link.ts';
import type { XmlElement } from '../wire/xml-element.ts';
import type { XmlFrame } from '../wire/xml-framer.ts';

export interface LinkFacts {
  readonly tls: TlsFacts | undefined;
  readonly loopback: boolean;
}

export const TIMERS = ['sign-on', 'keep-alive', 'pong'] as const;
export type TimerName = (typeof TIMERS)[number];

export type SessionInput =
  | { readonly kind: 'connected'; readonly link: LinkFacts }
  | { readonly kind: 'secured'; readonly link: LinkFacts }
  | { readonly kind: 'frame'; readonly frame: XmlFrame }
  | { readonly kind: 'timer'; readonly name: TimerName }
  | { readonly kind: 'closed' }
  /** The emitted thing of this number, and all before it, are durable. Numbers come in order. */
  | { readonly kind: 'stored'; readonly seq: number }
  | { readonly kind: 'sign-off' };

/**
 * Something that a peer, or the server itself, did; to be stored and then answered with `stored`. `contacts`: the server says who has
 * the decoy on the list; `pushed` when that has just changed.
 */
export type Arrival =
  | { readonly kind: 'stanza'; readonly seq: number; readonly stanza: XmlElement; readonly raw: Uint8Array }
  | {
      readonly kind: 'contacts';
      readonly seq: number;
      readonly contacts: readonly string[];
      readonly pushed: boolean;
      readonly raw: Uint8Array;
    }
  | { readonly kind: 'malformed'; readonly seq: number; readonly reason: string; readonly raw: Uint8Array };

export type SessionEffect =
  /** `counts`: a stanza, which stream management numbers (XEP-0198 3). */
  | { readonly kind: 'send'; readonly frame: Uint8Array; readonly intent: Intent; readonly counts: boolean }
  | { readonly kind: 'emit'; readonly arrival: Arrival }
  /** `ms` undefined: no longer wanted. */
  | { readonly kind: 'set-timer'; readonly name: TimerName; readonly ms: number | undefined }
  /** A new stream begins: framing starts afresh. */
  | { readonly kind: 'restart' }
  | { readonly kind: 'start-tls' }
  | { readonly kind: 'online'; readonly resumed: boolean }
  /** Our stanzas up to this number reached the server. */
  | { readonly kind: 'acknowledged'; readonly count: number }
  | { readonly kind: 'close'; readonly error: SundewError | undefined };

/** A machine with its state, as the runner drives it. */
export interface Session {
  /** Namespace of stanzas on this stream. */
  readonly streamNs: string;
  step(input: SessionInput): readonly SessionEffect[];
}
