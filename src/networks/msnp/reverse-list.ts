// Who has the decoy on the list, gathered from the entries of a sign-on, which come one by one.
import { concatBytes } from '../../core/bytes.ts';
import type { CaptureDraft } from '../../core/capture.ts';
import { contactListDrafts, MAX_CONTACTS_TOLD } from '../../core/contact-list.ts';
import { type MsnpReader, reverseContact } from './captures.ts';
import type { MsnpFrame } from './wire/frame.ts';

/** Kept as evidence of all the notices: entries of ordinary length. */
const MAX_EVIDENCE_BYTES = 256 * 1024;

export class ReverseList {
  readonly #reader: MsnpReader;
  readonly #contacts = new Set<string>();
  readonly #lines: Uint8Array[] = [];
  #bytes = 0;
  #told = false;

  constructor(reader: MsnpReader) {
    this.#reader = reader;
  }

  /** A command of the server. Lists come before a client may be online; what comes later is not heard. */
  hear(frame: MsnpFrame): void {
    if (this.#told || this.#contacts.size >= MAX_CONTACTS_TOLD) return;
    const address = reverseContact(frame, this.#reader.dialect);
    if (address === undefined || this.#contacts.has(address)) return;
    this.#contacts.add(address);
    this.#bytes += frame.bytes.length;
    if (this.#bytes <= MAX_EVIDENCE_BYTES) this.#lines.push(frame.bytes.slice());
  }

  /** The server has told its lists. @returns what is to be captured, once, with its evidence */
  end(): { readonly drafts: readonly CaptureDraft[]; readonly raw: Uint8Array } {
    const told = this.#told ? [] : this.#contacts;
    this.#told = true;
    const drafts = contactListDrafts({ id: this.#reader.server, verifiedBy: 'own-server' }, told);
    const raw = concatBytes(this.#lines);
    this.#contacts.clear();
    this.#lines.length = 0;
    return { drafts, raw };
  }
}
