// The range's XMPP server: what its pieces say to each other.
import type { XmlElement } from '../wire/xml-element.ts';

export interface XmppAccount {
  /** Local part of the address. */
  readonly local: string;
  readonly password: string;
}

export interface XmppComponent {
  readonly domain: string;
  readonly secret: string;
}

/** Someone a stanza can be handed to. */
export interface Receiver {
  deliver(stanza: XmlElement): void;
  /** Ends the stream with a condition of RFC 6120 4.9.3. */
  end(condition: string): void;
}

/** A bound resource. */
export interface BoundClient extends Receiver {
  readonly resource: string;
  /** Sent its initial presence. */
  readonly available: boolean;
  /** Asked for the roster: is told of changes to it (RFC 6121 2.1.6). */
  readonly interested: boolean;
  /** Messages handed to it that it has not acknowledged. */
  readonly unacknowledged: number;
  /** Cuts the connection as a broken cable would. */
  cut(): void;
}
