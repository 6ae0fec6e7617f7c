// XEP-0198, the server's side: stanzas that the client has not acknowledged yet, kept for a resumption.
import type { XmlElement } from '../wire/xml-element.ts';

const MAX_UNACKNOWLEDGED = 10_000;

export class ManagedQueue {
  readonly id: string;
  #sent: XmlElement[] = [];
  #acknowledged = 0;
  received = 0;

  constructor(id: string) {
    this.id = id;
  }

  /** @returns false when the client is too far behind */
  add(stanza: XmlElement): boolean {
    this.#sent.push(stanza);
    return this.#sent.length <= MAX_UNACKNOWLEDGED;
  }

  acknowledge(count: number): void {
    const done = Math.min(Math.max(0, count - this.#acknowledged), this.#sent.length);
    this.#sent.splice(0, done);
    this.#acknowledged += done;
  }

  get open(): readonly XmlElement[] {
    return this.#sent;
  }
}
